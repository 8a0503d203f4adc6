/**
 * Walks a system at random in the simulator and, beside it, in the packed model; after every move both must show the same
 * world, and now and then offer the same moves, each with the same outcome.
 */
import assert from 'node:assert/strict';
import {
  canonical,
  describeMove,
  type Move,
  Moves,
  type Picture,
  type System,
  type SystemSpec,
} from '../../src/kernel/index.js';
import { Simulation } from '../../src/simulate/simulation.js';
import { compose } from '../../src/system/index.js';
import { chance } from './random.js';

export interface BesideOptions {
  readonly seed: number;
  readonly steps: number;
  /** Moves of the longest behaviour. */
  readonly longest?: number;
  /** Every how many steps all the moves that are enabled are compared. */
  readonly compareMovesEvery?: number;
  /** Which steps of machines xstate judges; default: all. */
  readonly judgeEvery?: number;
}

export interface Beside {
  readonly steps: number;
  readonly comparedMoves: number;
  readonly judged: number;
  readonly notCompiled: number;
  readonly kinds: ReadonlyMap<Move['kind'], number>;
}

/** @throws AssertionError that names the system, the seed and every move, where the two part */
// biome-ignore lint/suspicious/noExplicitAny: a system of any peers
export function simulateBeside(system: System<any, any>, options: BesideOptions): Beside {
  const { seed, steps, longest = 120, compareMovesEvery = 10, judgeEvery = 1 } = options;
  const { network } = system as SystemSpec;
  const model = compose(system);
  const simulation = new Simulation(system, { judgeEvery });
  const dice = chance(seed);
  const moves = new Moves();
  const kinds = new Map<Move['kind'], number>();
  const done = { steps: 0, comparedMoves: 0 };

  while (done.steps < steps) {
    const start = dice.below(model.starts.length);
    const state = model.starts[start]!.state.slice();
    simulation.begin(start);
    const story: Move[] = [];
    const judged = (what: string, judge: () => void) => {
      try {
        judge();
      } catch (thrown) {
        const told = story.map((move, i) => `  ${i + 1}. ${describeMove(move)}`);
        const where = [`${what}: ${(system as SystemSpec).name}, seed ${seed}, start ${start}`, ...told].join('\n');
        throw new Error(`${where}\n${(thrown as Error).message}`, { cause: thrown });
      }
    };
    const same = () =>
      assert.deepStrictEqual(comparable(simulation.picture(), network), comparable(model.picture(state), network));
    judged('the start differs', same);
    for (let left = 1 + dice.below(1 + dice.below(longest)); left > 0 && done.steps < steps; left--) {
      model.expand(state, moves);
      if (done.steps % compareMovesEvery === 0) {
        done.comparedMoves++;
        judged('other moves are enabled', () => {
          const packed = Array.from({ length: moves.count }, (_, i) => i).filter((i) => !moves.changesNothing(i));
          const outcomes = packed.map((i) => {
            const after = state.slice();
            moves.apply(i, after);
            return `${canonical(model.move(moves, i))} => ${text(comparable(model.picture(after), network))}`;
          });
          const mine = simulation
            .enabled()
            .map(({ taken, picture }) => `${canonical(taken.move)} => ${text(comparable(picture, network))}`);
          assert.deepStrictEqual([...new Set(mine)].sort(), [...new Set(outcomes)].sort());
        });
        judged('quiet is something else', () => assert.equal(simulation.isQuiet(), moves.quiet));
        judged('looking at moves has left a trace', same);
      }
      if (!simulation.take(dice.below(2 ** 31))) {
        judged('there is no way on', () => {
          for (let i = 0; i < moves.count; i++) assert.ok(moves.changesNothing(i));
        });
        break;
      }
      const { move, nth } = simulation.latest();
      story.push(move);
      const alike = Array.from({ length: moves.count }, (_, i) => i).filter(
        (i) => canonical(model.move(moves, i)) === canonical(move),
      );
      judged('the packed model does not have the last move', () => assert.ok(alike[nth] !== undefined));
      moves.apply(alike[nth]!, state);
      judged('the last move comes out differently', same);
      done.steps++;
      kinds.set(move.kind, (kinds.get(move.kind) ?? 0) + 1);
    }
  }
  const { judged } = simulation.effort();
  return { ...done, judged, notCompiled: simulation.notCompiled.length, kinds };
}

const text = (picture: Picture): string => canonical(picture);

/** Messages in an order that does not depend on when they were sent, but in a queue; timers in alphabetical order. */
export function comparable(picture: Picture, network: SystemSpec['network']): Picture {
  const link = ({ from, to }: Picture['inFlight'][number]) => `${to} ${from}`;
  const key = (envelope: Picture['inFlight'][number]) =>
    network === 'fifo' ? link(envelope) : `${link(envelope)} ${canonical(envelope.message)}`;
  const keyed = picture.inFlight.map((envelope) => [key(envelope), envelope] as const);
  const inFlight = keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, envelope]) => envelope);
  const peers = picture.peers.map((peer) => (peer.timers ? { ...peer, timers: [...peer.timers].sort() } : peer));
  return { ...picture, peers, inFlight };
}
