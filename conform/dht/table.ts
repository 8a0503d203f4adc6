/**
 * A routing table as Kademlia has it: one bucket for each distance from the own id, split as far as it has to be; in each the
 * contacts in the order in which they were last heard of; a full one asks its oldest contact before it takes a new one.
 *
 * P. Maymounkov, D. Mazieres, "Kademlia: a peer-to-peer information system based on the XOR metric", IPTPS 2002, sections 2.2, 2.4.
 */

/** As a number of so many bits. */
export type Id = number;

/** The oldest contact of a full bucket is being asked whether it is still there; if not, the newcomer has its place. */
export interface Probe {
  readonly oldest: Id;
  readonly newcomer: Id;
}

export interface Table {
  readonly self: Id;
  /**
   * The first holds those that differ from the own id in the first bit, the next those that differ in the second, and so on; the
   * last one all the others, and this one alone is split. Least recently heard of first.
   */
  readonly buckets: readonly (readonly Id[])[];
  /** By their oldest. */
  readonly probes: readonly Probe[];
  /** Whom the last move made it ask, or `null`. */
  readonly pinged: Id | null;
}

/** What the protocol says, and where an implementation may differ. */
export interface Rules {
  /** Whether the own id is no contact. */
  readonly leavesItselfOut: boolean;
  /** Whether a contact that is being asked already is not asked again for the next newcomer. */
  readonly asksOnce: boolean;
}

export const kademliaRules: Rules = { leavesItselfOut: true, asksOnce: true };

export interface Shape {
  /** Of an id. */
  readonly bits: number;
  /** Contacts that a bucket has room for. */
  readonly k: number;
}

export const emptyTable = (self: Id): Table => ({ self, buckets: [[]], probes: [], pinged: null });

export const distance = (a: Id, b: Id): number => a ^ b;

/** Every contact, in no order that means anything. */
export const contactsOf = ({ buckets }: Table): readonly Id[] => buckets.flat();

/** The `count` contacts nearest to an id. */
export const closest = (table: Table, to: Id, count = Number.POSITIVE_INFINITY): readonly Id[] =>
  contactsOf(table)
    .toSorted((a, b) => distance(a, to) - distance(b, to))
    .slice(0, count);

/** In how many of the first bits two ids agree. */
export const agreement = (a: Id, b: Id, { bits }: Pick<Shape, 'bits'>): number =>
  Math.clz32(distance(a, b)) - (32 - bits);

/** A message came from this id. */
export function heard(shape: Shape, rules: Rules, table: Table, id: Id): Table {
  if (id === table.self && rules.leavesItselfOut) return { ...table, pinged: null };
  // Whoever says anything has answered.
  return placed(shape, rules, { ...table, probes: without(table.probes, id), pinged: null }, id);
}

/** This contact did not answer. */
export function failed(shape: Shape, rules: Rules, table: Table, id: Id): Table {
  const buckets = table.buckets.map((bucket) =>
    bucket.includes(id) ? bucket.filter((contact) => contact !== id) : bucket,
  );
  const left = { ...table, buckets, probes: without(table.probes, id), pinged: null };
  const probe = table.probes.find(({ oldest }) => oldest === id);
  return probe === undefined ? left : heard(shape, rules, left, probe.newcomer);
}

function placed(shape: Shape, rules: Rules, table: Table, id: Id): Table {
  const last = table.buckets.length - 1;
  const at = Math.min(agreement(table.self, id, shape), last);
  const bucket = table.buckets[at] as readonly Id[];
  if (bucket.includes(id)) return withBucket(table, at, [...bucket.filter((contact) => contact !== id), id]);
  if (bucket.length < shape.k) return withBucket(table, at, [...bucket, id]);
  if (at === last && last < shape.bits) return placed(shape, rules, split(shape, table), id);
  return asked(rules, table, bucket[0] as Id, id);
}

/** The bucket of the own id becomes two. */
function split(shape: Shape, { buckets, ...table }: Table): Table {
  const last = buckets.length - 1;
  const isNear = (id: Id) => agreement(table.self, id, shape) > last;
  const own = buckets[last] as readonly Id[];
  return { ...table, buckets: [...buckets.slice(0, last), own.filter((id) => !isNear(id)), own.filter(isNear)] };
}

function asked({ asksOnce }: Rules, table: Table, oldest: Id, newcomer: Id): Table {
  const isAsked = table.probes.some((probe) => probe.oldest === oldest);
  const probes = [...without(table.probes, oldest), { oldest, newcomer }].sort((a, b) => a.oldest - b.oldest);
  return { ...table, probes, pinged: isAsked && asksOnce ? null : oldest };
}

const withBucket = (table: Table, at: number, bucket: readonly Id[]): Table => ({
  ...table,
  buckets: table.buckets.with(at, bucket),
});

const without = (probes: readonly Probe[], id: Id): readonly Probe[] => probes.filter(({ oldest }) => oldest !== id);
