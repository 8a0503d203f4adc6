/** What a worker must be given to find the others, and what it has to tell in the end. */
import type { Effort, MachineCoverage } from '../kernel/index.js';
import type { Parcel } from './mail.js';

/** Why a worker stops before the end, as a number from 1 on. @internal */
export const reasons = ['decided', 'states', 'memory', 'told'] as const;

/** What a worker must be given to find the others. @internal */
export interface Place {
  readonly worker: number;
  readonly workers: number;
  readonly signals: SharedArrayBuffer;
  /** Rows of {@link columns} numbers: how far each worker is. */
  readonly progress: SharedArrayBuffer;
  /** By worker and property, the key of what decides it in the level at hand; infinity for nothing. */
  readonly deciding: SharedArrayBuffer;
  /** By component, 1 if it says whose a state is. */
  readonly counted: Uint8Array;
  /** By worker, the keys of what it has found in the level at hand. */
  readonly keys: readonly SharedArrayBuffer[];
  /** By sender and receiver. */
  readonly rings: readonly (readonly SharedArrayBuffer[])[];
}

/** Of each worker, in {@link Place.progress}. @internal */
export const columns = { states: 0, transitions: 1, queue: 2, depth: 3, bytes: 4, found: 5, width: 8 } as const;

/** Numbers that a ring holds. @internal */
export const ringCapacity = 1 << 20;

/** To one other worker and back, beside the rings. @internal */
export interface Line {
  post(parcel: Parcel): void;
  /** What came since the last time, in order. */
  received(): readonly Parcel[];
}

/** What decided a property. @internal */
export interface Decision {
  readonly property: number;
  readonly level: number;
  readonly key: number;
  readonly state: number;
  readonly move?: number;
}

/** @internal */
export interface PartResult {
  readonly decisions: readonly Decision[];
  readonly effort: Effort;
  readonly machines?: readonly MachineCoverage[];
}
