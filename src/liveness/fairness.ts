/** What a fairness assumption means for the units of one model, and which of them a loop still owes a turn. */
import type { Fairness } from '../kernel/index.js';
import type { Units } from './units.js';

/** By unit, 1 or 0. @internal */
export interface Terms {
  readonly weak: Uint8Array;
  readonly strong: Uint8Array;
  /** Those that a loop may take. */
  readonly lasting: Uint8Array;
}

/** What ceases is owed nothing, and strong fairness includes weak. @internal */
export function termsOf(fairness: Fairness, units: Units): Terms {
  const lasting = units.among(fairness.ceases).map((ceases) => 1 - ceases);
  const among = (classes: readonly string[] = []) =>
    units.among(classes).map((is, unit) => is & (lasting[unit] as number));
  const strong = among(fairness.strong);
  return { lasting, strong, weak: among(fairness.weak).map((is, unit) => is & (1 - (strong[unit] as number))) };
}
