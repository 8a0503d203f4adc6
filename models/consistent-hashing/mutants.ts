/** Wrong siblings of consistent hashing, mistakes that libraries have made, each with the law that must catch it. */
import { indexFrom } from './circle.js';
import { identifierBits, identifierOf, truncated } from './identifiers.js';
import { type Placement, type PlacementOptions, type Point, placed, placementOf, pointsOf } from './placement.js';

/** Makes a placement of these members. @public */
export type Placing = (members: Iterable<string>, options: PlacementOptions) => Placement;

/** @public */
export interface PlacementMutant {
  /** What is wrong. */
  readonly doc: string;
  /** The law that it breaks, as the README numbers them. */
  readonly law: 'S-CH1' | 'S-CH2' | 'S-CH3' | 'S-CH4' | 'S-CH5' | 'S-CH7' | 'S-CH9';
  readonly place: Placing;
}

/** What is wrong about looking a key up among the points; `unordered` are in the order in which their members came. */
type Distortion = (right: Placement, points: readonly Point[], options: PlacementOptions) => Partial<Placement>;

/** The right placement but for some of its questions, and the same again after each coming and going. */
const wrong = (distort: Distortion): Placing => {
  const over = (points: readonly Point[], options: PlacementOptions): Placement => {
    const without = (member: string) => points.filter((point) => point.member !== member);
    const right: Placement = {
      ...placed(points, options),
      add: (member) => over([...without(member), ...pointsOf(member, options)], options),
      remove: (member) => over(without(member), options),
    };
    return { ...right, ...distort(right, points, options) };
  };
  return (members, options) => over(everyPoint(members, options), options);
};

const everyPoint = (members: Iterable<string>, options: PlacementOptions): readonly Point[] =>
  [...new Set(members)].flatMap((member) => pointsOf(member, options));

const byId = (a: Point, b: Point): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The points from a key on, as a wrong table may see them. */
function walk(key: string, points: readonly Point[], { bits = identifierBits }: PlacementOptions): readonly Point[] {
  const sorted = points.toSorted(byId);
  const ids = sorted.map(({ id }) => id);
  const first = indexFrom(truncated(identifierOf(key), bits), ids);
  return sorted.map((_, k) => sorted[(first + k) % sorted.length] as Point);
}

/** @public */
export const mutants = {
  'CH-1': {
    doc: 'a key after the last point has no owner: there is no going round',
    law: 'S-CH1',
    place: wrong((_, points, options) => ({
      owner(key) {
        const id = truncated(identifierOf(key), options.bits ?? identifierBits);
        return points.toSorted(byId).find((point) => point.id >= id)?.member;
      },
    })),
  },
  'CH-2': {
    doc: 'a key is looked up at the member before it, and handed over to the one after it',
    law: 'S-CH9',
    place: wrong((_, points, options) => ({ owner: (key) => walk(key, points, options).at(-1)?.member })),
  },
  'CH-3': {
    doc: 'replicas are counted in points, so that one member may be counted twice',
    law: 'S-CH5',
    place: wrong((_, points, options) => ({
      replicas: (key, r) =>
        walk(key, points, options)
          .slice(0, r)
          .map(({ member }) => member),
    })),
  },
  'CH-4': {
    doc: 'the search for the next member begins behind the first point and never comes to it',
    law: 'S-CH1',
    place: wrong((_, points, options) => ({
      owner(key) {
        const lowest = points.toSorted(byId)[0];
        return walk(key, points, options).find((point) => point !== lowest)?.member;
      },
    })),
  },
  'CH-5': {
    doc: 'what was looked up once is remembered, also when members have come and gone',
    law: 'S-CH2',
    place(members, options) {
      const remembered = new Map<string, string | undefined>();
      const over = (right: Placement): Placement => ({
        ...right,
        owner(key) {
          if (!remembered.has(key)) remembered.set(key, right.owner(key));
          return remembered.get(key);
        },
        add: (member) => over(right.add(member)),
        remove: (member) => over(right.remove(member)),
      });
      return over(placementOf(members, options));
    },
  },
  'CH-6': {
    doc: 'who goes takes along the points of others that stand at the same place',
    law: 'S-CH3',
    place: wrong((_, points, options) => ({
      remove(member) {
        const gone = pointsOf(member, options).map(({ id }) => id);
        return placed(
          points.filter(({ id }) => !gone.includes(id)),
          options,
        );
      },
    })),
  },
  'CH-7': {
    doc: 'a member that weighs little has its points rounded down to none',
    law: 'S-CH1',
    place: (members, { weight = () => 1, copies = 1, ...rest }) =>
      placementOf(
        [...members].filter((member) => Math.floor(copies * weight(member)) > 0),
        { copies, weight, ...rest },
      ),
  },
  'CH-9': {
    doc: 'of two members at one place the one that came last has the keys',
    law: 'S-CH7',
    place: wrong((_, points, options) => {
      const latest = (key: string): readonly Point[] => walk(key, points.toReversed(), options);
      return { owner: (key) => latest(key)[0]?.member };
    }),
  },
  'CH-10': {
    doc: 'a key belongs to the owner that its number leaves over in dividing by the number of members',
    law: 'S-CH3',
    place: wrong(({ members }) => ({
      owner: (key) => members[Number(identifierOf(key) % BigInt(members.length || 1))],
    })),
  },
  'CH-11': {
    doc: 'a member that is added again has its points twice, and those of the first time stay when it goes',
    law: 'S-CH4',
    place(members, options) {
      const over = (points: readonly Point[]): Placement => ({
        ...placed(points, options),
        add: (member) => over([...points, ...pointsOf(member, options)]),
        remove(member) {
          const going = pointsOf(member, options).map(({ id }) => id);
          const left = [...points];
          for (const id of going) {
            const at = left.findIndex((point) => point.id === id && point.member === member);
            if (at >= 0) left.splice(at, 1);
          }
          return over(left);
        },
      });
      return over(everyPoint(members, options));
    },
  },
} as const satisfies Readonly<Record<string, PlacementMutant>>;
