/** Wrong siblings of the two protocols with atomic operations, each with what it breaks and how soon. */
import type { OriginalMutant } from './original-mutants.js';
import type { ZaveMutant } from './zave-mutants.js';

export { type OriginalMutant, originalMutants } from './original-mutants.js';
export { type ZaveMutant, zaveMutants } from './zave-mutants.js';

/** @public */
export type ChordMutant = OriginalMutant | ZaveMutant;
