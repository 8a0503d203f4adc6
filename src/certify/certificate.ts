/** The certificate of a suite: what was found of it, without a date, and the schema that its reader goes by. */
import * as v from 'valibot';
import type { Coverage, Fairness, PropertyKind, Value, Values, Verdict } from '../kernel/index.js';
import type { MutantOutcome } from '../report/mutants.js';

/** The shape written now; a reader knows no other. @public */
export const certificateSchemaVersion = 1;

/** Characters (and bytes) a certificate may have. @internal */
export const maxCertificateSize = 16 * 1024 * 1024;

/** Files by their path from the package's folder, each with the SHA-256 of its text, and one hash of them all. @public */
export interface Sources {
  readonly hash: string;
  readonly files: { readonly [path: string]: string };
}

/** What searched. A certificate stays valid when another engine comes to the same. @public */
export interface Engine {
  readonly version: string;
  /** Of every source that the searches and the judging of mutants are made of. */
  readonly hash: string;
  /** What the engine and the suite import, by name, with the version that was installed. */
  readonly packages: { readonly [name: string]: string };
}

/** One claim in one configuration. @public */
export interface CertifiedClaim {
  readonly property: string;
  readonly kind: PropertyKind;
  readonly verdict: Verdict;
  readonly expected: Verdict;
  /** Moves of the shortest counterexample or witness. */
  readonly length?: number;
  /** How many of them come before those that repeat for ever. */
  readonly loop?: number;
  /** For `recoverable`: the states from which the goal is out of reach. */
  readonly dead?: number;
  readonly fairness?: Fairness;
  readonly by?: readonly string[];
}

/** How much of one machine was used. @public */
export interface CertifiedMachine {
  readonly machine: string;
  readonly peers: readonly string[];
  readonly states: { readonly of: number; readonly unused: readonly string[] };
  readonly transitions: { readonly of: number; readonly unused: readonly string[] };
  readonly guards: {
    readonly of: number;
    readonly always: readonly string[];
    readonly never: readonly string[];
    readonly unasked: readonly string[];
  };
}

/** What a search of one configuration found. @public */
export interface CertifiedConfiguration {
  readonly name: string;
  /** Whether it is one of those that `churnproof check` takes on by itself. */
  readonly quick: boolean;
  readonly values: Values;
  readonly strategy: string;
  readonly reductions: readonly string[];
  /** Always exhaustive in a certificate that was written; what is held against one may have been cut. */
  readonly coverage: Pick<Coverage, 'kind' | 'cut' | 'states' | 'transitions' | 'depth'>;
  readonly claims: readonly CertifiedClaim[];
  readonly machines: readonly CertifiedMachine[];
}

/** A property that must be reachable, with the moves to where it was first seen by configuration; `null`: never. @public */
export interface CertifiedWitness {
  readonly property: string;
  readonly seen: { readonly [configuration: string]: number | null };
}

/** A seeded bug. @public */
export interface CertifiedMutant {
  readonly name: string;
  /** What is wrong; of a survivor also why nothing notices. */
  readonly doc: string;
  readonly source?: string;
  readonly values: Values;
  readonly survivor: boolean;
  /** Killed or quiet in a certificate that was written. */
  readonly outcome: MutantOutcome;
  /** The claims that were said to fall and did, with the moves to where. */
  readonly fell: { readonly [property: string]: number | 'never' };
}

/** Small edits of every machine of one configuration. @public */
export interface CertifiedGeneric {
  readonly configuration: string;
  readonly killed: number;
  /** Those that are not the right system again. */
  readonly of: number;
  readonly equivalent: number;
  /** What no property notices. */
  readonly survived: readonly string[];
  readonly undecided: readonly string[];
}

/** What was found of a suite when its model was certified, and of which sources and engine. @public */
export interface Certificate {
  readonly schemaVersion: typeof certificateSchemaVersion;
  readonly tool: 'churnproof';
  readonly kind: 'certificate';
  readonly model: string;
  readonly summary: string;
  readonly sources: Sources;
  readonly engine: Engine;
  readonly configurations: readonly CertifiedConfiguration[];
  readonly witnesses: readonly CertifiedWitness[];
  /** Of each machine, the transitions that were taken in none of the configurations. */
  readonly neverTaken: { readonly [machine: string]: readonly string[] };
  readonly mutants: {
    readonly killed: number;
    readonly of: number;
    readonly survivors: number;
    readonly tried: readonly CertifiedMutant[];
  };
  /** Where a configuration is small enough for it. */
  readonly generic?: CertifiedGeneric;
}

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(10_000));
const name = v.pipe(text, v.minLength(1, 'a name, not empty'));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal'));
const path = v.pipe(v.string(), v.regex(/^(?:models|properties)\/[\w./-]+\.ts$/, 'a source of models or properties'));
const value: v.GenericSchema<unknown, Value> = v.union([v.boolean(), v.string(), v.pipe(v.number(), v.finite())]);
const values = v.record(name, value);
const names = v.array(name);
const verdict = v.picklist(['holds', 'violated', 'witnessed', 'neverWitnessed', 'undecided']);
const parts = v.strictObject({ of: natural, unused: names });

const claim = v.strictObject({
  property: name,
  kind: v.picklist([
    'always',
    'sometimes',
    'whenQuiet',
    'alwaysStep',
    'eventually',
    'alwaysEventually',
    'stable',
    'leadsTo',
    'recoverable',
  ]),
  verdict,
  expected: verdict,
  length: v.exactOptional(natural),
  loop: v.exactOptional(natural),
  dead: v.exactOptional(natural),
  fairness: v.exactOptional(
    v.strictObject({
      weak: v.exactOptional(names),
      strong: v.exactOptional(names),
      ceases: v.exactOptional(names),
    }),
  ),
  by: v.exactOptional(names),
});

const configuration = v.strictObject({
  name,
  quick: v.boolean(),
  values,
  strategy: name,
  reductions: names,
  coverage: v.strictObject({
    kind: v.literal('exhaustive'),
    states: natural,
    transitions: natural,
    depth: natural,
  }),
  claims: v.array(claim),
  machines: v.array(
    v.strictObject({
      machine: name,
      peers: names,
      states: parts,
      transitions: parts,
      guards: v.strictObject({ of: natural, always: names, never: names, unasked: names }),
    }),
  ),
});

const mutant = v.strictObject({
  name,
  doc: text,
  source: v.exactOptional(text),
  values,
  survivor: v.boolean(),
  outcome: v.picklist(['killed', 'quiet']),
  fell: v.record(name, v.union([natural, v.literal('never')])),
});

/** @internal */
export const certificateSchema: v.GenericSchema<unknown, Certificate> = v.strictObject({
  schemaVersion: v.literal(certificateSchemaVersion),
  tool: v.literal('churnproof'),
  kind: v.literal('certificate'),
  model: v.pipe(v.string(), v.regex(/^[\w.-]+$/, 'the name of a model')),
  summary: text,
  sources: v.strictObject({ hash, files: v.record(path, hash) }),
  engine: v.strictObject({ version: name, hash, packages: v.record(name, name) }),
  configurations: v.pipe(v.array(configuration), v.minLength(1, 'one at least')),
  witnesses: v.array(v.strictObject({ property: name, seen: v.record(name, v.nullable(natural)) })),
  neverTaken: v.record(name, names),
  mutants: v.strictObject({ killed: natural, of: natural, survivors: natural, tried: v.array(mutant) }),
  generic: v.exactOptional(
    v.strictObject({
      configuration: name,
      killed: natural,
      of: natural,
      equivalent: natural,
      survived: names,
      undecided: names,
    }),
  ),
});
