/** The command `fuzz`: random behaviours of each system that was named, and shorter versions of what they showed. */
import { randomInt } from 'node:crypto';
import type { ScheduleName } from '../kernel/index.js';
import type { FuzzProgress } from '../run/fuzz.js';
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
  readonly runs?: number;
  readonly moves?: number;
  /** In seconds. */
  readonly timeLimit?: number;
  readonly weight?: Readonly<Record<string, number>>;
  readonly schedule?: ScheduleName;
  /** Of the bugs that the schedule `pct` looks for. */
  readonly depth?: number;
  /** Whether nothing else was said in the old way. */
  readonly swarm?: boolean;
  /** Default: as the configuration says. */
  readonly simulate?: boolean;
}

/** Where neither the person nor the configuration says otherwise. */
const usual = { runs: 1000, moves: 500 };

/** What one campaign goes by. @internal */
export interface CampaignWishes
  extends Pick<
    FuzzWishes,
    'runs' | 'moves' | 'timeLimit' | 'weight' | 'schedule' | 'depth' | 'swarm' | 'simulate' | 'quiet'
  > {
  readonly seed: number;
  readonly json?: boolean;
}

/** @internal */
export async function fuzz(wishes: FuzzWishes, io: Io): Promise<number> {
  const seed = wishes.seed ?? randomInt(2 ** 31);
  return tellEach(wishes, io, (chosen) => fuzzOne(chosen, { ...wishes, seed }, io), fuzzedConfiguration);
}

/** Fuzzes one system, in slices, so that a person can watch it and stop it. @internal */
export async function fuzzOne(chosen: Chosen, wishes: CampaignWishes, io: Io): Promise<Looked> {
  // Loaded only here: fast-check takes longer to load than a small system takes to check.
  const engine = await import('../run/fuzz.js');
  const deadline = new Deadline(io.interrupted, wishes.timeLimit);
  const watch = gauge(io, chosen.title, wishes);
  const { seed, swarm = true, depth } = wishes;
  const settings = chosen.suite.configurations[chosen.configuration]?.fuzz ?? {};
  const runs = wishes.runs ?? settings.runs ?? usual.runs;
  const moves = wishes.moves ?? settings.moves ?? usual.moves;
  const simulate = wishes.simulate ?? settings.simulate ?? false;
  const schedule = wishes.schedule ?? (swarm ? settings.schedule : undefined);
  const weights = { ...settings.weights, ...wishes.weight };
  const properties = chosen.asked.map(({ property }) => property);
  let running: number | undefined;
  const onProgress = (progress: FuzzProgress) => {
    if (progress.phase === 'shrinking') running ??= deadline.seconds;
    const [ran, moved, all] = [progress.runs, progress.moves, runs].map((n) => n.toLocaleString('en'));
    const rate = Math.round(progress.moves / Math.max(running ?? deadline.seconds, 0.001)).toLocaleString('en');
    const counted =
      progress.states === undefined ? `${rate} moves/s` : `${progress.states.toLocaleString('en')} states`;
    const shrinks = progress.phase === 'shrinking' ? ', shrinking what was found' : '';
    watch.show(() => `run ${ran} of ${all}, ${moved} moves, ${counted}${shrinks}`);
    return deadline.cut() === undefined ? 'continue' : 'stop';
  };
  try {
    const options = {
      ...{ seed, runs, moves, weights, swarm, simulate },
      ...(schedule === undefined ? {} : { schedule }),
      ...(depth === undefined ? {} : { depth }),
    };
    const report = await engine.fuzz(chosen.system, properties, options, onProgress);
    // The engine knows only that it was told to stop.
    const cut = report.coverage.cut === 'interrupted' ? deadline.cut() : undefined;
    const coverage = cut === undefined ? report.coverage : { ...report.coverage, cut };
    const { seconds } = deadline;
    const movesPerSecond = Math.round(coverage.transitions / Math.max(running ?? seconds, 0.001));
    return { report: { ...report, coverage }, seconds, ...(simulate ? { movesPerSecond } : {}) };
  } finally {
    watch.stop();
  }
}
