/**
 * Consistent hashing: members and keys stand on one circle, and a key belongs to the first member at or after it, clockwise
 * (Karger et al., STOC 1997). So a member that comes takes keys from its successor alone, and one that goes leaves its keys
 * to its successor.
 */
import { indexFrom, liesIn } from './circle.js';
import { identifierBits, identifierOf, truncated } from './identifiers.js';

/** One place of a member on the circle. @public */
export interface Point {
  readonly id: bigint;
  readonly member: string;
}

/** The keys of one point: after one identifier, up to another. @public */
export interface Arc {
  readonly after: bigint;
  readonly upTo: bigint;
  readonly member: string;
}

/** @public */
export interface PlacementOptions {
  /** Of an identifier; default 160. */
  readonly bits?: number;
  /** Points of a member of weight 1, which even out the load; default 1. */
  readonly copies?: number;
  /** How many times as many points a member has as another; default 1 for everybody. */
  readonly weight?: (member: string) => number;
}

/** Which member has which key. Never changes: members that come and go make another one. @public */
export interface Placement {
  /** In order of their names. */
  readonly members: readonly string[];
  /** Whose the key is; undefined only when there are no members. */
  owner(key: string): string | undefined;
  /** The owner and those after it, no member twice: `r` of them, or all when there are fewer. */
  replicas(key: string, r: number): readonly string[];
  /** Which keys move from hand to hand when a member comes or goes. */
  arcs(): readonly Arc[];
  add(member: string): Placement;
  remove(member: string): Placement;
}

/** A total order, so that two members at one place do not depend on who came first. @internal */
export const inOrder = (a: Point, b: Point): number =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : a.member < b.member ? -1 : a.member > b.member ? 1 : 0;

/** The places of one member; always one at least, or a light member would have no keys at all. @internal */
export function pointsOf(member: string, { bits = identifierBits, copies = 1, weight }: PlacementOptions): Point[] {
  const count = Math.max(1, Math.round(copies * (weight?.(member) ?? 1)));
  return Array.from({ length: count }, (_, i) => {
    const name = count === 1 ? member : `${member}#${i}`;
    return { id: truncated(identifierOf(name), bits), member };
  });
}

/** @public */
export function placementOf(members: Iterable<string>, options: PlacementOptions = {}): Placement {
  const names = [...new Set(members)].sort();
  return placed(
    names.flatMap((name) => pointsOf(name, options)),
    options,
  );
}

/** A placement of these points. @internal */
export function placed(unordered: readonly Point[], options: PlacementOptions): Placement {
  const { bits = identifierBits } = options;
  const points = unordered.toSorted(inOrder);
  const ids = points.map(({ id }) => id);
  const from = (key: string) => indexFrom(truncated(identifierOf(key), bits), ids);
  return {
    members: [...new Set(points.map(({ member }) => member))].sort(),
    owner: (key) => points[from(key)]?.member,
    replicas(key, r) {
      const first = from(key);
      const found = new Set<string>();
      for (let k = 0; k < points.length && found.size < r; k++)
        found.add((points[(first + k) % points.length] as Point).member);
      return [...found];
    },
    arcs: () => arcsBetween(points),
    add: (member) => placed([...points.filter((p) => p.member !== member), ...pointsOf(member, options)], options),
    remove: (member) =>
      placed(
        points.filter((p) => p.member !== member),
        options,
      ),
  };
}

/** Where points fall together the first has the keys; the others have none while it is there. */
function arcsBetween(points: readonly Point[]): readonly Arc[] {
  const first = points.filter(({ id }, at) => at === 0 || (points[at - 1] as Point).id !== id);
  return first.map(({ id, member }, at) => ({ after: (first.at(at - 1) as Point).id, upTo: id, member }));
}

/** Which arc a key lies in. @public */
export const arcOf = (key: string, arcs: readonly Arc[], bits: number = identifierBits): Arc | undefined =>
  arcs.find(({ after, upTo }) => liesIn(after, truncated(identifierOf(key), bits), upTo));
