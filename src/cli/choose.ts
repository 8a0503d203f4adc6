/** Which systems a command works on: from models, configurations, settings and properties as a person types them. */
import { ChurnproofError, type Claim, type Suite } from '../kernel/index.js';
import {
  findClaims,
  findSuite,
  modelOf,
  readSettings,
  type Selection,
  select,
  usualConfiguration,
} from '../run/suite.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import { isPath, loadSuites } from './suite-file.js';

/** @internal */
export interface Wishes {
  readonly models: readonly string[];
  readonly set?: readonly string[];
  /** Names or beginnings of properties; none: all. */
  readonly property?: readonly string[];
  readonly suite?: string;
}

/** A selection with the claims that were asked for. @internal */
export interface Chosen extends Selection {
  readonly asked: readonly Claim[];
  /** Such as `chord-orig/plain n=3`. */
  readonly title: string;
  /** Where the suite came from, if not from the catalogue. */
  readonly file: string | undefined;
}

interface Named {
  readonly suite: Suite;
  readonly configuration: string;
  readonly file: string | undefined;
}

/** @param usually the configuration that is meant by a model's name alone @internal */
export async function choose(
  wishes: Wishes,
  io: Io,
  usually: (suite: Suite) => string = usualConfiguration,
): Promise<readonly Chosen[]> {
  const own = wishes.suite === undefined ? [] : await loadSuites(wishes.suite);
  const named = await name(wishes, own, io, usually);
  if (named.length === 0)
    throw usage('there is nothing to check: no bundled configuration is quick', 'churnproof list');
  const chosen = named.map(({ suite, configuration, file }) => {
    const set = readSettings(suite, wishes.set ?? []);
    const selection = select(suite, configuration, set, nearest);
    const settings = Object.entries(set).map(([parameter, value]) => ` ${parameter}=${value}`);
    const title = `${suite.model}/${configuration}${settings.join('')}`;
    return { ...selection, asked: selection.claims, title, file };
  });
  return wishes.property === undefined ? chosen : narrow(chosen, wishes.property);
}

async function name(
  wishes: Wishes,
  own: readonly Suite[],
  { catalogue }: Io,
  usually: (suite: Suite) => string,
): Promise<readonly Named[]> {
  const file = wishes.suite;
  if (wishes.models.length === 0) {
    if (file !== undefined) return own.flatMap((suite) => usual(suite, file));
    if (wishes.set !== undefined)
      throw usage('--set needs a model to set it in', 'churnproof check <model> --set name=value');
    return (await catalogue()).flatMap((suite) => quick(suite, undefined));
  }
  const named = wishes.models.map(async (words): Promise<readonly Named[]> => {
    if (isPath(words)) return (await loadSuites(words)).flatMap((suite) => usual(suite, words));
    const isOwn = own.some(({ model }) => model === modelOf(words));
    const bundled = isOwn ? [] : await catalogue([modelOf(words)]);
    const found = findSuite([...own, ...bundled], words, nearest, usually);
    return [{ ...found, file: own.includes(found.suite) ? file : undefined }];
  });
  return (await Promise.all(named)).flat();
}

const quick = (suite: Suite, file: string | undefined): readonly Named[] =>
  Object.entries(suite.configurations)
    .filter(([, { quick }]) => quick === true)
    .map(([configuration]) => ({ suite, configuration, file }));

/** What is meant by a claims file as a whole: each suite's quick configurations, or else its first. */
function usual(suite: Suite, file: string): readonly Named[] {
  const found = quick(suite, file);
  return found.length > 0 ? found : [{ suite, configuration: usualConfiguration(suite), file }];
}

/** Of several systems, those that have such properties; a property that none has is a mistake. */
function narrow(chosen: readonly Chosen[], names: readonly string[]): readonly Chosen[] {
  const known = new Map(chosen.flatMap(({ claims }) => claims).map((claim) => [claim.property.name, claim]));
  const wanted = new Set(findClaims([...known.values()], names, nearest).map(({ property }) => property.name));
  return chosen
    .map((one) => ({ ...one, asked: one.claims.filter(({ property }) => wanted.has(property.name)) }))
    .filter(({ asked }) => asked.length > 0);
}

const usage = (message: string, hint: string): ChurnproofError => new ChurnproofError('USAGE', message, { hint });
