/**
 * All that is looked at for one certificate: the configurations, each searched to its end; every seeded bug; and small edits of the
 * machines, where a configuration is small enough that they cost little.
 */
import { type Certificate, certificateOf, type Engine, type Searched, type Sources } from '../../certify/index.js';
import type { Suite } from '../../kernel/index.js';
import type { JudgedGeneric, JudgedMutant } from '../../report/index.js';
import { genericTrials } from '../../run/generic.js';
import { trialsOf } from '../../run/mutants.js';
import { select } from '../../run/suite.js';
import { judgeEdit } from '../generic-mutants.js';
import type { Io } from '../io.js';
import { judgeTrial } from '../mutants.js';
import { nearest } from '../nearest.js';
import { search } from '../search.js';

/** @internal */
export interface ExamineLimits {
  readonly quiet?: boolean;
  readonly json?: boolean;
  /** In seconds, of each search. */
  readonly timeLimit?: number;
}

/** States of a configuration on which generic mutants are tried, at most. */
const small = 2_000;

/** What `check` takes on by itself; where nothing is quick, the first. @internal */
export function quickOf({ configurations }: Suite): readonly string[] {
  const names = Object.keys(configurations);
  const quick = names.filter((name) => configurations[name]?.quick === true);
  return quick.length > 0 ? quick : names.slice(0, 1);
}

/** Nothing, if the person at the terminal has had enough. @internal */
export async function examine(
  suite: Suite,
  configurations: readonly string[],
  made: { readonly sources: Sources; readonly engine: Engine },
  limits: ExamineLimits,
  io: Io,
): Promise<Certificate | undefined> {
  const searched: Searched[] = [];
  for (const configuration of configurations) {
    searched.push(await searchOne(suite, configuration, limits, io));
    if (io.interrupted.aborted) return undefined;
  }
  const mutants: JudgedMutant[] = [];
  const trials = trialsOf(suite, nearest);
  for (const trial of trials) {
    mutants.push(await judgeTrial(trial, `${mutants.length + 1} of ${trials.length}`, limits, io));
    if (io.interrupted.aborted) return undefined;
  }
  const generic = await tryEdits(suite, searched, limits, io);
  if (io.interrupted.aborted) return undefined;
  return certificateOf({ suite, ...made, searched, mutants, ...(generic === undefined ? {} : { generic }) });
}

async function searchOne(suite: Suite, configuration: string, limits: ExamineLimits, io: Io): Promise<Searched> {
  const selection = select(suite, configuration, {}, nearest);
  const title = `${suite.model}/${configuration}`;
  const chosen = { ...selection, asked: selection.claims, title, file: undefined };
  const { report } = await search(chosen, limits, io);
  const quick = suite.configurations[configuration]?.quick === true;
  return { configuration, quick, values: selection.values, claims: selection.claims, report };
}

/** On the smallest of the quick configurations: it is the same one wherever the counts are the same. */
async function tryEdits(suite: Suite, searched: readonly Searched[], limits: ExamineLimits, io: Io) {
  const fit = searched
    .filter(({ quick, report: { coverage } }) => quick && coverage.kind === 'exhaustive' && coverage.states <= small)
    .sort((a, b) => a.report.coverage.states - b.report.coverage.states);
  const [one] = fit;
  if (one === undefined) return undefined;
  const { system, claims } = select(suite, one.configuration, {}, nearest);
  const right = { system, properties: claims.map(({ property }) => property), report: one.report };
  const trials = genericTrials(system);
  const judged: JudgedGeneric[] = [];
  for (const trial of trials) {
    const title = `${suite.model}/${one.configuration}, generic mutant ${judged.length + 1} of ${trials.length}`;
    judged.push(await judgeEdit(trial, right, title, limits, io));
    if (io.interrupted.aborted) return undefined;
  }
  return { configuration: one.configuration, judged };
}
