/** The systems of a run: the words of a config's `suites`, found in the catalogue and in claims files. */
import { type Named, planOf, type SettledProfile, type SuiteChoice, type Target } from '../../ci/index.js';
import { ChurnproofError, type Suite } from '../../kernel/index.js';
import { findClaims, findSuite, select } from '../../run/suite.js';
import type { Chosen } from '../choose.js';
import { nearest } from '../nearest.js';
import { isPath, loadSuites } from '../suite-file.js';
import { fromConfig } from './load-config.js';

/** @internal */
export interface Planned {
  readonly targets: readonly Target[];
  /** Every suite that a recorded trace may be of: those of the config's claims files, then the bundled ones. */
  readonly known: readonly Suite[];
  /** The claims file that a suite is from. */
  fileOf(suite: Suite): string | undefined;
}

/** @param only words of the same kind; none: everything that the profile names @internal */
export async function planTargets(
  profile: SettledProfile,
  folder: string,
  catalogue: readonly Suite[],
  only: readonly string[],
): Promise<Planned> {
  const named = (await Promise.all(profile.suites.map((choice) => nameChoice(choice, folder, catalogue)))).flat();
  const known = [...named.filter(({ file }) => file !== undefined).map(({ suite }) => suite), ...catalogue];
  const targets = planOf(named, profile);
  const files = new Map(named.map(({ suite, file }) => [suite, file]));
  const fileOf = (suite: Suite) => files.get(suite);
  return {
    targets: only.length === 0 ? targets : targets.filter((target) => isMeant(target, only, targets)),
    known,
    fileOf,
  };
}

async function nameChoice(choice: SuiteChoice, folder: string, catalogue: readonly Suite[]): Promise<readonly Named[]> {
  const { suite: word, ...wishes } = typeof choice === 'string' ? { suite: choice } : choice;
  if (word === 'bundled') return catalogue.map((suite) => checked({ suite, ...wishes }));
  if (isPath(word)) {
    const file = fromConfig(word, folder);
    return (await loadSuites(file)).map((suite) => checked({ suite, file, ...wishes }));
  }
  const { suite, configuration } = findSuite(catalogue, word, nearest);
  return [checked({ suite, ...(word.includes('/') ? { configuration } : {}), ...wishes })];
}

/** Configurations that are named must be there. */
function checked(named: Named): Named {
  const { suite, configurations } = named;
  if (typeof configurations === 'object')
    for (const configuration of configurations) findSuite([suite], `${suite.model}/${configuration}`, nearest);
  return named;
}

function isMeant(target: Target, only: readonly string[], all: readonly Target[]): boolean {
  const words = ({ suite, configuration, file }: Target) => [
    suite.model,
    `${suite.model}/${configuration}`,
    ...(file === undefined ? [] : [file, `./${file}`]),
  ];
  const stranger = only.find((word) => !all.some((one) => words(one).includes(word)));
  if (stranger !== undefined)
    throw new ChurnproofError('USAGE', `the profile has no suite named ${stranger}`, {
      expected: `one of: ${[...new Set(all.map(({ suite, file }) => file ?? suite.model))].join(', ')}`,
    });
  return words(target).some((word) => only.includes(word));
}

/** @internal */
export function chosenOf(target: Target): Chosen {
  const selection = select(target.suite, target.configuration, target.set, nearest);
  const { properties, title, file } = target;
  const asked = properties === undefined ? selection.claims : findClaims(selection.claims, properties, nearest);
  return { ...selection, asked, title, file };
}
