/**
 * Defects that were reported of tables of others, put into k-bucket: whether the campaigns would see them. Each says where it was
 * reported.
 */
import type { KBucket } from './kbucket.js';

export const defects: { readonly [name: string]: (table: KBucket) => void } = {
  /** ethereumjs/ethereumjs-monorepo#2957: the table stayed at the size of one bucket. */
  'nothing is split': (table) => {
    table.root.dontSplit = true;
  },
  /** dtantsur/rust-dht#9: a lookup is answered from the bucket of its target alone. */
  'one bucket answers': (table) => {
    const all = table.closest.bind(table);
    const leafOf = ({ root }: KBucket, id: Uint8Array) => {
      let node = root;
      for (let bit = 0; node.contacts === null; bit++) {
        const isSet = ((id[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        node = (isSet ? node.right : node.left) as typeof node;
      }
      return node.contacts;
    };
    table.closest = (id, count) => {
      const leaf = leafOf(table, id);
      return all(id, count).filter((contact) => leaf.includes(contact));
    };
  },
  /** storj-archived/core#221: what is answered is near to the table and not to the target. */
  'nearest to itself': (table) => {
    const closest = table.closest.bind(table);
    const own = (table as KBucket & { readonly localNodeId: Uint8Array }).localNodeId;
    table.closest = (_, count) => closest(own, count);
  },
  /** neo-project/neo#4547: gathered bucket by bucket, cut off, never sorted. */
  'never sorted': (table) => {
    table.distance = () => 0;
  },
  /** ChainSafe/discv5#87: a distance that is not the XOR of the ids. */
  'another distance': (table) => {
    table.distance = ([a = 0, b = 0], [c = 0, d = 0]) => Math.abs(a * 256 + b - c * 256 - d);
  },
};
