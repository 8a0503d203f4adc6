/** What a peer that lies must not bring about. */
import { genesis, parentOf } from '../../models/chain/index.js';
import {
  heardIn,
  type LiarContext,
  mallory,
  minerOf,
  type NetworkWorld,
  nodesOf,
  nodeView,
} from '../../models/chain-network/index.js';
import { always, alwaysStep } from '../../src/kernel/index.js';
import { titled } from '../common/law.js';
import type { NetworkProperty } from './resolution.js';

/** What whoever lies has made and asked; nothing where nobody does. @internal */
export const liarIn = (world: NetworkWorld): LiarContext | undefined =>
  world.peers[mallory] as unknown as LiarContext | undefined;

/** @public */
export const builtOnValid: NetworkProperty = always(
  titled('P6m', 'what an honest node mines is not built on an invalid block'),
  (world: NetworkWorld) => {
    const bad = (liarIn(world)?.made ?? []).flatMap(({ id, kind }) => (kind === 'ok' ? [] : [id]));
    if (bad.length === 0) return true;
    return nodesOf(world).every(({ known, blocks, at }) =>
      known.every((id) => {
        if (minerOf(id, at.miners) === at.miners - 1) return true;
        for (let below = id; below !== genesis; below = parentOf(blocks, below)) if (bad.includes(below)) return false;
        return true;
      }),
    );
  },
);

/** @public */
export const takesBackItsOwn: NetworkProperty = alwaysStep(
  titled('P15r', 'a body that is not the block’s takes back nothing that was asked of others'),
  (before: NetworkWorld, after: NetworkWorld) =>
    heardIn(before, after).every(({ from, to, message }) => {
      const [then, now] = [nodeView(before, to), nodeView(after, to)];
      if (message.type !== 'block' || message.body !== 'mutated' || then == null || now == null) return true;
      return then.asked
        .filter((request) => request.from !== from)
        .every(({ id, from: asked }) => now.asked.some((request) => request.id === id && request.from === asked));
    }),
);
