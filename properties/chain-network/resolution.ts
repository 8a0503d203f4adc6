/** Where it all comes to once the network is whole and nobody mines: forks are resolved, who was behind has caught up. */
import {
  isTogether,
  minedIn,
  type NetworkPeers,
  type NetworkWorld,
  nodesOf,
  type Standing,
  standingOf,
} from '../../models/chain-network/index.js';
import { type Fairness, leadsTo, type Property, sometimes, stable } from '../../src/kernel/index.js';
import { atStake, titled } from '../common/law.js';

/** @public */
export type NetworkProperty = Property<NetworkPeers, true>;

/**
 * What nodes do of themselves is not put off for ever, the network heals, who crashed comes back, who was stopped is mended. Faults and mining come to an
 * end because there is only so much of them.
 */
export const fair: Fairness = { weak: ['deliver', 'timeout', 'announce', 'heal', 'restart', 'mend'] };

/** Of the nodes that are up. */
const standings = (world: NetworkWorld): readonly (Standing & { readonly name: string })[] =>
  world.names.flatMap((name) => {
    const standing = standingOf(world, name);
    return standing == null ? [] : [{ ...standing, name }];
  });

/** Whoever is up, and counts. */
const agree = (world: NetworkWorld, by: 'tip' | 'total'): boolean => {
  const all = standings(world);
  return all.every((standing) => standing[by] === all[0]?.[by]);
};

/** @public */
export const sameWork: NetworkProperty = stable(
  titled('P14', 'in the end all nodes have, for good, chains of the same work'),
  (world: NetworkWorld) => agree(world, 'total'),
  fair,
);

/** @public */
export const sameTip: NetworkProperty = stable(
  titled('P14t', 'in the end all nodes have, for good, the same chain'),
  (world: NetworkWorld) => agree(world, 'tip'),
  fair,
);

/** With first-seen ties it takes one block more. @public */
export const sameTipAfterOneMore = (blocks: number): NetworkProperty =>
  stable(
    titled('P14f', 'after one more block, mined when everybody had all the others, all nodes come to the same chain'),
    (world: NetworkWorld) => minedIn(world) <= blocks || agree(world, 'tip'),
    fair,
  );

/** @public */
export const catchesUp: NetworkProperty = leadsTo(
  titled('P15', 'a node whose neighbour has more work catches up, whoever else stalls'),
  (world: NetworkWorld) => isBehind(world),
  (world: NetworkWorld) => !isBehind(world),
  fair,
);

/** @public */
export const obtainsOrGivesUp: NetworkProperty = leadsTo(
  titled('P15e', 'whatever is asked for is obtained, or somebody else is asked, or it is given up'),
  (world: NetworkWorld) => isWaiting(world),
  (world: NetworkWorld) => !isWaiting(world),
  fair,
);

const isWaiting = (world: NetworkWorld): boolean => standings(world).some(({ waits }) => waits);

const isBehind = (world: NetworkWorld): boolean => {
  const nodes = standings(world);
  return nodes.some((a) =>
    nodes.some((b) => a.total < b.total && a.neighbours.includes(b.name) && isTogether(world, a.name, b.name)),
  );
};

const witness = (name: string, when: string, holds: (world: NetworkWorld) => boolean): NetworkProperty =>
  sometimes(atStake(name, when), holds);

/** @public */
export const stakes = {
  differ: witness('P14', 'two nodes with chains of different work', (world) => !agree(world, 'total')),
  split: witness('P14t', 'two nodes with different chains of the same work', (world) => isSplit(world)),
  behind: witness('P15', 'a node whose neighbour has more work', isBehind),
  waiting: witness('P15e', 'a node that waits for a body', isWaiting),
};

const isSplit = (world: NetworkWorld): boolean => agree(world, 'total') && !agree(world, 'tip');

/** @public */
export const oneMore = (blocks: number): NetworkProperty =>
  witness('P14f', 'one more block, while the nodes were split', (world) => {
    const nodes = nodesOf(world);
    return (
      minedIn(world) > blocks &&
      nodes.some((a) => nodes.some((b) => !a.active.includes(b.tip) && !b.active.includes(a.tip)))
    );
  });
