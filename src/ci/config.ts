/** What a project wants of its continuous integration: the config file's shape, for authors as types and for us as a schema. */
import * as v from 'valibot';
import { ChurnproofError, show, type Values } from '../kernel/index.js';
import type { ProfileName } from './profiles.js';

/** Which of a suite's configurations: the quick ones (if there are none: the first), all, or those named. @public */
export type Configurations = 'quick' | 'all' | readonly string[];

/**
 * A suite: `model`, `model/configuration`, the path of a claims file (beside the config), or `bundled` for every model that
 * comes with churnproof. As an object, with what is to be different for it. @public
 */
export type SuiteChoice =
  | string
  | {
      readonly suite: string;
      /** Default: what the profile says. */
      readonly configurations?: Configurations;
      /** Parameters that differ from the configuration's. */
      readonly set?: Values;
      /** Only these claims, by name or how it begins. */
      readonly properties?: readonly string[];
      /** How many shares of the budget each of its configurations gets; default 1. */
      readonly share?: number;
    };

/** From which seeds, and how long, a profile fuzzes what a search left open. @public */
export interface FuzzPlan {
  /** Whole numbers, the same in each run; or `fresh`: a new one each run, which the report records. */
  readonly seeds?: readonly number[] | 'fresh';
  /** Behaviours for each seed, where the suite does not say. */
  readonly runs?: number;
  /** Of each behaviour, at most, where the suite does not say. */
  readonly moves?: number;
}

/** What one kind of run does, and its budget. @public */
export interface Profile {
  /** Default: those of the config as a whole. */
  readonly suites?: readonly SuiteChoice[];
  readonly configurations?: 'quick' | 'all';
  /** Seconds for the whole run, shared out over its suites: what one does not use is for those after it. */
  readonly timeLimit?: number;
  /** Distinct states for the whole run, shared out over its suites in fixed parts, so that verdicts do not depend on time. */
  readonly maxStates?: number;
  /** `false`: search only. */
  readonly fuzz?: false | FuzzPlan;
}

/** What `churnproof ci` runs: suites, in profiles of different length. @public */
export interface Config {
  readonly suites?: readonly SuiteChoice[];
  /** Folder of the regression corpus; default `counterexamples`. */
  readonly counterexamples?: string;
  readonly profiles?: { readonly [P in ProfileName]?: Profile };
}

/** A profile in which nothing is left open. @internal */
export interface SettledProfile {
  readonly name: ProfileName;
  readonly suites: readonly SuiteChoice[];
  readonly configurations: 'quick' | 'all';
  readonly timeLimit: number;
  readonly maxStates: number;
  /** Runs and moves are missing where the config does not say. */
  readonly fuzz: false | (FuzzPlan & Required<Pick<FuzzPlan, 'seeds'>>);
  /** Where neither the config nor a suite says. */
  readonly usually: { readonly runs: number; readonly moves: number };
  readonly counterexamples: string;
}

/** Types a config and returns it as it is. @public */
export const defineConfig = (config: Config): Config => config;

const usual: { readonly [P in ProfileName]: Omit<SettledProfile, 'name' | 'suites' | 'counterexamples'> } = {
  pr: {
    configurations: 'quick',
    timeLimit: 300,
    maxStates: 10_000_000,
    fuzz: { seeds: [1] },
    usually: { runs: 200, moves: 200 },
  },
  nightly: {
    configurations: 'all',
    timeLimit: 3600,
    maxStates: 200_000_000,
    fuzz: { seeds: 'fresh' },
    usually: { runs: 5000, moves: 500 },
  },
  soak: {
    configurations: 'all',
    timeLimit: 8 * 3600,
    maxStates: 1_000_000_000,
    fuzz: { seeds: 'fresh' },
    usually: { runs: 50_000, moves: 1000 },
  },
};

const pipeText = (expected: string) => v.pipe(v.string(expected), v.minLength(1, 'a word, not empty'));
const text = pipeText('a word');
const whole = v.pipe(v.number(), v.safeInteger('a whole number'), v.minValue(1, 'a whole number from 1 on'));
const positive = v.pipe(v.number(), v.finite('a number'), v.gtValue(0, 'a number greater than 0'));
const seed = v.pipe(
  v.number(),
  v.safeInteger('a whole number'),
  v.minValue(0, 'a whole number from 0 on'),
  v.maxValue(2 ** 31 - 1, 'a whole number below 2147483648'),
);

const isValues = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(
    ([key, one]) => key !== '__proto__' && (['boolean', 'string'].includes(typeof one) || Number.isFinite(one)),
  );

const some = <T extends v.GenericSchema>(of: T) => v.pipe(v.array(of), v.minLength(1, 'a list that is not empty'));

const suite = v.strictObject({
  suite: text,
  configurations: v.exactOptional(
    v.lazy((of) => (Array.isArray(of) ? some(text) : v.picklist(['quick', 'all'], 'quick, all or a list of names'))),
  ),
  set: v.exactOptional(v.custom<Values>(isValues, 'an object of numbers, booleans and strings')),
  properties: v.exactOptional(some(text)),
  share: v.exactOptional(positive),
});

/** What may be one thing or another is picked by its shape, so that a complaint names the field at fault. */
const suites = some(
  v.lazy((input) => (typeof input === 'object' && input !== null ? suite : pipeText('a model, a path, or an object'))),
);

const fuzz = v.strictObject({
  seeds: v.exactOptional(
    v.lazy((of) => (Array.isArray(of) ? some(seed) : v.literal('fresh', 'fresh, or a list of whole numbers'))),
  ),
  runs: v.exactOptional(whole),
  moves: v.exactOptional(v.pipe(whole, v.maxValue(1_000_000, 'at most 1000000'))),
});

const profile = v.strictObject({
  suites: v.exactOptional(suites),
  configurations: v.exactOptional(v.picklist(['quick', 'all'], 'quick or all')),
  timeLimit: v.exactOptional(positive),
  maxStates: v.exactOptional(whole),
  fuzz: v.exactOptional(v.lazy((input) => (input === false ? v.literal(false) : fuzz))),
});

const profiles = v.strictObject({
  pr: v.exactOptional(profile),
  nightly: v.exactOptional(profile),
  soak: v.exactOptional(profile),
});

const schema = v.strictObject({
  suites: v.exactOptional(suites),
  counterexamples: v.exactOptional(text),
  profiles: v.exactOptional(profiles),
});

/** Holds what a config file exports against the schema. @throws ChurnproofError CONFIG_INVALID @internal */
export function readConfig(exported: unknown, where: string): Config {
  if (exported === undefined)
    throw invalid(where, '', 'missing its default export', 'export default defineConfig({ suites: [...] })');
  const result = v.safeParse(schema, exported, { abortEarly: true });
  if (result.success) return result.output as Config;
  const [issue] = result.issues;
  const path = pathOf(issue);
  if (issue.type === 'strict_object' && issue.expected === 'never')
    throw invalid(where, path, 'an unknown field', `one of: ${fieldsAt(path)}`);
  const found = issue.input === undefined ? 'missing' : show(issue.input);
  throw invalid(
    where,
    path,
    found.length > 80 ? `${found.slice(0, 77)}...` : found,
    issue.message.startsWith('Invalid ') ? (issue.expected ?? 'something else') : issue.message,
  );
}

/** The profile with what it leaves open filled in. @internal */
export function settleProfile(config: Config, name: ProfileName, where: string): SettledProfile {
  const { suites: own, fuzz: asked, ...others } = config.profiles?.[name] ?? {};
  const suites = own ?? config.suites;
  if (suites === undefined)
    throw invalid(where, 'suites', 'missing', `suites for all profiles, or profiles.${name}.suites`);
  const { fuzz: planned } = usual[name];
  return {
    name,
    ...usual[name],
    ...others,
    suites,
    fuzz: asked === false || planned === false ? false : { ...planned, ...asked },
    counterexamples: config.counterexamples ?? 'counterexamples',
  };
}

/** The fields there are beside one that is not known. */
function fieldsAt(path: string): string {
  const parent = path
    .replace(/\[\d+\]/g, '')
    .split('.')
    .at(-2);
  const entries: Readonly<Record<string, object>> = {
    suites: suite.entries,
    fuzz: fuzz.entries,
    profiles: profiles.entries,
    pr: profile.entries,
    nightly: profile.entries,
    soak: profile.entries,
  };
  return Object.keys((parent === undefined ? undefined : entries[parent]) ?? schema.entries).join(', ');
}

const pathOf = (issue: v.BaseIssue<unknown>): string =>
  (issue.path ?? []).reduce(
    (path, { type, key }) => (type === 'array' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${key}`),
    '',
  );

const invalid = (where: string, path: string, found: string, expected: string): ChurnproofError =>
  new ChurnproofError('CONFIG_INVALID', `${path === '' ? 'the config' : path} is ${found}`, {
    where: path === '' ? where : `${where}, field ${path}`,
    expected,
    hint: 'see docs/ci.md, or the type Config of churnproof',
  });
