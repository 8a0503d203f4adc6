/**
 * Symmetry reduction: of states that differ only in which of several like peers is which, one stands for all (Ip and Dill,
 * "Better verification through symmetry", 1996). Law: what stands for a state is that state with peers exchanged; whether it is
 * the same for all of them decides only how much is saved.
 */
import {
  ChurnproofError,
  canonical,
  type Model,
  Moves,
  type Observer,
  type Peers,
  type Property,
  type Reduction,
  type State,
  type World,
} from '../kernel/index.js';
import { type Anatomy, anatomyOf } from '../system/index.js';
import { Likeness } from './likeness.js';
import { Swap } from './swap.js';

/** @throws ChurnproofError SEARCH_UNSOUND where it cannot be shown that no verdict changes. @internal */
export function symmetry(model: Model, properties: readonly Property[]): Symmetry {
  const anatomy = anatomyOf(model);
  checkSpec(anatomy);
  for (const { kind, name } of properties) {
    if (kind === 'always' || kind === 'sometimes' || kind === 'whenQuiet') continue;
    throw unlike(`'${name}' is ${kind}`, 'properties of states: always, never, sometimes and whenQuiet');
  }
  return new Symmetry(model, anatomy, properties);
}

/** @internal */
export class Symmetry implements Reduction {
  /** Exchanges of neighbours within their groups. */
  private readonly swaps: readonly (readonly Swap[])[];
  private readonly likeness: readonly Likeness[];
  private readonly observers: readonly Observer<boolean>[];
  private readonly out = new Moves();
  private readonly after: State;
  private readonly base: State;
  private turn = 0;

  constructor(
    private readonly model: Model,
    private readonly anatomy: Anatomy,
    private readonly properties: readonly Property[],
  ) {
    const groups = (anatomy.spec.symmetric ?? []).map((group) => group.map((name) => anatomy.names.indexOf(name)));
    this.swaps = groups.map((group) => group.slice(1).map((b, i) => new Swap(anatomy, group[i] as number, b)));
    this.likeness = groups.map((group) => new Likeness(anatomy, group));
    this.observers = properties.map(({ holds }) => model.observe(holds as (world: World<Peers, true>) => boolean));
    this.after = new Int32Array(model.width);
    this.base = new Int32Array(model.width);
    for (const swap of this.swaps.flat()) checkPeers(anatomy, swap);
  }

  reduce(state: State, moves: Moves, isOpen: (property: number) => boolean): void {
    const { out, after, base } = this;
    base.set(state);
    this.look(base, moves.quiet, isOpen);
    out.clear();
    for (let i = 0; i < moves.count; i++) {
      after.set(base);
      moves.apply(i, after);
      out.begin(moves.kind[i] as number, moves.peer[i] as number, moves.what[i] as number, moves.detail[i] as number);
      if (!moves.changesNothing(i)) {
        this.settle(after, isOpen);
        for (let c = 0; c < after.length; c++) if (after[c] !== base[c]) out.change(c, after[c] as number);
      }
      out.end();
    }
    out.quiet = moves.quiet;
    moves.exchange(out);
  }

  unfold(states: readonly State[], property: number): readonly number[] {
    const real = (states[0] as State).slice();
    const moves = new Moves();
    const choices: number[] = [];
    /** Exchanges, in order, that make of a stand-in what really is. */
    let undo: readonly Swap[] = [];
    for (const [at, standIn] of states.slice(0, -1).entries()) {
      const goal = states[at + 1] as State;
      const found = this.stepTo(standIn, goal, moves);
      const next = found.raw.slice();
      for (const swap of undo) swap.apply(next);
      this.model.expand(real, moves);
      choices.push(this.choice(real, next, moves));
      real.set(next);
      undo = [...found.done.reverse(), ...undo];
    }
    const last = states[states.length - 1] as State;
    const observer = this.observers[property] as Observer<boolean>;
    if (observer.at(real) !== observer.at(last)) throw this.namesPeer(property);
    return choices;
  }

  /**
   * Takes every remembered step under the names of like peers, and those steps too, until all are known or there are too many.
   * @throws ChurnproofError SEARCH_UNSOUND
   */
  verify(): void {
    const { tables, names } = this.anatomy;
    const seen = this.anatomy.tables.map((): Set<number>[] => []);
    let count = 0;
    for (let before = -1; before !== count && count < enough; ) {
      before = count;
      for (const [peer, table] of tables.entries()) {
        table.eachStep((slot, input, next, effect) => {
          const known = seen[peer] as Set<number>[];
          known[slot] ??= new Set();
          if (known[slot].has(input)) return;
          known[slot].add(input);
          count++;
          for (const swap of this.swaps.flat()) {
            if (swap.respects(peer, slot, input, next, effect)) continue;
            const [a, b] = [names[swap.a], names[swap.b]];
            throw unlike(
              `${a} and ${b} are not alike: ${names[peer]}, on ${canonical(table.event(input))}, tells them apart`,
              'machines that treat like peers alike, and keep sets of their names sorted',
            );
          }
        });
      }
    }
  }

  /** Exchanges neighbours until they stand in the order of what they look like; returns the exchanges. */
  private settle(state: State, isOpen: (property: number) => boolean): readonly Swap[] {
    const before = this.answers(state, isOpen, false);
    const done = this.sort(state);
    if (done.length > 0 && this.answers(state, isOpen, false).join() !== before.join())
      throw this.firstNaming(before, state);
    return done;
  }

  private sort(state: State): Swap[] {
    const done: Swap[] = [];
    for (const [g, swaps] of this.swaps.entries()) {
      const looks = (this.likeness[g] as Likeness).of(state);
      for (let end = swaps.length; end > 0; end--) {
        for (let i = 0; i < end; i++) {
          const [left, right] = [looks[i] as number, looks[i + 1] as number];
          if (left <= right) continue;
          const swap = swaps[i] as Swap;
          swap.apply(state);
          done.push(swap);
          looks[i] = right;
          looks[i + 1] = left;
        }
      }
    }
    return done;
  }

  /** Every property must answer alike however like peers are exchanged: some exchanges are tried in every state. */
  private look(state: State, quiet: boolean, isOpen: (property: number) => boolean): void {
    const before = this.answers(state, isOpen, quiet);
    const other = state.slice();
    for (const swaps of this.swaps) {
      for (let k = 0; k < swaps.length; k++) (swaps[(this.turn + k * 7) % swaps.length] as Swap).apply(other);
      this.turn++;
      if (this.answers(other, isOpen, quiet).join() !== before.join()) throw this.firstNaming(before, other);
    }
  }

  private answers(
    state: State,
    isOpen: (property: number) => boolean,
    quiet: boolean,
  ): readonly (boolean | undefined)[] {
    return this.properties.map(({ kind }, i) =>
      isOpen(i) && (kind !== 'whenQuiet' || quiet) ? (this.observers[i] as Observer<boolean>).at(state) : undefined,
    );
  }

  private firstNaming(before: readonly (boolean | undefined)[], state: State): ChurnproofError {
    const at = before.findIndex(
      (answer, i) => answer !== undefined && (this.observers[i] as Observer<boolean>).at(state) !== answer,
    );
    return this.namesPeer(at);
  }

  private namesPeer(property: number): ChurnproofError {
    return unlike(
      `'${this.properties[property]?.name}' answers otherwise when like peers are exchanged`,
      'properties that name none of the peers in symmetric',
    );
  }

  private stepTo(from: State, goal: State, moves: Moves): { readonly raw: State; readonly done: Swap[] } {
    this.model.expand(from, moves);
    for (let i = 0; i < moves.count; i++) {
      const raw = from.slice();
      moves.apply(i, raw);
      const settled = raw.slice();
      const done = moves.changesNothing(i) ? [] : this.sort(settled);
      if (settled.every((value, c) => value === goal[c])) return { raw, done };
    }
    throw unlike('a behaviour cannot be told in real names', 'peers that are alike');
  }

  private choice(real: State, next: State, moves: Moves): number {
    for (let i = 0; i < moves.count; i++) {
      const after = real.slice();
      moves.apply(i, after);
      if (after.every((value, c) => value === next[c])) return i;
    }
    throw unlike('a behaviour cannot be told in real names', 'peers that are alike');
  }
}

/** Steps after which the rest are not taken under other names any more; those that the search took come first. */
const enough = 100_000;

function checkSpec({ spec, names }: Anatomy): void {
  const { symmetric = [], network, faults, churn = {}, operations = [], timers = {} } = spec;
  if (symmetric.length === 0)
    throw unlike('the system says of no peers that they are alike', 'symmetric: [[...], ...] in the system');
  if (network === 'synchronous' || faults?.partition !== undefined)
    throw unlike(
      'the order within one move, or a cut, may tell peers apart',
      'neither a synchronous network nor partitions',
    );
  const looks = [...operations.map(({ offer }) => offer), ...Object.values(timers)].some((look) => look !== undefined);
  const whens = Object.values(churn).some((rule) => typeof rule === 'object' && ('when' in rule || 'offer' in rule));
  if (looks || whens || churn.join !== undefined || churn.restart !== undefined)
    throw unlike(
      'offers, rules of timers, joins and restarts may tell peers apart',
      'operations without an offer, churn by crash and leave alone',
    );
  const lists = [...operations, ...(churn.crash ? [churn.crash] : []), ...(churn.leave ? [churn.leave] : [])];
  for (const group of symmetric)
    for (const { peers = names } of lists)
      if (group.some((name) => peers.includes(name)) && !group.every((name) => peers.includes(name)))
        throw unlike('an operation or churn is for some of the like peers and not for all', 'all of them or none');
}

function checkPeers({ spec, names }: Anatomy, { a, b, rename }: Swap): void {
  const [left, right] = [spec.peers[names[a] as string], spec.peers[names[b] as string]];
  const isLike =
    left?.machine === right?.machine &&
    canonical(left?.stable) === canonical(right?.stable) &&
    canonical(rename(left?.input)) === canonical(right?.input);
  if (!isLike)
    throw unlike(
      `${names[a]} and ${names[b]} have machines or inputs that differ`,
      'one machine, and inputs alike but for names',
    );
}

/** @internal */
const unlike = (why: string, expected: string): ChurnproofError =>
  new ChurnproofError('SEARCH_UNSOUND', `symmetry reduction cannot be shown sound: ${why}`, {
    expected,
    hint: 'check it without the reduction',
  });
