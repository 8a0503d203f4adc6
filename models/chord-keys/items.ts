/** Versions by key: which of them lie in an arc, and what becomes of two holdings when they meet. */
import { liesIn, placeOf } from '../consistent-hashing/index.js';
import type { Arc, Items } from './messages.js';

/** @public */
export const isIn = (key: string, [after, upTo]: Arc, bits: number): boolean => liesIn(after, placeOf(key, bits), upTo);

/** Those that lie in the arc. @public */
export const within = (items: Items, arc: Arc, bits: number): Items => pick(items, (key) => isIn(key, arc, bits));

/** Those that do not. @public */
export const outside = (items: Items, arc: Arc, bits: number): Items => pick(items, (key) => !isIn(key, arc, bits));

/** The newer version of each key. @public */
export function newer(mine: Items, others: Items): Items {
  const merged = { ...mine };
  for (const [key, version] of Object.entries(others)) merged[key] = Math.max(version, merged[key] ?? 0);
  return merged;
}

/** Whether everything in `items` is in `held` too, in this version or a newer one. @public */
export const covers = (held: Items, items: Items): boolean =>
  Object.entries(items).every(([key, version]) => (held[key] ?? 0) >= version);

/** @internal */
export const pick = (items: Items, keep: (key: string) => boolean): Items =>
  Object.fromEntries(Object.entries(items).filter(([key]) => keep(key)));
