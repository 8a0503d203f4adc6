/** The shrink room: a trace becomes a shorter one with the same verdict, if possible the shortest, and says so. */

export type { Pause } from './nearest.js';
export type { Watch, Watched } from './rehearsal.js';
export { prove, type ShrinkOptions, shrink } from './shrink.js';
