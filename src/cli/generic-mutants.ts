/** The command `mutants --generic`: small edits of every machine of a system, and whether any of its claims notices. */
import { ChurnproofError } from '../kernel/index.js';
import { genericScoreOf, type JudgedGeneric, judgeGeneric } from '../report/generic.js';
import { renderGenericDocument } from '../report/generic-document.js';
import { percentOf, renderGeneric, renderGenericScore } from '../report/generic-text.js';
import { beginGeneric, type GenericTrial, genericTrials, isEquivalent, limitOf, type Right } from '../run/generic.js';
import { type Chosen, choose, type Wishes } from './choose.js';
import { paintFor } from './colours.js';
import { exitCode } from './exit-code.js';
import type { Io } from './io.js';
import { drive, search } from './search.js';

/** @internal */
export interface GenericWishes extends Pick<Wishes, 'models' | 'set'> {
  /** Percent of those that are not equivalent. */
  readonly threshold?: number;
  /** Tell those that were killed and those that are equivalent one by one, too. */
  readonly all?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** In seconds, for each mutant. */
  readonly timeLimit?: number;
  readonly maxStates?: number;
}

/** One system with what came of its mutants. */
interface Examined {
  readonly chosen: Chosen;
  readonly judged: readonly JudgedGeneric[];
}

/** @internal */
export async function genericMutants(wishes: GenericWishes, io: Io): Promise<number> {
  const paint = paintFor(io);
  const say = (text: string) => (wishes.json ? undefined : io.stdout.write(`${text}\n`));
  const examined: Examined[] = [];
  for (const chosen of await choose(wishes, io)) {
    const { report } = await search({ ...chosen, asked: chosen.claims }, quietly(wishes), io);
    if (io.interrupted.aborted) break;
    const right: Right = { system: chosen.system, properties: chosen.claims.map(({ property }) => property), report };
    // Refuses a search that was cut, before a mutant is held against it.
    limitOf(right);
    const trials = genericTrials(chosen.system);
    say(`${paint.title(chosen.title)}: ${report.coverage.states} states, ${trials.length} generic mutants`);
    const judged: JudgedGeneric[] = [];
    for (const [at, trial] of trials.entries()) {
      const one = await judgeEdit(trial, right, `${chosen.title}, mutant ${at + 1} of ${trials.length}`, wishes, io);
      if (io.interrupted.aborted) break;
      judged.push(one);
      if (wishes.all || one.outcome === 'survived' || one.outcome === 'undecided') say(renderGeneric(one, paint));
    }
    say(`  ${renderGenericScore(judged, paint)}`);
    examined.push({ chosen, judged });
    if (io.interrupted.aborted) break;
  }
  if (wishes.json) {
    const told = examined.map(({ chosen: { suite, configuration, values }, judged }) => ({
      model: suite.model,
      config: configuration,
      values,
      judged,
    }));
    io.stdout.write(`${renderGenericDocument(told)}\n`);
  }
  if (io.interrupted.aborted) return exitCode.interrupted;
  return reached(examined, wishes, say) ? exitCode.asExpected : exitCode.vacuous;
}

function reached(examined: readonly Examined[], { threshold }: GenericWishes, say: (text: string) => void): boolean {
  if (threshold === undefined) return true;
  const short = examined.filter(({ judged }) => percentOf(genericScoreOf(judged)) < threshold);
  for (const { chosen } of short) say(`${chosen.title}: below the threshold of ${threshold} %`);
  return short.length === 0;
}

/** Searches one mutant as far as it takes to tell it from the right system. @internal */
export async function judgeEdit(
  trial: GenericTrial,
  right: Right,
  title: string,
  wishes: Omit<GenericWishes, 'models' | 'set'>,
  io: Io,
): Promise<JudgedGeneric> {
  const { machine, operator, doc } = trial;
  const told = { machine, operator, doc, right: right.report };
  try {
    const { report } = await drive(() => beginGeneric(trial, right, wishes.maxStates), title, wishes, io);
    return judgeGeneric({
      ...told,
      came: report,
      isEquivalent: () => isEquivalent(trial, right, report.coverage.states),
    });
  } catch (error) {
    if (!(error instanceof ChurnproofError)) throw error;
    return judgeGeneric({ ...told, came: error, isEquivalent: () => false });
  }
}

/** A limit for each mutant is none for the right system, which everything is held against. */
const quietly = ({ quiet, json }: GenericWishes) => ({
  ...(quiet === undefined ? {} : { quiet }),
  ...(json === undefined ? {} : { json }),
});
