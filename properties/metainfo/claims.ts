/** What a client may take for a torrent file, and what must become of every one that it fetches. */
import {
  type FileName,
  fileNames,
  type MetainfoPeers,
  type MetainfoWorld,
  type Outcome,
  published,
} from '../../models/metainfo/index.js';
import { always, type Fairness, leadsTo, type Property, sometimes } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';

/** @public */
export type Claimed = Property<MetainfoPeers, true>;

/** Of what it has read last. */
interface Reading {
  readonly of: readonly FileName[];
  readonly outcome: Outcome;
}

function readingIn({ peers: { ann } }: MetainfoWorld): Reading | undefined {
  if (ann == null || ann.outcome === null) return undefined;
  return { of: ann.parts.flatMap((part) => (part === null ? [] : [part])), outcome: ann.outcome };
}

const law = (name: string, says: string, holds: (reading: Reading) => boolean): Claimed =>
  always(titled(name, says), (world: MetainfoWorld) => {
    const reading = readingIn(world);
    return reading === undefined || holds(reading);
  });

/** @public */
export const wholeVersions: Claimed = law(
  'OneVersion',
  'what is read was published as it is',
  ({ of: [first, second] }) => first === second,
);

/** @public */
export const nothingMalformed: Claimed = law(
  'WellFormed',
  'what is taken is in order',
  ({ of, outcome }) => outcome.kind === 'refused' || of.every((name) => published(name).fault === undefined),
);

/** @public */
export const exactHash: Claimed = law(
  'ExactHash',
  'what is taken has the info hash that others take of its bytes',
  ({ of: [name], outcome }) => {
    const { swarm } = name === undefined ? {} : published(name);
    return outcome.kind === 'refused' || swarm === undefined || outcome.swarm === swarm;
  },
);

/** @public */
export const coded: Claimed = law(
  'Coded',
  'what is refused is malformed in the way that is said',
  ({ of, outcome }) => outcome.kind === 'taken' || of.some((name) => published(name).fault === outcome.fault),
);

/** As a system resolves them that knows both separators and drives. */
function staysInside(path: string): boolean {
  if (/^([/\\]|[a-z]:)/i.test(path)) return false;
  let depth = 0;
  for (const part of path.split(/[/\\]/)) {
    depth += part === '..' ? -1 : 1;
    if (depth < 0) return false;
  }
  return !path.includes('\0');
}

/** @public */
export const inside: Claimed = law(
  'Inside',
  'no path leads out of the directory',
  ({ outcome }) => outcome.kind === 'refused' || outcome.paths.every(inDirectory),
);

/** The name of the torrent is the directory: what follows must stay below it. */
const inDirectory = (path: string): boolean => {
  const [, ...below] = path.split('/');
  return staysInside(path) && staysInside(below.join('/'));
};

/** @public */
export const wholeBlocks: Claimed = law(
  'Blocks',
  'the requests for a piece cover it from its beginning to its end, and nothing else',
  ({ of: [name], outcome }) => {
    const { piece } = name === undefined ? {} : published(name);
    if (outcome.kind === 'refused' || piece === undefined) return true;
    let end = 0;
    for (const [begin, length] of outcome.blocks) {
      if (begin !== end || length < 1 || length > 16_384) return false;
      end += length;
    }
    return end === piece;
  },
);

const calming: Fairness = { weak: ['deliver', 'timeout'], ceases: ['lose', 'duplicate', 'publish', 'fetch'] };

/** @public */
export const ends: Claimed = leadsTo(
  titled('Ends', 'whoever fetches a file comes to have read one'),
  (world) => isFetching(world),
  (world) => !isFetching(world),
  calming,
);

const isFetching = (world: MetainfoWorld): boolean => !['idle', undefined].includes(world.state('ann') as string);

/** Each file in order is taken, and each other is refused for what is wrong with it. @public */
export const witnesses: readonly Claimed[] = fileNames.map((name) => {
  const { fault } = published(name);
  return sometimes(
    fault === undefined ? `${name} is taken` : `${name} is refused: ${fault}`,
    (world: MetainfoWorld) => {
      const { of, outcome } = readingIn(world) ?? {};
      if (outcome === undefined || of?.some((other) => other !== name)) return false;
      return outcome.kind === 'taken' ? fault === undefined : outcome.fault === fault;
    },
  );
});

/** @public */
export const twoVersions: Claimed = sometimes(
  'a part is on its way that is of another version than the one that has come',
  (world: MetainfoWorld) => {
    const had = world.peers.ann?.parts.find((part) => part !== null);
    return had !== undefined && world.inFlight('ann').some(({ message }) => message.version !== had);
  },
);
