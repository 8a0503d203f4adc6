/**
 * Counts behaviours, not states, of a node to which every block comes once: all orders of all trees, each followed through
 * the composed model. What happened is read off the steps (the tip goes to its parent, to a child, or a block is marked), so
 * nothing has to be remembered in a state; what a state leads to is computed once.
 */
import {
  type ChainOptions,
  type ChainState,
  chain,
  emptyChain,
  forkOf,
  isHeld,
  type NodeContext,
  pathTo,
  receiveBlock,
  settled,
  soundRules,
  treesOf,
} from '../../models/chain/index.js';
import { type Model, Moves, type State } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';

export interface ChainCounts {
  readonly trees: number;
  readonly runs: number;
  /** Trees whose last tip depends on the order. */
  readonly ambiguous: number;
  /** Attempts that disconnected something before they connected or failed. */
  readonly reorganisations: number;
  /** Of these, by the place of the block that could not be connected among those to be connected. */
  readonly failed: { readonly first: number; readonly middle: number; readonly last: number };
}

/** What all behaviours from one state on come to. */
interface Future {
  readonly runs: number;
  readonly tips: ReadonlySet<number>;
  readonly reorganisations: number;
  readonly first: number;
  readonly middle: number;
  readonly last: number;
}

/** What happened between two states at rest. */
type Happened = Pick<Future, 'reorganisations' | 'first' | 'middle' | 'last'>;

/** Blocks of work 1, one of them invalid in context or none; first seen wins; room for all orphans. */
export type Scope = Pick<ChainOptions, 'n' | 'flawed'>;

const plain = {
  maxWork: 1,
  flaw: 'ctxInvalid',
  rule: 'work',
  tie: 'firstSeen',
  orphanLimit: 6,
  deliveries: 'missing',
  mutated: false,
  headers: false,
  invalidations: 0,
  reconsiderations: 0,
  crashes: 0,
  flush: 'each',
  steps: 'single',
} as const;

export function countChain(scope: Scope): ChainCounts {
  const system = chain({ ...plain, ...scope });
  // Each tree by itself: nothing is shared between two of them, and so one can be forgotten before the next.
  const futures = (system.starts ?? []).map((start) => {
    const model = compose({ ...system, starts: [start] });
    return futureOf(model, (model.starts[0] as Model['starts'][number]).state, new Map());
  });
  const sum = (of: (future: Future) => number) => futures.reduce((total, future) => total + of(future), 0);
  return {
    trees: futures.length,
    runs: sum(({ runs }) => runs),
    ambiguous: sum(({ tips }) => (tips.size > 1 ? 1 : 0)),
    reorganisations: sum(({ reorganisations }) => reorganisations),
    failed: { first: sum(({ first }) => first), middle: sum(({ middle }) => middle), last: sum(({ last }) => last) },
  };
}

function futureOf(model: Model, state: State, known: Map<string, Future>): Future {
  const key = state.join();
  const before = known.get(key);
  if (before !== undefined) return before;
  const moves = new Moves();
  model.expand(state, moves);
  const found = moves.count === 0 ? ended(model, state) : summed(model, state, moves, known);
  known.set(key, found);
  return found;
}

const ended = (model: Model, state: State): Future => ({
  runs: 1,
  tips: new Set([contextOf(model, state).tip]),
  reorganisations: 0,
  first: 0,
  middle: 0,
  last: 0,
});

function summed(model: Model, state: State, moves: Moves, known: Map<string, Future>): Future {
  let [runs, reorganisations, first, middle, last] = [0, 0, 0, 0, 0];
  const tips = new Set<number>();
  for (let i = 0; i < moves.count; i++) {
    const next = state.slice();
    moves.apply(i, next);
    const happened = untilRest(model, next);
    const then = futureOf(model, next, known);
    runs += then.runs;
    reorganisations += then.reorganisations + happened.reorganisations * then.runs;
    first += then.first + happened.first * then.runs;
    middle += then.middle + happened.middle * then.runs;
    last += then.last + happened.last * then.runs;
    for (const tip of then.tips) tips.add(tip);
  }
  return { runs, tips, reorganisations, first, middle, last };
}

/** Takes steps in place while there is nothing else to do, and says what they did. */
function untilRest(model: Model, state: State): Happened {
  const counts = { reorganisations: 0, first: 0, middle: 0, last: 0 };
  const moves = new Moves();
  let before = contextOf(model, state);
  /** Where the tip was before the attempt that is on disconnected its first block. */
  let left: number | undefined;
  for (;;) {
    model.expand(state, moves);
    if (moves.count !== 1 || model.move(moves, 0).kind !== 'timeout') return counts;
    moves.apply(0, state);
    const after = contextOf(model, state);
    const bad = after.status.findIndex((status, id) => status === 'failed' && before.status[id] !== 'failed');
    if (after.blocks[before.tip]?.parent === after.tip && after.tip !== before.tip) {
      if (left === undefined) counts.reorganisations++;
      left ??= before.tip;
    } else if (bad >= 0 && after.tip === before.tip) {
      if (left !== undefined) counts[placeOf(before, left, bad)]++;
      left = undefined;
    }
    // An attempt is over when the tip is where it should be, and only then one more block is linked.
    if (after.ranked.length !== before.ranked.length) left = undefined;
    before = after;
  }
}

function placeOf({ blocks, ranked, candidates }: NodeContext, left: number, bad: number): 'first' | 'middle' | 'last' {
  const target = ranked.find((id) => candidates.includes(id)) ?? bad;
  const path = pathTo(blocks, forkOf(blocks, left, target), target);
  const at = path.indexOf(bad);
  return at === path.length - 1 ? 'last' : at === 0 ? 'first' : 'middle';
}

const contextOf = (model: Model, state: State): NodeContext =>
  model.picture(state).peers[0]?.context as unknown as NodeContext;

/** The same by another way: what the pure functions say they did, with nothing composed. */
export function countSaid(scope: Scope): {
  readonly runs: number;
  readonly reorganisations: number;
  readonly failed: number;
} {
  const rules = soundRules(plain);
  let [runs, reorganisations, failed] = [0, 0, 0];
  for (const blocks of treesOf({ ...plain, ...scope })) {
    const known = new Map<string, readonly [runs: number, reorganisations: number, failed: number]>();
    const from = (state: ChainState): readonly [number, number, number] => {
      const key = JSON.stringify(state);
      const before = known.get(key);
      if (before !== undefined) return before;
      const missing = blocks.flatMap((_, id) => (isHeld(state, id) ? [] : [id]));
      const sum: [number, number, number] = [missing.length === 0 ? 1 : 0, 0, 0];
      for (const id of missing) {
        const result = settled(rules, blocks, receiveBlock(rules, blocks, state, id, 'genuine'));
        const then = from(result.chain);
        const [turns, failures] = attemptsIn(result.events.map(({ type }) => type));
        sum[0] += then[0];
        sum[1] += then[1] + turns * then[0];
        sum[2] += then[2] + failures * then[0];
      }
      known.set(key, sum);
      return sum;
    };
    const [r, o, f] = from(emptyChain(blocks));
    runs += r;
    reorganisations += o;
    failed += f;
  }
  return { runs, reorganisations, failed };
}

/** How many attempts disconnected something, and how many of these failed: `accepted` begins a new one. */
function attemptsIn(events: readonly string[]): readonly [turns: number, failures: number] {
  let [turns, failures] = [0, 0];
  let isTurning = false;
  for (const event of events) {
    if (event === 'disconnected' && !isTurning) {
      turns++;
      isTurning = true;
    } else if (event === 'failed') {
      if (isTurning) failures++;
      isTurning = false;
    } else if (event === 'accepted') isTurning = false;
  }
  return [turns, failures];
}
