/** Which suite, configuration, values and claims a person meant, and what is wrong with the words when they meant none. */
import {
  ChurnproofError,
  type Claim,
  isTemporal,
  messageOf,
  type Parameter,
  type PropertyKind,
  type Suite,
  type System,
  show,
  type Temporal,
  type Value,
  type Values,
} from '../kernel/index.js';

/** A system with its claims, and how it was chosen. @public */
export interface Selection {
  readonly suite: Suite;
  readonly configuration: string;
  readonly values: Values;
  // biome-ignore lint/suspicious/noExplicitAny: a suite's system is typed where it is written
  readonly system: System<any, any>;
  readonly claims: readonly Claim[];
}

/** The known names nearest to a wrong one, best first; what "near" means is the caller's. @public */
export type Nearest = (wanted: string, known: readonly string[]) => readonly string[];

/** The configuration that a suite is meant to be looked at in when none is named. @public */
export const usualConfiguration = ({ configurations }: Suite): string => Object.keys(configurations)[0] as string;

/** The same for fuzzing, which can take on larger ones. @public */
export const fuzzedConfiguration = (suite: Suite): string =>
  Object.entries(suite.configurations).find(([, { fuzz }]) => fuzz !== undefined)?.[0] ?? usualConfiguration(suite);

/** The model of `model` or `model/configuration`. @public */
export const modelOf = (words: string): string => words.split('/')[0] as string;

/** Takes `model`, or `model/configuration`, apart; without the latter it is the one that `usual` says. @public */
export function findSuite(
  catalogue: readonly Suite[],
  words: string,
  nearest: Nearest,
  usual: (suite: Suite) => string = usualConfiguration,
): { readonly suite: Suite; readonly configuration: string } {
  const [model = '', ...rest] = words.split('/');
  const suite = catalogue.find((known) => known.model === model);
  if (suite === undefined)
    throw unknown('UNKNOWN_MODEL', 'model', model, namesOf(catalogue), nearest, 'churnproof list');
  const known = Object.keys(suite.configurations);
  const configuration = rest.length === 0 ? usual(suite) : rest.join('/');
  if (!known.includes(configuration))
    throw unknown('UNKNOWN_CONFIGURATION', `configuration of ${model}`, configuration, known, nearest);
  return { suite, configuration };
}

const namesOf = (catalogue: readonly Suite[]): readonly string[] => catalogue.map(({ model }) => model);

/** Gives a suite its values (defaults, then the configuration's, then `set`) and makes its system and claims. @public */
export function select(suite: Suite, configuration: string, set: Values, nearest: Nearest): Selection {
  const known = Object.keys(suite.parameters);
  const values: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(suite.parameters)) values[name] = parameter.default;
  for (const [name, value] of Object.entries({ ...suite.configurations[configuration]?.set, ...set })) {
    const parameter = Object.hasOwn(suite.parameters, name) ? suite.parameters[name] : undefined;
    if (parameter === undefined)
      throw unknown('UNKNOWN_PARAMETER', `parameter of ${suite.model}`, name, known, nearest);
    if (!fits(parameter, value))
      throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `${name} cannot be ${show(value)}`, {
        where: `parameter ${name} of ${suite.model}: ${parameter.doc}`,
        expected: rangeOf(parameter),
      });
    values[name] = value;
  }
  const system = made(suite, 'system', () => suite.system(values));
  const claims = made(suite, 'claims', () => suite.claims(values));
  checkClaims(suite.model, claims);
  return { suite, configuration, values, system, claims };
}

function made<T>(suite: Suite, what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ChurnproofError) throw error;
    const where = `${what}() of ${suite.model}`;
    throw new ChurnproofError('SUITE_INVALID', `the suite threw: ${messageOf(error)}`, { where, cause: error });
  }
}

/** Reads `name=value` words by the parameters' types; what is no value of the type is left as text, for `select` to refuse. @public */
export function readSettings(suite: Suite, words: readonly string[]): Values {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1)
        throw new ChurnproofError('USAGE', `cannot read the setting ${show(word)}`, {
          expected: 'name=value, such as n=4',
        });
      const name = word.slice(0, at);
      return [
        name,
        read(word.slice(at + 1), Object.hasOwn(suite.parameters, name) ? suite.parameters[name] : undefined),
      ];
    }),
  );
}

function read(text: string, parameter: Parameter | undefined): Value {
  if (parameter?.type === 'integer' && /^[+-]?\d+$/.test(text)) return Number(text);
  if (parameter?.type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function fits(parameter: Parameter, value: Value): boolean {
  switch (parameter.type) {
    case 'integer':
      return Number.isSafeInteger(value) && (value as number) >= parameter.min && (value as number) <= parameter.max;
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return parameter.options.includes(value as string);
  }
}

/** The values a parameter may have, in words. @public */
export function rangeOf(parameter: Parameter): string {
  switch (parameter.type) {
    case 'integer':
      return `a whole number from ${parameter.min} to ${parameter.max}`;
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${parameter.options.join(', ')}`;
  }
}

/** The claims whose name is one of `names`, or begins like it and no other does; letters may be large or small. @public */
export function findClaims(claims: readonly Claim[], names: readonly string[], nearest: Nearest): readonly Claim[] {
  const known = claims.map(({ property }) => property.name);
  const found = names.map((name) => {
    const wanted = name.toLowerCase();
    const exact = known.filter((other) => other.toLowerCase() === wanted);
    const begun = exact.length > 0 ? exact : known.filter((other) => other.toLowerCase().startsWith(wanted));
    if (begun.length === 1) return begun[0];
    if (begun.length === 0) throw unknown('UNKNOWN_PROPERTY', 'property', name, known, nearest);
    throw new ChurnproofError('UNKNOWN_PROPERTY', `${show(name)} is the beginning of ${begun.length} properties`, {
      expected: `one of: ${begun.join('; ')}`,
    });
  });
  return claims.filter(({ property }) => found.includes(property.name));
}

const kinds: readonly PropertyKind[] = [
  'always',
  'sometimes',
  'whenQuiet',
  'alwaysStep',
  'eventually',
  'alwaysEventually',
  'stable',
  'leadsTo',
  'recoverable',
];

/** A suite that claims nothing, or two things by one name, would pass in silence. */
function checkClaims(model: string, claims: readonly Claim[]): void {
  const where = `claims of ${model}`;
  if (!Array.isArray(claims) || claims.length === 0)
    throw new ChurnproofError('SUITE_INVALID', 'there is nothing to check', { where, expected: 'at least one claim' });
  const seen = new Set<string>();
  claims.forEach((claim, at) => {
    const property = claim?.property;
    if (typeof property?.name !== 'string' || typeof property.holds !== 'function' || !kinds.includes(property.kind))
      throw new ChurnproofError('SUITE_INVALID', `claim ${at + 1} has no property`, {
        where,
        expected: '{ property: always(...), sometimes(...), ... }',
      });
    const wrong = isTemporal(property) ? faultOf(property) : undefined;
    if (wrong !== undefined)
      throw new ChurnproofError('SUITE_INVALID', wrong.problem, {
        where: `${where}, property ${show(property.name)}`,
        expected: wrong.expected,
      });
    if (seen.has(property.name))
      throw new ChurnproofError('SUITE_INVALID', `two claims have the name ${show(property.name)}`, {
        where,
        expected: 'a name of its own for each property',
      });
    seen.add(property.name);
  });
}

/** What a temporal property was written without, or with something else: no type has looked at a claims file. */
function faultOf(property: Temporal): { readonly problem: string; readonly expected: string } | undefined {
  const { given, fairness, by } = property as Readonly<Record<string, unknown>>;
  const classes = "classes of move, such as ['deliver', 'timeout', 'stabilize']";
  if (property.kind === 'recoverable')
    return areNames(by) && by.length > 0 ? undefined : { problem: `by is ${show(by)}`, expected: classes };
  if (property.kind === 'leadsTo' && typeof given !== 'function')
    return { problem: `given is ${show(given)}`, expected: 'a function of the world' };
  if (typeof fairness !== 'object' || fairness === null || Array.isArray(fairness))
    return {
      problem: `fairness is ${show(fairness)}`,
      expected: '{ weak: [...], strong: [...], ceases: [...] }, or {}',
    };
  for (const [name, names] of Object.entries(fairness)) {
    if (!['weak', 'strong', 'ceases'].includes(name))
      return { problem: `fairness has a field ${show(name)}`, expected: 'weak, strong and ceases alone' };
    if (names !== undefined && !areNames(names))
      return { problem: `fairness.${name} is ${show(names)}`, expected: classes };
  }
  return undefined;
}

const areNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

function unknown(
  code: 'UNKNOWN_MODEL' | 'UNKNOWN_CONFIGURATION' | 'UNKNOWN_PARAMETER' | 'UNKNOWN_PROPERTY',
  what: string,
  name: string,
  known: readonly string[],
  nearest: Nearest,
  list?: string,
): ChurnproofError {
  const near = nearest(name, known);
  const hint = near.length > 0 ? near.join(', ') : list;
  return new ChurnproofError(code, `there is no ${what} named ${show(name)}`, {
    expected:
      known.length === 0 ? 'none: it takes none' : `one of: ${known.join(code === 'UNKNOWN_PROPERTY' ? '; ' : ', ')}`,
    ...(hint === undefined ? {} : { hint }),
  });
}
