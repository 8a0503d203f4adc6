/**
 * The tracker's table of one torrent: who is in it after an announce, who is forgotten, who may be handed out. Pure functions;
 * where a tracker may get it wrong, it is a rule of {@link TrackerRules} that a mutant replaces.
 */
import type { Announce, Endpoint } from './messages.js';

/** One entry; what the key is depends on the policy. @public */
export interface Entry {
  readonly key: string;
  readonly id: string;
  readonly at: Endpoint;
  readonly seed: boolean;
  /** Whether its completion was counted. */
  readonly counted: boolean;
  /** Sweeps since it was heard from: 0 or 1. */
  readonly age: number;
}

/** Sorted by key: equal tables are equal data. @public */
export interface Table {
  readonly entries: readonly Entry[];
  /** How often a completion was counted. */
  readonly downloaded: number;
  /** Ids whose completion was counted, if the tracker remembers them beyond their entry. */
  readonly remembered: readonly string[];
}

/** @public */
export const emptyTable: Table = { entries: [], downloaded: 0, remembered: [] };

/** Who is who: `endpoint` is the address and the port, `peerId` the id, `key` the key of the session. @public */
export type KeyPolicy = 'endpoint' | 'peerId' | 'key';

/** Every decision of a tracker. @public */
export interface TrackerRules {
  keyOf(announce: Announce, at: Endpoint): string;
  /** Whether an announce is accepted: a port that nobody can listen at is not. */
  admits(announce: Announce, entry: Entry | undefined): boolean;
  /** Whether this announce is a completion that was not counted yet. */
  counts(announce: Announce, entry: Entry | undefined, table: Table): boolean;
  /** Whether who announces this has everything. */
  isSeed(announce: Announce, entry: Entry | undefined): boolean;
  /** The entries after a client said that it stops. */
  without(entries: readonly Entry[], key: string): readonly Entry[];
  /** The entries after a sweep, each a sweep older. */
  swept(entries: readonly Entry[]): readonly Entry[];
  /** Those that may be handed to the one who asks. */
  candidates(entries: readonly Entry[], asker: Asker): readonly Endpoint[];
  /** How many seeds and others a reply tells of. */
  counted(entries: readonly Entry[], asker: Asker): Counts;
  /** What is left of a table that may have become empty. */
  kept(table: Table): Table;
  /** The lists of so many of them that a random choice can come to, one after another: of many candidates there are too many. */
  samples(candidates: readonly Endpoint[], size: number): Iterable<readonly Endpoint[]>;
}

/** @public */
export interface Counts {
  readonly complete: number;
  readonly incomplete: number;
}

/** @public */
export interface Asker {
  readonly key: string;
  readonly at: Endpoint;
  readonly seed: boolean;
}

/** @public */
export interface TrackerPolicy {
  readonly keyPolicy: KeyPolicy;
  /** Whether a seed is told of other seeds, which have nothing that it wants. */
  readonly seedsToSeeds: boolean;
  /** Whether completions are remembered by id when the entry is gone. */
  readonly remembers: boolean;
}

/** Sweeps that an entry outlives without being heard from, and one more. @public */
export const lifetime = 2;

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

/** @public */
export const soundRules = ({ keyPolicy, seedsToSeeds, remembers }: TrackerPolicy): TrackerRules => ({
  keyOf: ({ id, key }, at) => {
    switch (keyPolicy) {
      case 'endpoint':
        return at;
      case 'peerId':
        return id;
      case 'key':
        return key;
    }
  },
  admits: ({ port }) => isPort(port),
  counts: ({ event, left, id }, entry, { remembered }) =>
    event === 'completed' && left === 0 && !(remembers ? remembered.includes(id) : (entry?.counted ?? false)),
  isSeed: ({ left }) => left === 0,
  without: (entries, key) => entries.filter((entry) => entry.key !== key),
  swept: (entries) =>
    entries.filter(({ age }) => age + 1 < lifetime).map((entry) => ({ ...entry, age: entry.age + 1 })),
  candidates: (entries, asker) =>
    entries
      .filter(({ key, seed }) => key !== asker.key && (seedsToSeeds || !seed || !asker.seed))
      .map(({ at }) => at)
      .filter((at, index, all) => all.indexOf(at) === index)
      .sort(),
  counted: countsOf,
  kept: (table) => table,
  samples: combinations,
});

/** Every choice of `size` of these, in order, all of them where there are not so many. @public */
export function* combinations<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  if (size >= items.length) yield items;
  else if (size <= 0) yield [];
  else {
    const [first, ...rest] = items as [T, ...T[]];
    for (const chosen of combinations(rest, size - 1)) yield [first, ...chosen];
    yield* combinations(rest, size);
  }
}

/** The table after an announce. @public */
export function announced(
  rules: TrackerRules,
  table: Table,
  announce: Announce,
  at: Endpoint,
  remembers: boolean,
): Table {
  const { event, id } = announce;
  const key = rules.keyOf(announce, at);
  if (event === 'stopped') return rules.kept({ ...table, entries: rules.without(table.entries, key) });
  const entry = table.entries.find((one) => one.key === key);
  const isCounted = rules.counts(announce, entry, table);
  // Only where it will be asked for: otherwise equal situations would differ.
  const counted = !remembers && ((entry?.counted ?? false) || isCounted);
  const renewed: Entry = { key, id, at, seed: rules.isSeed(announce, entry), counted, age: 0 };
  return {
    entries: [...table.entries.filter((one) => one.key !== key), renewed].sort(byKey),
    downloaded: table.downloaded + (isCounted ? 1 : 0),
    remembered: isCounted && remembers ? [...table.remembered, id].sort() : table.remembered,
  };
}

const byKey = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : 1);

/** What a reply says of a table. @public */
export function countsOf(entries: readonly Entry[]): Counts {
  const complete = entries.filter(({ seed }) => seed).length;
  return { complete, incomplete: entries.length - complete };
}
