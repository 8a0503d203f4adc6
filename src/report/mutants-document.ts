/** Seeded bugs as one JSON document, for programs. */
import { type Coverage, describeMove, type PropertyKind, type Values } from '../kernel/index.js';
import { documentSchemaVersion } from './document.js';
import {
  type FallsAfter,
  type JudgedMutant,
  killersOf,
  type MutantOutcome,
  type Score,
  type Surprise,
  scoreOf,
} from './mutants.js';

/** What came of one seeded bug. @public */
export interface MutantDocument {
  readonly model: string;
  readonly name: string;
  readonly doc: string;
  readonly source?: string;
  readonly values: Values;
  /** What it is recorded to break, by the whole name of each claim; nothing for a survivor. */
  readonly kills: { readonly [property: string]: FallsAfter };
  readonly survivor: boolean;
  readonly outcome: MutantOutcome;
  readonly fallen: readonly FallDocument[];
  readonly surprises: readonly Surprise[];
  readonly undecided: readonly string[];
  readonly coverage: Coverage;
  readonly seconds?: number;
}

/** A claim that a seeded bug breaks, and how soon. @public */
export interface FallDocument {
  readonly property: string;
  readonly kind: PropertyKind;
  /** FallsAfter of the shortest counterexample; `never` for a witness that is missing. */
  readonly length: FallsAfter;
  readonly recorded: boolean;
  /** Whether its right sibling keeps it, or keeps it longer. */
  readonly own: boolean;
  readonly trace?: { readonly start: number; readonly loop?: number; readonly moves: readonly string[] };
}

/** What `mutants --json` prints: the score, the seeded bugs, and for each claim which of them break it. @public */
export interface MutantsDocument {
  readonly schemaVersion: typeof documentSchemaVersion;
  readonly score: Score;
  readonly mutants: readonly MutantDocument[];
  readonly claims: readonly {
    readonly model: string;
    readonly property: string;
    readonly kind: PropertyKind;
    /** Names of the mutants that it kills, and of those that nothing else would. */
    readonly kills: readonly string[];
    readonly alone: readonly string[];
  }[];
}

/** Seeded bugs that were judged, as the object that `mutants --json` prints. @public */
export function mutantsDocument(judged: readonly JudgedMutant[]): MutantsDocument {
  const models = [...new Set(judged.map(({ model }) => model))];
  return {
    schemaVersion: documentSchemaVersion,
    score: scoreOf(judged),
    mutants: judged.map(mutantDocument),
    claims: models.flatMap((model) =>
      killersOf(judged.filter((one) => one.model === model)).map((killer) => ({ model, ...killer })),
    ),
  };
}

function mutantDocument(one: JudgedMutant): MutantDocument {
  const { model, mutant, values, recorded, outcome, falls, surprises, open, report, seconds } = one;
  const { name, doc, source, survivor = false } = mutant;
  return {
    model,
    name,
    doc,
    ...(source === undefined ? {} : { source }),
    values,
    kills: Object.fromEntries(recorded),
    survivor,
    outcome,
    fallen: falls.map(({ moves: length, trace, ...fall }) => ({
      ...fall,
      length,
      ...(trace === undefined
        ? {}
        : {
            trace: {
              start: trace.start,
              ...(trace.loop === undefined ? {} : { loop: trace.loop }),
              moves: trace.moves.map(describeMove),
            },
          }),
    })),
    surprises,
    undecided: open,
    coverage: report.coverage,
    ...(seconds === undefined ? {} : { seconds }),
  };
}

/** The same as JSON. @public */
export const renderMutantsDocument = (judged: readonly JudgedMutant[]): string =>
  JSON.stringify(mutantsDocument(judged), null, 2);
