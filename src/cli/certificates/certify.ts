/** The command `certify`: writes the certificate of each model whose claims are all as expected and whose seeded bugs are all caught. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Certificate, type Engine, renderCertificate, type Sources } from '../../certify/index.js';
import { ChurnproofError, type Suite } from '../../kernel/index.js';
import type { Outcome } from '../../report/index.js';
import { amount } from '../../report/words.js';
import { paintFor } from '../colours.js';
import { exitCode, exitCodeOf } from '../exit-code.js';
import type { Io } from '../io.js';
import { type ExamineLimits, examine, quickOf } from './examine.js';
import { certificateOfModel, loadCertificate, nameSuites, packageOf } from './files.js';

/** @internal */
export interface CertifyWishes extends ExamineLimits {
  /** Models, and configurations that are to be in the certificate beside the quick ones; none: all. */
  readonly models: readonly string[];
  /** Write also what is fresh: after changes of the engine, before a release. */
  readonly force?: boolean;
}

/** @internal */
export async function certify(wishes: CertifyWishes, io: Io): Promise<number> {
  const { home, sources } = packageOf(io);
  const paint = paintFor(io);
  const say = (text: string) => io.stdout.write(`${text}\n`);
  const outcomes: Outcome[] = [];
  for (const { suite, configurations } of await nameSuites(wishes.models, io)) {
    const made = await sources.of(suite);
    const before = await certified(home, suite.model);
    const asked = wanted(suite, configurations, before);
    if (wishes.force !== true && before !== undefined && isFresh(before, made, asked)) {
      say(`${paint.title(suite.model)}: ${paint.aside('fresh')}`);
      continue;
    }
    const certificate = await examine(suite, asked, made, wishes, io);
    if (certificate === undefined) return exitCode.interrupted;
    const wrong = outcomesOf(certificate);
    outcomes.push(...wrong.map(([, outcome]) => outcome));
    if (wrong.length > 0) {
      const [first] = wrong as [readonly [string, Outcome]];
      say(`${paint.title(suite.model)}: ${paint.bad('not certified')}: ${first[0]}${more(wrong.length - 1)}`);
      continue;
    }
    const file = certificateOfModel(home, suite.model);
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, renderCertificate(certificate));
    say(`${paint.title(suite.model)}: ${paint.good('certified')}, ${amount(asked.length, 'configuration')}`);
  }
  return exitCodeOf(outcomes);
}

/** The quick ones, those that were named, and those that were certified before. */
function wanted(suite: Suite, named: readonly string[], before: Certificate | undefined): readonly string[] {
  const known = before?.configurations.map(({ name }) => name) ?? [];
  const all = [...quickOf(suite), ...named, ...known];
  return Object.keys(suite.configurations).filter((name) => all.includes(name));
}

/** What cannot be read is written anew. */
async function certified(home: string, model: string): Promise<Certificate | undefined> {
  try {
    return await loadCertificate(home, model);
  } catch (error) {
    if (error instanceof ChurnproofError) return undefined;
    throw error;
  }
}

/**
 * What `npm test` asks for: the sources as they are, searched by this version. That the engine has changed within its version is no
 * reason to search for minutes again; `--force` does.
 */
function isFresh(
  before: Certificate,
  { sources, engine }: { readonly sources: Sources; readonly engine: Engine },
  asked: readonly string[],
): boolean {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const names = before.configurations.map(({ name }) => name);
  return same(before.sources, sources) && before.engine.version === engine.version && same(names, asked);
}

/** What keeps a model from being certified, in words. */
function outcomesOf({ configurations, mutants }: Certificate): readonly (readonly [string, Outcome])[] {
  const claims = configurations.flatMap(({ name, claims: all }) =>
    all.flatMap(({ property, verdict, expected }): [string, Outcome][] => {
      if (verdict === expected) return [];
      const outcome =
        verdict === 'undecided' ? 'undecided' : verdict === 'neverWitnessed' ? 'vacuous' : 'notAsExpected';
      return [[`${name}: ${property}: ${verdict}, and not ${expected}`, outcome]];
    }),
  );
  const cut = configurations.flatMap(({ name, coverage }): [string, Outcome][] =>
    coverage.kind === 'exhaustive' ? [] : [[`${name}: the search was cut (${coverage.cut})`, 'undecided']],
  );
  const tried = mutants.tried.flatMap(({ name, outcome }): [string, Outcome][] => {
    if (outcome === 'killed' || outcome === 'quiet') return [];
    const is = outcome === 'undecided' ? 'undecided' : outcome === 'survived' ? 'vacuous' : 'notAsExpected';
    return [[`mutant ${name}: ${outcome}`, is]];
  });
  return [...cut, ...claims, ...tried];
}

const more = (count: number): string => (count === 0 ? '' : ` (and ${count} more)`);
