/**
 * The model's side: every state in which it may be, given what was done and seen so far. Moves that the implementation makes by
 * itself are followed all at once (the subset construction, as for logs in `validate.ts`), so an answer never hangs on a guess.
 */
import {
  ChurnproofError,
  canonical,
  intentOf,
  type Model,
  type Move,
  Moves,
  moveClass,
  type Peers,
  type Plain,
  type State,
  type StepObserver,
  type Trace,
  traceOf,
  type World,
} from '../kernel/index.js';
import type { AnyAdapter, ModelStep, Seen } from './adapter.js';

/** One state that the model may be in, and how it came there. @internal */
export interface Possibility {
  readonly state: State;
  /** Before the last move that was driven. */
  readonly before: State;
  readonly from: Possibility | undefined;
  readonly choice: number;
}

/** All of them; `move` is the last that was driven. @internal */
export interface Belief {
  readonly start: number;
  readonly move: Move | undefined;
  readonly possible: readonly Possibility[];
}

/** What the model allows of one aspect, in every state that it may be in. @internal */
export interface Allowed {
  readonly aspect: string;
  /** `undefined`: anything. */
  readonly values: readonly Plain[] | undefined;
  readonly because: string;
}

/** States that moves by itself may lead to between two looks. */
const maxPossible = 20_000;

/** @internal */
export class Reference {
  private readonly hidden: ReadonlySet<string>;
  private readonly drives: ReadonlySet<string>;
  private readonly aspects: readonly string[];
  private readonly observers = new Map<string, StepObserver<Allowed>>();

  constructor(
    readonly model: Model,
    private readonly adapter: AnyAdapter,
  ) {
    this.hidden = new Set(adapter.hidden ?? []);
    this.drives = new Set(adapter.drives);
    this.aspects = Object.keys(adapter.aspects);
  }

  begin(start: number): Belief {
    const { state } = this.model.starts[start] as Model['starts'][number];
    const first = { state, before: state, from: undefined, choice: -1 };
    return { start, move: undefined, possible: this.withHidden([first]) };
  }

  /** Moves that can be driven whichever state it is in: as the first of them offers them, each once. */
  enabled({ possible }: Belief): readonly Move[] {
    const offers = possible.map(({ state }) => this.driven(state));
    const [first = [], ...others] = offers;
    return first
      .filter(({ intent }) => others.every((other) => other.some((one) => one.intent === intent)))
      .map(({ move }) => move);
  }

  /** What it may be in after the move; nothing where no state has the move. */
  after(belief: Belief, move: Move): Belief {
    const intent = intentOf(move);
    const next = belief.possible.flatMap((one) =>
      this.driven(one.state)
        .filter((other) => other.intent === intent)
        .map(({ choice, state }) => ({ state, before: one.state, from: one, choice })),
    );
    return { start: belief.start, move, possible: this.withHidden(next) };
  }

  /** What can be left of it once this was seen. */
  agreeing(belief: Belief, seen: Seen): Belief {
    const possible = belief.possible.filter((one) =>
      this.aspects.every((aspect) => admits(this.allowed(one, belief.move, aspect), seen[aspect])),
    );
    return { ...belief, possible };
  }

  /** The aspects that speak against it, in the state that the rest speaks for. */
  against(belief: Belief, seen: Seen): readonly Allowed[] {
    const by = belief.possible.map((one) =>
      this.aspects
        .map((aspect) => this.allowed(one, belief.move, aspect))
        .filter((allowed) => !admits(allowed, seen[allowed.aspect])),
    );
    return by.reduce((best, one) => (one.length < best.length ? one : best), by[0] ?? []);
  }

  /** What the model allows now, for the first state that it may be in. */
  allows(belief: Belief): readonly Allowed[] {
    const [first] = belief.possible;
    return first === undefined ? [] : this.aspects.map((aspect) => this.allowed(first, belief.move, aspect));
  }

  /** A behaviour of the model that comes to the first state that it may be in, moves of its own included. */
  trace({ start, possible }: Belief): Trace {
    const choices: number[] = [];
    for (let at = possible[0]; at?.from !== undefined; at = at.from) choices.unshift(at.choice);
    return traceOf(this.model, start, choices);
  }

  private allowed({ state, before }: Possibility, move: Move | undefined, aspect: string): Allowed {
    const key = `${aspect} ${move === undefined ? '' : canonical(move)}`;
    let observer = this.observers.get(key);
    if (observer === undefined) {
      const { allows, because } = this.adapter.aspects[aspect] as AnyAdapter['aspects'][string];
      observer = this.model.observeStep((from: World<Peers, true>, after: World<Peers, true>): Allowed => {
        const step: ModelStep = { before: from, after, move };
        return { aspect, values: allows(step), because: because(step) };
      });
      this.observers.set(key, observer);
    }
    return observer.at(before, state);
  }

  private driven(state: State): readonly { move: Move; intent: string; choice: number; state: State }[] {
    return this.moves(state, this.drives);
  }

  private moves(from: State, classes: ReadonlySet<string>) {
    const moves = new Moves();
    this.model.expand(from, moves);
    return Array.from({ length: moves.count }, (_, choice) => choice).flatMap((choice) => {
      const move = this.model.move(moves, choice);
      if (!classes.has(moveClass(move))) return [];
      const state = from.slice();
      moves.apply(choice, state);
      return [{ move, intent: intentOf(move), choice, state }];
    });
  }

  /** Those, and all that its own moves lead to from there; each once. */
  private withHidden(first: readonly Possibility[]): readonly Possibility[] {
    const known = new Set<string>();
    const possible: Possibility[] = [];
    const add = (one: Possibility) => {
      const key = `${one.state.join()} ${one.before.join()}`;
      if (known.has(key)) return;
      known.add(key);
      possible.push(one);
    };
    for (const one of first) add(one);
    if (this.hidden.size === 0) return possible;
    for (let at = 0; at < possible.length; at++) {
      const one = possible[at] as Possibility;
      for (const { state, choice } of this.moves(one.state, this.hidden)) {
        add({ state, before: one.before, from: one, choice });
      }
      if (possible.length > maxPossible) throw tooMany();
    }
    return possible;
  }
}

const admits = ({ values }: Allowed, seen: Plain): boolean =>
  values === undefined || seen === undefined || values.some((value) => canonical(value) === canonical(seen));

const tooMany = () =>
  new ChurnproofError('SEARCH_INVALID', `between two looks the model may be in more than ${maxPossible} states`, {
    expected: 'few moves that the implementation makes unseen',
    hint: 'drive more classes of move, take some away by `faults` or `limit`, or let the adapter see more',
  });
