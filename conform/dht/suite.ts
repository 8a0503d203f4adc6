/** What is claimed of the table itself, so that it can be a judge: the rules of Kademlia, each with what they are about. */
import { always, alwaysStep, type Property, type Suite, sometimes, type Values } from '../../src/index.js';
import { type TableOptions, type TablePeers, tableSystem } from './system.js';
import { agreement, contactsOf } from './table.js';

type Claimed = Property<TablePeers, true>;

const withinBounds = (k: number): Claimed =>
  always('no bucket has more contacts than it has room for', ({ peers: { table } }) =>
    (table?.buckets ?? []).every((bucket) => bucket.length <= k),
  );

const rightBucket = (bits: number): Claimed =>
  always('every contact is in the bucket of its distance', ({ peers: { table } }) =>
    (table?.buckets ?? []).every((bucket, at, all) =>
      bucket.every((id) => {
        const shared = agreement(table?.self as number, id, { bits });
        return at === all.length - 1 ? shared >= at : shared === at;
      }),
    ),
  );

const eachOnce: Claimed = always('no contact is there twice, nor the table itself', ({ peers: { table } }) => {
  const contacts = table === undefined ? [] : contactsOf(table);
  return new Set(contacts).size === contacts.length && !contacts.includes(table?.self as number);
});

const nobodyDrivenOut: Claimed = alwaysStep(
  'a contact makes room for a newcomer only when it was asked for its sake and failed to answer',
  ({ peers: { table: was } }, { peers: { table: is } }) => {
    if (was === undefined || is === undefined) return true;
    const [before, after] = [contactsOf(was), contactsOf(is)];
    const gone = before.filter((id) => !after.includes(id));
    const come = after.filter((id) => !before.includes(id));
    if (gone.length === 0 || come.length === 0) return gone.length <= 1;
    return was.probes.some(({ oldest, newcomer }) => `${oldest} ${newcomer}` === `${gone} ${come}`);
  },
);

const makesRoom: Claimed = sometimes(
  'at stake in full buckets: the oldest contacts of two are asked',
  ({ peers: { table } }) => (table?.probes ?? []).length > 1,
);

const probesOldest: Claimed = always(
  'who is asked is the one of its bucket heard of longest ago',
  ({ peers: { table } }) =>
    (table?.probes ?? []).every(({ oldest }) => table?.buckets.some(([first]) => first === oldest)),
);

const asks: Claimed = sometimes(
  'at stake in a full bucket: its oldest contact is asked',
  ({ peers: { table } }) => (table?.probes ?? []).length > 0,
);

const splits: Claimed = sometimes(
  'at stake in a split: contacts in three buckets',
  ({ peers: { table } }) => (table?.buckets ?? []).filter((bucket) => bucket.length > 0).length > 2,
);

const optionsOf = ({ bits, k, selves, asksAgain, hearsItself }: Values): TableOptions => ({
  bits: Number(bits),
  k: Number(k),
  selves: Number(selves),
  asksAgain: asksAgain === true,
  hearsItself: hearsItself === true,
});

/** The reference of the campaigns. */
export const tableSuite: Suite = {
  model: 'kademlia-table',
  summary: 'the routing table of Kademlia',
  parameters: {
    bits: { type: 'integer', doc: 'of an id', default: 3, min: 1, max: 10 },
    k: { type: 'integer', doc: 'contacts that a bucket has room for', default: 1, min: 1, max: 20 },
    selves: { type: 'integer', doc: 'ids that the table is tried with as its own', default: 2, min: 1, max: 1024 },
    asksAgain: {
      type: 'boolean',
      doc: 'whether whoever is being asked is asked again for the next newcomer',
      default: false,
    },
    hearsItself: { type: 'boolean', doc: 'whether messages come from the own id, too', default: true },
  },
  configurations: { table: { doc: 'whatever is heard of, whoever fails', set: {} } },
  system: (values) => tableSystem(optionsOf(values)),
  claims: (values) => {
    const { bits, k } = optionsOf(values);
    const claimed = [withinBounds(k), rightBucket(bits), eachOnce, nobodyDrivenOut, probesOldest, splits];
    // The first bucket is for half of all ids, the second for a quarter.
    const witnesses = [...(2 ** (bits - 1) > k ? [asks] : []), ...(2 ** (bits - 2) > k ? [makesRoom] : [])];
    return [...claimed, ...witnesses].map((property) => ({ property }));
  },
};
