/** The command `ci`: the old counterexamples first, then every claim of the profile, then fuzzing of what is still open. */
import { randomInt } from 'node:crypto';
import {
  inShard,
  type ProfileName,
  Purse,
  planText,
  type SettledProfile,
  type Shard,
  settleProfile,
  type Target,
} from '../../ci/index.js';
import { expectedOf, isTemporal } from '../../kernel/index.js';
import { ciOutcomes } from '../../report/ci.js';
import { type CiTold, ciEnd, ciHead, corpusText, type ExaminedTold, renderReport } from '../../report/index.js';
import type { Chosen } from '../choose.js';
import { paintFor } from '../colours.js';
import { writeCounterexamples } from '../counterexamples.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import { fuzzOne } from '../fuzz.js';
import type { Io } from '../io.js';
import { search } from '../search.js';
import { type Looked, toldOf } from '../tell.js';
import { version } from '../version.js';
import { Cache, cacheFolder, type Question } from './cache.js';
import { corpusFiles, replayCorpus } from './corpus-files.js';
import { diagramOf } from './diagram.js';
import { Fingerprints } from './fingerprint.js';
import { fromConfig, loadConfig } from './load-config.js';
import type { Reporter } from './reporter.js';
import { report } from './reporters.js';
import { chosenOf, planTargets } from './targets.js';

/** @internal */
export interface CiWishes {
  /** Models, `model/configuration` or claims files of the profile; none: all. */
  readonly suites: readonly string[];
  readonly config?: string;
  readonly profile: ProfileName;
  readonly shard?: Shard;
  /** Instead of the profile's. */
  readonly seed?: number;
  readonly timeLimit?: number;
  readonly reporter?: readonly Reporter[];
  /** Whether results of earlier runs may be used; default yes. */
  readonly cache?: boolean;
  readonly traces?: boolean;
  readonly quiet?: boolean;
}

/** @internal */
export async function ci(wishes: CiWishes, io: Io): Promise<number> {
  const began = performance.timeOrigin + performance.now();
  const { config, path, folder } = await loadConfig(wishes.config);
  const profile = settleProfile(config, wishes.profile, path);
  const plan = await planTargets(profile, folder, await io.catalogue(), wishes.suites);
  const cache = wishes.cache === false ? undefined : new Cache(cacheFolder(), new Fingerprints(io.sources, began));
  const run = new Run(profile, plan.targets, wishes, io, cache);
  const paint = paintFor(io);
  const say = (text: string) => io.stdout.write(`${text}\n`);
  say(ciHead({ ...run.head, config: path }, paint));

  const traces = fromConfig(profile.counterexamples, folder);
  const files = await corpusFiles(traces);
  const mine = files.filter((_, place) => wishes.shard === undefined || inShard(wishes.shard, place));
  const start = performance.now();
  const corpus = await replayCorpus(mine, plan, io.interrupted);
  say(corpusText(corpus, (performance.now() - start) / 1000, paint));

  const examined: ExaminedTold[] = [];
  for await (const one of run.examine(traces)) {
    examined.push(one);
    say(renderReport(one.told, { paint, traces: wishes.traces === true }));
  }
  await cache?.prune(Date.now());
  const told: CiTold = {
    ...run.head,
    churnproof: version,
    config: path,
    corpus,
    examined,
    interrupted: io.interrupted.aborted,
    seconds: run.seconds,
  };
  await report(told, wishes.reporter ?? [], io);
  say(ciEnd(told, paint));
  return told.interrupted ? exitCode.interrupted : exitCodeOf(ciOutcomes(told));
}

interface Planned extends Target {
  readonly place: number;
}

/** Looks at one system after the other, each with its part of the budget. */
class Run {
  readonly head: Pick<CiTold, 'profile' | 'seeds' | 'timeLimit' | 'maxStates' | 'systems' | 'plan' | 'shard'>;
  private readonly targets: readonly Planned[];
  private readonly purse: Purse;
  private readonly searchShares: number;
  private readonly began = performance.now();

  constructor(
    private readonly profile: SettledProfile,
    targets: readonly Target[],
    private readonly wishes: CiWishes,
    private readonly io: Io,
    private readonly cache: Cache | undefined,
  ) {
    const { name, fuzz, maxStates } = profile;
    const { shard, seed, timeLimit = profile.timeLimit } = wishes;
    const all = targets.map((target, place) => ({ ...target, place }));
    this.targets = shard === undefined ? all : all.filter(({ place }) => inShard(shard, place));
    // Of the whole plan, so that a shard's verdicts are those of the run as a whole.
    this.searchShares = all.reduce((sum, { search, share }) => sum + (search ? share : 0), 0);
    const fresh = () => [seed ?? randomInt(2 ** 31)];
    const seeds = fuzz === false ? [] : fuzz.seeds === 'fresh' || seed !== undefined ? fresh() : fuzz.seeds;
    this.head = {
      profile: name,
      seeds,
      timeLimit,
      maxStates,
      systems: targets.length,
      plan: planText(targets, profile),
      ...(shard === undefined ? {} : { shard }),
    };
    this.purse = new Purse(
      timeLimit,
      this.targets.flatMap((target) => [
        ...(target.search ? [[searchOf(target), target.share] as const] : []),
        ...seeds.map((one) => [fuzzOf(target, one), target.share] as const),
      ]),
    );
  }

  get seconds(): number {
    return (performance.now() - this.began) / 1000;
  }

  async *examine(folder: string): AsyncGenerator<ExaminedTold> {
    const open = new Map<Planned, Chosen>();
    for (const target of this.targets) {
      if (this.io.interrupted.aborted) return;
      const chosen = chosenOf(target);
      if (!target.search) {
        open.set(target, chosen);
        continue;
      }
      const limits = this.limitsOf(target);
      const question = { phase: 'check', maxStates: limits.maxStates } as const;
      const { looked, cached } = await this.remember(chosen, question, () => search(chosen, limits, this.io));
      yield await this.tell(target, 'check', chosen, looked, folder, cached);
      const undecided = looked.report.findings.filter(({ verdict }) => verdict === 'undecided');
      const left = chosen.asked.filter(({ property }) =>
        undecided.some((finding) => finding.property === property.name),
      );
      if (left.length > 0 || target.fuzz) open.set(target, { ...chosen, asked: left.length > 0 ? left : chosen.asked });
      else for (const seed of this.head.seeds) this.purse.release(fuzzOf(target, seed));
    }
    for (const [target, chosen] of open) {
      const asked = chosen.asked.filter(({ property }) => !isTemporal(property));
      for (const seed of asked.length === 0 ? [] : this.head.seeds) {
        if (this.io.interrupted.aborted) return;
        const campaign = this.campaignOf(target, seed);
        const { runs, moves } = campaign;
        const one = { ...chosen, asked };
        const { looked, cached } = await this.remember(one, { phase: 'fuzz', seed, runs, moves }, () =>
          fuzzOne(one, campaign, this.io),
        );
        yield await this.tell(target, 'fuzz', one, looked, folder, cached);
      }
    }
  }

  /** The answer of an earlier run, if nothing that it rests on has changed. */
  private async remember(chosen: Chosen, question: Question, work: () => Promise<Looked>) {
    const kept = await this.cache?.find(chosen, question);
    if (kept !== undefined) return { looked: kept, cached: true };
    const looked = await work();
    await this.cache?.keep(chosen, question, looked);
    return { looked, cached: false };
  }

  private async tell(
    { place }: Planned,
    phase: ExaminedTold['phase'],
    chosen: Chosen,
    looked: Looked,
    folder: string,
    cached: boolean,
  ): Promise<ExaminedTold> {
    const { findings } = looked.report;
    const claimed = new Map(chosen.claims.map((claim) => [claim.property.name, claim]));
    // The trace of a mended bug must not give way to that of another one.
    const isRegression = (property: string): boolean => {
      const claim = claimed.get(property);
      return claim !== undefined && expectedOf(claim) !== 'violated';
    };
    const files = await writeCounterexamples(chosen, findings, folder, isRegression);
    return { place, phase, told: { ...toldOf(chosen, looked, files), diagram: diagramOf(chosen, findings), cached } };
  }

  private limitsOf(target: Planned) {
    const { maxStates } = this.profile;
    return {
      maxStates: Math.max(1, Math.floor((maxStates * target.share) / this.searchShares)),
      timeLimit: this.purse.take(searchOf(target), this.seconds),
      quiet: this.wishes.quiet === true,
    };
  }

  private campaignOf(target: Planned, seed: number) {
    const { fuzz, usually } = this.profile;
    const own = target.suite.configurations[target.configuration]?.fuzz;
    const { runs, moves } = { ...usually, ...own, ...(fuzz === false ? {} : fuzz) };
    return {
      seed,
      runs,
      moves,
      timeLimit: this.purse.take(fuzzOf(target, seed), this.seconds),
      quiet: this.wishes.quiet === true,
    };
  }
}

const searchOf = ({ place }: Planned): string => `search ${place}`;
const fuzzOf = ({ place }: Planned, seed: number): string => `fuzz ${place} ${seed}`;
