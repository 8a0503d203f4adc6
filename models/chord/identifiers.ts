/**
 * Identifiers on a circle, and the one question Chord asks of them: who lies between whom, going clockwise. As in Zave's
 * models a peer, its address and its identifier are the same thing.
 */

/** 0 .. n-1 on a circle of n. @public */
export type Id = number;

/** Strictly between `a` and `c`, clockwise. From `a` round to `a` again lies everything but `a`. @public */
export const between = (a: Id, x: Id, c: Id): boolean => (a < c ? a < x && x < c : a < x || x < c);

/** The same with both ends; from `a` to `a` lies everything. @public */
export const includedIn = (a: Id, x: Id, c: Id): boolean => (a < c ? a <= x && x <= c : a <= x || x <= c);

/** The identifier just after, on a circle of `n`. @public */
export const following = (id: Id, n: number): Id => (id + 1) % n;

/** What the peer with this identifier is called in a system. @public */
export const nameOf = (id: Id): string => String(id);

/** The identifiers of a circle of `n`, in order. @public */
export const circle = (n: number): readonly Id[] => Array.from({ length: n }, (_, id) => id);

/** Every choice of `size` identifiers among which is 0, each in order: where rings may begin. @public */
export function ringsOf(n: number, size: number): readonly (readonly Id[])[] {
  const grow = (chosen: readonly Id[]): readonly (readonly Id[])[] =>
    chosen.length === size
      ? [chosen]
      : circle(n)
          .filter((id) => id > (chosen.at(-1) ?? -1))
          .flatMap((id) => grow([...chosen, id]));
  return grow([0]);
}
