/**
 * Walks a system at random through the packed engine and, beside it, through the reference; after every move both must
 * show the same world, and now and then they must offer the same moves.
 */
import assert from 'node:assert/strict';
import { describeMove, type Move, Moves, type Picture, type System, type SystemSpec } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { type Chance, chance } from './random.js';
import { LivedLife, SteppedLife } from './reference-life.js';
import { isCalled, moveText, ReferenceSystem } from './reference-system.js';

export interface WalkOptions {
  readonly seed: number;
  readonly steps: number;
  /** Moves of the longest behaviour; each begins anew and is shorter or as long. */
  readonly longest?: number;
  /** Every how many steps all the moves offered are judged too, which costs a step of xstate each. */
  readonly judgeMovesEvery?: number;
  /** Every how many behaviours live actors walk along. */
  readonly liveEvery?: number;
}

export interface Walked {
  readonly steps: number;
  /** Steps that live actors took too. */
  readonly liveSteps: number;
  /** States in which every move was judged. */
  readonly judged: number;
  /** Steps by kind of move. */
  readonly kinds: ReadonlyMap<Move['kind'], number>;
}

/** @throws AssertionError that names the system, the seed and every move of the behaviour, where the two part */
// biome-ignore lint/suspicious/noExplicitAny: a system of any peers
export function walkBeside(system: System<any, any>, options: WalkOptions): Walked {
  const { seed, steps, longest = 120, judgeMovesEvery = 10, liveEvery = 3 } = options;
  const spec = system as SystemSpec;
  const model = compose(system);
  const dice = chance(seed);
  const moves = new Moves();
  const kinds = new Map<Move['kind'], number>();
  const walked = { steps: 0, liveSteps: 0, judged: 0, kinds };

  for (let behaviour = 0; walked.steps < steps; behaviour++) {
    const start = dice.below(model.starts.length);
    const state = model.starts[start]!.state.slice();
    const stepped = ReferenceSystem.begin(spec, SteppedLife.birth, start);
    const lived = behaviour % liveEvery === 0 ? ReferenceSystem.begin(spec, LivedLife.birth, start) : undefined;
    const story: Move[] = [];
    const judged = (what: string, judge: () => void) => {
      try {
        judge();
      } catch (thrown) {
        throw new Error(`${what}: ${tell(spec.name, seed, story)}\n${(thrown as Error).message}`, { cause: thrown });
      }
    };
    const compare = () => {
      const picture = comparable(model.picture(state), spec);
      judged('transition() and the engine part', () => agree(picture, comparable(stepped.picture(), spec)));
      if (lived) judged('createActor and the engine part', () => agree(picture, comparable(lived.picture(), spec)));
    };

    compare();
    for (let left = lengthOf(dice, longest); left > 0 && walked.steps < steps; left--) {
      model.expand(state, moves);
      if (moves.count === 0) break;
      const all = Array.from({ length: moves.count }, (_, i) => model.move(moves, i));
      if (walked.steps % judgeMovesEvery === 0) {
        walked.judged++;
        judged('other moves are offered', () => agreeOnMoves(all, stepped));
        judged('quiet is something else', () => assert.equal(moves.quiet, isQuiet(all, moves, spec)));
      }
      const choice = dice.below(all.length);
      const move = all[choice]!;
      const occurrence = all.slice(0, choice).filter((other) => moveText(other) === moveText(move)).length;
      story.push(move);
      judged('transition() cannot make the last move', () => assert.ok(stepped.do(move, occurrence)));
      if (lived) judged('createActor cannot make the last move', () => assert.ok(lived.do(move, occurrence)));
      moves.apply(choice, state);
      compare();
      walked.steps++;
      walked.liveSteps += lived ? 1 : 0;
      kinds.set(move.kind, (kinds.get(move.kind) ?? 0) + 1);
    }
    lived?.end();
  }
  return walked;
}

/** Short behaviours are as likely as long ones, so that what only happens early is seen often. */
const lengthOf = (dice: Chance, longest: number): number => 1 + dice.below(1 + dice.below(longest));

/** The picture with messages in an order that does not depend on when they were sent, but in a queue. */
function comparable(picture: Picture, { network }: SystemSpec): Picture {
  const link = ({ from, to }: Picture['inFlight'][number]) => `${to} ${from}`;
  const key = (envelope: Picture['inFlight'][number]) =>
    network === 'fifo' ? link(envelope) : `${link(envelope)} ${JSON.stringify(envelope.message)}`;
  const keyed = picture.inFlight.map((envelope) => [key(envelope), envelope] as const);
  const inFlight = keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, envelope]) => envelope);
  return { ...picture, inFlight };
}

/** The second picture goes by xstate's ids of timers; they become the names by which the first calls them. */
function agree(engine: Picture, reference: Picture): void {
  const peers = reference.peers.map((peer, i) => {
    if (peer.timers === undefined) return peer;
    const names = engine.peers[i]?.timers ?? [];
    const named = peer.timers.map((id) => names.filter((name) => isCalled(name, id)).join(' or ') || id);
    return { ...peer, timers: named.sort() };
  });
  const sorted = engine.peers.map((peer) => (peer.timers ? { ...peer, timers: [...peer.timers].sort() } : peer));
  assert.deepStrictEqual({ ...engine, peers: sorted }, { ...reference, peers });
}

function agreeOnMoves(offered: readonly Move[], reference: ReferenceSystem<SteppedLife>): void {
  const possible = reference
    .candidates()
    .filter(({ move, occurrence }) => ReferenceSystem.fork(reference).do(move, occurrence))
    .map(({ move }) => move);
  const timers = possible.filter((move) => move.kind === 'timeout');
  const byId = (move: Move): Move => {
    if (move.kind !== 'timeout') return move;
    const meant = timers.filter(({ peer, timer }) => peer === move.peer && isCalled(move.timer, timer));
    return { ...move, timer: meant.map(({ timer }) => timer).join(' or ') };
  };
  assert.deepStrictEqual(offered.map(byId).map(moveText).sort(), possible.map(moveText).sort());
}

/** Quiet: no delivery, timer or upkeep changes anything. */
function isQuiet(all: readonly Move[], moves: Moves, { operations = [] }: SystemSpec): boolean {
  const isUpkeep = (move: Move) =>
    move.kind === 'operation' && operations.some(({ name, by }) => name === move.operation && by === 'protocol');
  return all.every(
    (move, i) => !(move.kind === 'deliver' || move.kind === 'timeout' || isUpkeep(move)) || moves.changesNothing(i),
  );
}

const tell = (name: string, seed: number, story: readonly Move[]): string =>
  [`${name}, seed ${seed}`, ...story.map((move, i) => `  ${i + 1}. ${describeMove(move)}`)].join('\n');
