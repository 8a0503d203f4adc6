/**
 * The exhaustive search: one loop over a frontier, whatever its order. A state is tested when it is found; under
 * breadth-first order the first to decide a property is therefore a nearest one.
 */
import {
  type Budget,
  ChurnproofError,
  type Coverage,
  type Critical,
  type Cut,
  type Finding,
  isTemporal,
  type Model,
  type Move,
  Moves,
  type Progress,
  type Property,
  type Report,
  type Search,
  type State,
  type Strategy,
  settle,
  type Trace,
  traceOf,
} from '../kernel/index.js';
import { type Refutation, type Step, Temporals } from '../liveness/index.js';
import { Evaluation } from './evaluation.js';
import { type Frontier, Queue, Stack } from './frontier.js';
import { HashedStore, type Hashing } from './hashed-store.js';
import { Notices } from './notices.js';
import { retake, traceAlong } from './retake.js';
import { Store } from './store.js';
import { unseen } from './unseen.js';

/** Looks at nearer states first, so that counterexamples and witnesses are shortest. @public */
export const breadthFirst: Strategy = strategy('breadth-first', () => new Queue());

/** Follows one behaviour before it tries the next; traces are not the shortest. @public */
export const depthFirst: Strategy = strategy('depth-first', () => new Stack());

/** Breadth-first as well, but it forgets states once their moves were looked at and keeps only hashes of them. @internal */
export const breadthFirstHashed = (hashing: Hashing): Strategy => strategy('breadth-first', () => new Queue(), hashing);

function strategy(name: string, frontier: () => Frontier, hashing?: Hashing): Strategy {
  return {
    name,
    start: (model, properties, budget) => new Exploration(name, model, properties, frontier(), budget, hashing),
  };
}

/** States expanded together: so many that the processor can wait for all their successors at once. */
const batchSize = 16;

/** The state that decided a property, and for a step the index of the move out of it. */
interface Decision {
  readonly state: number;
  readonly move?: number;
  /** How many states had been reduced by then. */
  readonly reduced: number;
}

class Exploration implements Search {
  private cut: Cut | undefined;
  private transitions = 0;
  private readonly store: Store | HashedStore;
  private readonly evaluation: Evaluation;
  private readonly decisions: (Decision | undefined)[] = [];
  /** Of each state in the batch that is expanded together: its number, its depth, itself and its moves. */
  private readonly ids: Int32Array;
  private readonly depths: Int32Array;
  private readonly opened: readonly State[];
  private readonly moves: readonly Moves[];
  private readonly places: Int32Array;
  private readonly after: State;
  private readonly maxStates: number;
  private readonly maxDepth: number;
  private readonly maxBytes: number;
  /** What is to be decided when the graph is whole, if anything, and how many of those have been. */
  private readonly temporals: Temporals | undefined;
  private readonly temporal: readonly Property[];
  private readonly refutations: (Refutation | undefined)[] = [];
  private nextUnseen = 0;
  private reduced = 0;
  /** States of the batch that are still to be followed. */
  private waiting = 0;
  /** Whether anything but the end can stop the search. */
  private readonly isLimited: boolean;
  private readonly temporalNotices: Notices;
  private readonly isNoticed = (observer: number): boolean => this.temporalNotices.has(observer);
  /** States from which a step to themselves is not what it is nearly everywhere: one that decides nothing. */
  private readonly restless = new Set<number>();
  /** States left unexpanded because they lie at the depth limit. */
  private left = 0;

  constructor(
    private readonly name: string,
    private readonly model: Model,
    private readonly properties: readonly Property[],
    private readonly frontier: Frontier,
    private readonly budget: Budget = {},
    hashing?: Hashing,
  ) {
    this.maxStates = limit('maxStates', budget.maxStates);
    this.maxDepth = limit('maxDepth', budget.maxDepth);
    this.maxBytes = limit('maxBytes', budget.maxBytes);
    this.isLimited = Object.values(budget).some((limit) => limit !== undefined && limit !== false);
    this.store = hashing === undefined ? new Store(model.width) : new HashedStore(model.width, hashing);
    // A stack must have what a state leads to before it gives the next, and who stops at a certain state must not look ahead.
    const isStrict =
      !frontier.isQueue ||
      model.reduction !== undefined ||
      this.maxStates < Infinity ||
      budget.stopWhenDecided === true;
    const batch = isStrict ? 1 : batchSize;
    this.ids = new Int32Array(batch);
    this.depths = new Int32Array(batch);
    this.places = new Int32Array(batch);
    this.opened = Array.from(this.ids, () => new Int32Array(model.width));
    this.moves = Array.from(this.ids, () => new Moves());
    this.after = new Int32Array(model.width);
    this.evaluation = new Evaluation(model, properties);
    const isWhole = hashing === undefined && model.reduction === undefined;
    const temporal = isWhole ? properties.filter(isTemporal) : [];
    this.temporal = temporal;
    this.temporals = temporal.length > 0 ? new Temporals(model, temporal) : undefined;
    this.temporalNotices = new Notices(this.temporals?.observers ?? [], model.width);
    for (const [index, start] of model.starts.entries()) {
      const before = this.store.count;
      const state = start.state.slice();
      model.reduction?.represent?.(state);
      const id = this.store.addStart(state, index);
      if (this.store.count === before) continue;
      this.frontier.push(id, 0);
      this.look(id, state);
      this.temporals?.begins(id);
    }
  }

  get done(): boolean {
    return this.cut !== undefined || (this.frontier.size === 0 && this.refutations.length === this.temporal.length);
  }

  advance(states: number): void {
    if (this.frontier.size === 0 && this.cut === undefined) this.decideNext();
    for (let i = 0; i < states && this.frontier.size > 0 && this.cut === undefined; i += this.ids.length) {
      const count = this.nextBatch();
      this.waiting = count;
      for (let b = 0; b < count && this.cut === undefined; b++) {
        this.follow(b);
        this.waiting--;
        if (this.isLimited) this.cut = this.reasonToStop();
      }
      if (count === 0) this.cut = this.reasonToStop();
    }
    if (this.done) this.model.recheck();
  }

  progress(): Progress {
    return {
      states: this.store.count,
      transitions: this.transitions,
      depth: this.frontier.depth,
      queue: this.frontier.size + this.waiting + this.left,
      bytes: this.bytes,
    };
  }

  /** The store, where something is asked that only one which keeps the states can answer. */
  private get kept(): Store {
    return this.store as Store;
  }

  private get bytes(): number {
    return this.store.bytes + (this.temporals?.bytes ?? 0);
  }

  report(cut = this.cut): Report {
    const { machineCalls, blocked, fullestInbox } = this.model.effort();
    const coverage = this.coverage(cut);
    return {
      model: this.model.name,
      strategy: this.name,
      ...(this.model.reduced === undefined ? {} : { reduced: this.model.reduced }),
      coverage,
      findings: this.properties.map((property, i) => this.finding(property, i, coverage)),
      effort: { machineCalls, blocked, fullestInbox, bytesPerState: this.store.bytes / this.store.count },
      ...(this.model.machines === undefined ? {} : { machines: this.model.machines() }),
    };
  }

  /** Takes some states from the frontier, finds their moves and looks all of these up together; returns how many states. */
  private nextBatch(): number {
    const { model, store, frontier, ids, depths, opened, moves, places } = this;
    let count = 0;
    for (let n = Math.min(ids.length, frontier.size); n > 0; n--) {
      const id = frontier.next();
      if (frontier.current >= this.maxDepth) {
        this.left++;
        continue;
      }
      const state = opened[count] as State;
      const enabled = moves[count] as Moves;
      store.open(id, state);
      model.expand(state, enabled);
      if (model.reduction !== undefined) {
        this.judge(id, state, enabled);
        model.reduction.reduce(state, enabled, (property) => this.decisions[property] === undefined);
        this.reduced++;
      }
      ids[count] = id;
      depths[count] = frontier.current + 1;
      places[count++] = store.gather(enabled);
    }
    if (count > 0) store.probe();
    this.nextUnseen = 0;
    return count;
  }

  /** Tests what the moves of state `b` of the batch decide, and adds the states that they lead to. */
  private follow(b: number): void {
    const { model, store, evaluation, after } = this;
    const id = this.ids[b] as number;
    const state = this.opened[b] as State;
    const moves = this.moves[b] as Moves;
    const place = this.places[b] as number;
    const depth = this.depths[b] as number;
    if (model.reduction === undefined) this.judge(id, state, moves);
    const isLooked = evaluation.watchesStates || evaluation.watchesSteps || this.temporals !== undefined;
    this.transitions += moves.count;
    const end = place + moves.count;
    const { unseen } = store;
    for (let at = unseen[this.nextUnseen] as number; at < end; at = unseen[++this.nextUnseen] as number) {
      const known = store.count;
      const next = store.successor(at, id);
      if (store.count === known) continue;
      this.frontier.push(next, depth);
      if (!isLooked) continue;
      after.set(state);
      moves.apply(at - place, after);
      this.lookAfter(id, state, moves, at - place, next);
    }
    this.temporals?.expanded(id, moves, (i) => this.kept.target(place + i));
  }

  private judge(id: number, state: State, moves: Moves): void {
    const { evaluation } = this;
    if (moves.quiet && evaluation.watchesQuiet) evaluation.atQuiet(state, (property) => this.decide(property, id));
    if (evaluation.watchesSteps)
      evaluation.atMoves(state, moves, this.after, !this.restless.has(id), (property, move) =>
        this.decide(property, id, move),
      );
  }

  /** Tests a state that move `i` has just led to: what notices nothing of the move says of it what it said of its parent. */
  private lookAfter(parent: number, before: State, moves: Moves, i: number, id: number): void {
    const { evaluation, temporals, after } = this;
    if (temporals !== undefined) {
      this.temporalNotices.look(before, moves, i);
      temporals.foundAfter(parent, id, after, this.isNoticed);
    }
    const isOrdinary = !this.restless.has(parent) && evaluation.stillStands(before, moves, i, after);
    if (!isOrdinary && !evaluation.standsStill(after)) this.restless.add(id);
    if (evaluation.watchesStates)
      evaluation.atSuccessor(before, moves, i, after, (property) => this.decide(property, id));
  }

  /** Decides the next temporal property, one a slice. */
  private decideNext(): void {
    const index = this.refutations.length;
    if (this.temporals !== undefined && index < this.temporal.length)
      this.refutations.push(this.temporals.refute(index));
  }

  private look(id: number, state: State): void {
    this.temporals?.found(id, state);
    if (!this.evaluation.standsStill(state)) this.restless.add(id);
    if (this.evaluation.watchesStates) this.evaluation.atState(state, (property) => this.decide(property, id));
  }

  private decide(property: number, state: number, move?: number): void {
    const { reduced } = this;
    this.decisions[property] = move === undefined ? { state, reduced } : { state, move, reduced };
  }

  private reasonToStop(): Cut | undefined {
    if (this.budget.stopWhenDecided === true && this.evaluation.decided && this.temporals === undefined)
      return 'decided';
    if (this.frontier.size + this.waiting === 0) return this.left > 0 ? 'depth' : undefined;
    if (this.store.count >= this.maxStates) return 'states';
    const isBounded = this.maxBytes !== Number.POSITIVE_INFINITY;
    const left = this.maxBytes - (this.temporals?.bytes ?? 0);
    return isBounded && !this.store.hasRoom(this.mostMoves(), left) ? 'memory' : undefined;
  }

  /** That any state of the batch has. */
  private mostMoves(): number {
    let most = 0;
    for (const { count } of this.moves) most = Math.max(most, count);
    return most;
  }

  private coverage(cut: Cut | undefined): Coverage {
    const { states, transitions, depth, queue } = this.progress();
    const whole = queue === 0;
    const { store } = this;
    const hashed = store instanceof HashedStore ? store.hashed : undefined;
    return {
      kind: !whole ? 'bounded' : hashed === undefined ? 'exhaustive' : 'hashed',
      ...(whole || cut === undefined ? {} : { cut }),
      ...(hashed === undefined ? {} : { hashed }),
      states,
      transitions,
      depth,
      queue,
    };
  }

  private finding(property: Property, index: number, coverage: Coverage): Finding {
    if (isTemporal(property)) return this.temporalFinding(property);
    const decision = this.decisions[index];
    return {
      property: property.name,
      kind: property.kind,
      ...(decision === undefined ? unseen(property.kind, coverage) : { verdict: settle(property.kind, true, true) }),
      ...(decision === undefined ? {} : { trace: this.trace(decision, index) }),
    };
  }

  private temporalFinding(property: Property): Finding {
    const { name, kind } = property;
    const undecided = (why: string): Finding => ({ property: name, kind, verdict: 'undecided', why });
    if (this.store instanceof HashedStore) return undecided('only a store that keeps the states decides it');
    if (this.model.reduction !== undefined) return undecided('only a search without a reduction decides it');
    const index = this.temporal.indexOf(property);
    if (index >= this.refutations.length) return undecided('only the whole graph of states decides it');
    const refutation = this.refutations[index];
    if (refutation === undefined) return { property: name, kind, verdict: 'holds' };
    const { start, steps, loop, critical, dead } = refutation;
    return {
      property: name,
      kind,
      verdict: 'violated',
      trace: { ...this.traceOf([{ to: start }, ...steps]), ...(loop === undefined ? {} : { loop }) },
      ...(critical === undefined ? {} : { critical: this.criticalOf(critical) }),
      ...(dead === undefined ? {} : { dead }),
    };
  }

  private criticalOf({ instead, ...critical }: NonNullable<Refutation['critical']>): Critical {
    if (instead === undefined) return critical;
    const { from, step, distance } = instead;
    const [move] = this.traceOf([{ to: from }, step]).moves;
    return { ...critical, instead: { move: move as Move, distance } };
  }

  /** The moves from a start to the state that decided. */
  private trace({ state, move }: Decision, property: number): Trace {
    if (this.store instanceof HashedStore)
      return retake(this.model, this.store.wayTo(state), property, move, (other, parent) =>
        this.wasOpen(other, parent),
      );
    const way = [state];
    for (let id = this.kept.parent(state); id >= 0; id = this.kept.parent(id)) way.unshift(id);
    const unfold = this.model.reduction?.unfold;
    if (unfold !== undefined) return this.unfolded(way, property, move);
    return this.traceOf(
      way.map((to) => ({ to })),
      move,
    );
  }

  private unfolded(way: readonly number[], property: number, move?: number): Trace {
    const states = way.map((id) => {
      const state = new Int32Array(this.model.width);
      this.kept.read(id, state);
      return state;
    });
    const start = -1 - this.kept.parent(way[0] as number);
    states[0] = Int32Array.from((this.model.starts[start] as { readonly state: State }).state);
    const choices = this.model.reduction?.unfold?.(states, property, move) ?? [];
    return traceOf(this.model, start, choices);
  }

  /** The moves from state to state, and then one more. */
  private traceOf(way: readonly Step[], move?: number): Trace {
    const { temporals } = this;
    return traceAlong(this.model, this.kept, way, move, (moves, i) => temporals?.units.of(moves, i));
  }

  /** Whether a property was still to be decided when the moves of that state were reduced: then states are reduced in their order. */
  private wasOpen(property: number, state: number): boolean {
    return (this.decisions[property]?.reduced ?? Number.POSITIVE_INFINITY) > state;
  }
}

function limit(name: string, value = Number.POSITIVE_INFINITY): number {
  if (value > 0) return value;
  throw new ChurnproofError('SEARCH_INVALID', `${name} is ${value}`, { expected: 'a number above 0' });
}
