/**
 * Who is first on a circle, going clockwise. Identifiers may be plain numbers on a small circle or of 160 bits; nothing here
 * needs to know how large the circle is.
 */

/** A point on a circle. @public */
export type Identifier = number | bigint;

/**
 * Where in the ascending `ids` the first one at or after `id` stands, going on from the lowest after the highest; -1 when
 * there are none. @public
 */
export function indexFrom<I extends Identifier>(id: I, ids: readonly I[]): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as I) < id) low = middle + 1;
    else high = middle;
  }
  return low < ids.length ? low : ids.length > 0 ? 0 : -1;
}

/** Whether `id` is of the half-open arc from `after` clockwise to `upTo`; from a point round to itself it is everything. @public */
export const liesIn = <I extends Identifier>(after: I, id: I, upTo: I): boolean =>
  after < upTo ? after < id && id <= upTo : after < id || id <= upTo;

/** The first `count` of the ascending `ids` at or after `id`, clockwise; fewer when there are fewer. @public */
export function firstFrom<I extends Identifier>(id: I, ids: readonly I[], count: number): readonly I[] {
  const at = indexFrom(id, ids);
  return Array.from({ length: Math.min(count, ids.length) }, (_, k) => ids[(at + k) % ids.length] as I);
}
