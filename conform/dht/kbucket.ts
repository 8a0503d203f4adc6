/**
 * `k-bucket`, the table of bittorrent-dht and of others, used as its README says: who fails is removed, and the newcomer for whose
 * sake it was asked is added. Whether anybody answers is the schedule's to say.
 */
import type { EventEmitter } from 'node:events';
import { type Adapter, adapter, type ModelStep, type Session } from '../../src/index.js';
import { load, versionOf } from '../installed.js';
import type { TableOptions, TablePeers } from './system.js';
import { closest, type Id, type Table } from './table.js';

/** As much of the package as is used here. */
export interface Contact {
  readonly id: Uint8Array;
}
export interface Node {
  readonly contacts: readonly Contact[] | null;
  readonly left: Node | null;
  readonly right: Node | null;
  dontSplit: boolean;
}
export interface KBucket extends EventEmitter {
  readonly root: Node;
  distance(a: Uint8Array, b: Uint8Array): number;
  add(contact: Contact): void;
  remove(id: Uint8Array): void;
  closest(id: Uint8Array, count?: number): readonly Contact[];
}
type KBucketClass = new (options: {
  readonly localNodeId: Uint8Array;
  readonly numberOfNodesPerKBucket: number;
  readonly numberOfNodesToPing: number;
}) => KBucket;

/** Two bytes, the bits of the model in the middle: the first ones of an id are shared by all, and they go over the end of a byte. */
const bytesOf = (id: Id, bits: number): Uint8Array => {
  const shifted = id << (8 - (bits >> 1));
  return Uint8Array.of(shifted >> 8, shifted & 0xff);
};
const idOf = ({ id: [high = 0, low = 0] }: Contact, bits: number): Id => ((high << 8) | low) >> (8 - (bits >> 1));

/** Ids that are looked up after each move: all, or some of them. */
export const targetsOf = (bits: number): readonly Id[] =>
  Array.from({ length: Math.min(16, 2 ** bits) }, (_, at) =>
    bits <= 4 ? at : (at << (bits - 4)) | ((at * 7) % 2 ** (bits - 4)),
  );

/** The leaves that hold anything, those furthest from the own id first. */
function bucketsOf(root: Node, self: Id, bits: number): readonly (readonly Id[])[] {
  const buckets: (readonly Id[])[] = [];
  const visit = ({ contacts, left, right }: Node): void => {
    if (contacts !== null) buckets.push(contacts.map((contact) => idOf(contact, bits)));
    for (const child of [left, right]) if (child !== null) visit(child);
  };
  visit(root);
  const far = (bucket: readonly Id[]) => Math.max(...bucket.map((id) => id ^ self));
  return buckets.filter((bucket) => bucket.length > 0).sort((a, b) => far(b) - far(a));
}

/** How many contacts a lookup is answered with. */
const answered = 2;

const name = (table: Table): string => `the table of ${table.self} holds ${JSON.stringify(table.buckets)}`;
const tableIn = ({ after }: ModelStep<TablePeers>): Table => after.peers.table as Table;

/** @param tampers what is done to a fresh instance, to see whether it is found */
export const kBucket = (
  { bits, k }: Pick<TableOptions, 'bits' | 'k'>,
  tampers: (table: KBucket) => void = () => {},
): Adapter<TablePeers, Id> =>
  adapter<TablePeers, Id>({
    name: 'k-bucket',
    version: versionOf('k-bucket') ?? 'not installed',
    declares: [
      'of a full bucket that cannot be split it says whom to ask; to ask, and to hear the answer, is left to its caller',
    ],
    drives: ['hear', 'fail'],
    aspects: {
      buckets: {
        allows: (step) => [tableIn(step).buckets.filter((bucket) => bucket.length > 0)],
        because: (step) => `${name(tableIn(step))}, each bucket in the order in which they were last heard of`,
      },
      pinged: {
        allows: (step) => [tableIn(step).pinged],
        because: (step) => {
          const { pinged, probes } = tableIn(step);
          if (pinged !== null) return `${pinged} is the oldest contact of a full bucket`;
          return probes.length > 0 ? 'whoever has to be asked is being asked already' : 'there is nobody to ask';
        },
      },
      nearest: {
        allows: (step) => [targetsOf(bits).map((to) => closest(tableIn(step), to, answered))],
        because: (step) =>
          `${name(tableIn(step))}, and for each target the ${answered} of least distance are the answer`,
      },
      sorted: {
        allows: (step) => [targetsOf(bits).map((to) => closest(tableIn(step), to))],
        because: (step) => `${name(tableIn(step))}; all of them, the nearest first`,
      },
    },
    setup: ({ peers: { table } }) => table?.self ?? 0,
    open(self): Session {
      const contact = (id: Id): Contact => ({ id: bytesOf(id, bits) });
      const table = new (load<KBucketClass>('k-bucket'))({
        localNodeId: bytesOf(self, bits),
        numberOfNodesPerKBucket: k,
        numberOfNodesToPing: 1,
      });
      tampers(table);
      const newcomers = new Map<Id, Id>();
      let pinged: Id | null = null;
      table.on('ping', ([oldest]: readonly [Contact], newcomer: Contact) => {
        pinged = idOf(oldest, bits);
        newcomers.set(pinged, idOf(newcomer, bits));
      });
      const hear = (id: Id): void => {
        newcomers.delete(id);
        table.add(contact(id));
      };
      const fail = (id: Id): void => {
        const newcomer = newcomers.get(id);
        newcomers.delete(id);
        table.remove(contact(id).id);
        if (newcomer !== undefined) hear(newcomer);
      };
      return {
        perform(move) {
          if (move.kind !== 'operation') throw new Error(`cannot do ${move.kind}`);
          pinged = null;
          (move.operation === 'hear' ? hear : fail)(Number(move.args.id));
          return undefined;
        },
        observe: () => ({
          buckets: bucketsOf(table.root, self, bits),
          pinged,
          nearest: targetsOf(bits).map((to) => table.closest(contact(to).id, answered).map((one) => idOf(one, bits))),
          sorted: targetsOf(bits).map((to) => table.closest(contact(to).id).map((one) => idOf(one, bits))),
        }),
      };
    },
  });
