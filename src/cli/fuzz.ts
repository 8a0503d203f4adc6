/** The command `fuzz`: random behaviours of each system that was named, and shorter versions of what they showed. */
import { randomInt } from 'node:crypto';
import { fuzzedConfiguration } from '../run/suite.js';
import type { Chosen, Wishes } from './choose.js';
import { Deadline } from './deadline.js';
import type { Io } from './io.js';
import { gauge } from './progress.js';
import { type Looked, type TellOptions, tellEach } from './tell.js';

/** @internal */
export interface FuzzWishes extends Wishes, TellOptions {
  readonly quiet?: boolean;
  /** Default: a fresh one, which the report tells. */
  readonly seed?: number;
  readonly runs: number;
  readonly moves: number;
  /** In seconds. */
  readonly timeLimit?: number;
  readonly weight?: Readonly<Record<string, number>>;
  readonly swarm: boolean;
}

/** @internal */
export async function fuzz(wishes: FuzzWishes, io: Io): Promise<number> {
  // Loaded only here: fast-check takes longer to load than a small system takes to check.
  const engine = await import('../run/fuzz.js');
  const seed = wishes.seed ?? randomInt(2 ** 31);
  const look = async (chosen: Chosen): Promise<Looked> => {
    const deadline = new Deadline(io.interrupted, wishes.timeLimit);
    const watch = gauge(io, chosen.title, wishes);
    const { runs, moves, weight: weights = {}, swarm } = wishes;
    const properties = chosen.asked.map(({ property }) => property);
    try {
      const report = await engine.fuzz(chosen.system, properties, { seed, runs, moves, weights, swarm }, (progress) => {
        const [ran, moved, states] = [progress.runs, progress.moves, progress.states].map((n) =>
          n.toLocaleString('en'),
        );
        watch.show(() => `run ${ran} of ${runs}, ${moved} moves, ${states} states`);
        return deadline.cut() === undefined ? 'continue' : 'stop';
      });
      // The engine knows only that it was told to stop.
      const cut = report.coverage.cut === 'interrupted' ? deadline.cut() : undefined;
      const coverage = cut === undefined ? report.coverage : { ...report.coverage, cut };
      return { report: { ...report, coverage }, seconds: deadline.seconds };
    } finally {
      watch.stop();
    }
  };
  return tellEach(wishes, io, look, fuzzedConfiguration);
}
