/** Generic mutants as one JSON document, for programs. */
import type { Values } from '../kernel/index.js';
import { documentSchemaVersion } from './document.js';
import { type GenericScore, genericScoreOf, type JudgedGeneric } from './generic.js';

/** What `mutants --generic --json` prints. @public */
export interface GenericDocument {
  readonly schemaVersion: typeof documentSchemaVersion;
  readonly systems: readonly {
    readonly model: string;
    readonly config: string;
    readonly values: Values;
    readonly score: GenericScore;
    readonly mutants: readonly JudgedGeneric[];
  }[];
}

/** The small edits of one system, judged. @public */
export interface ToldSystem extends Omit<GenericDocument['systems'][number], 'score' | 'mutants'> {
  readonly judged: readonly JudgedGeneric[];
}

/** All systems and their small edits as JSON. @public */
export function renderGenericDocument(told: readonly ToldSystem[]): string {
  const document: GenericDocument = {
    schemaVersion: documentSchemaVersion,
    systems: told.map(({ judged, ...system }) => ({ ...system, score: genericScoreOf(judged), mutants: judged })),
  };
  return JSON.stringify(document, null, 2);
}
