/** One node and everybody else: blocks and transactions of one world come in any order and again, the node crashes. */
import { type Operation, type Peer, peer, type System, system, type World } from '../../src/kernel/index.js';
import { looseTxs } from './ledger.js';
import { type Flushing, type LedgerContext, ledgerNode, stored } from './machine.js';
import { type LedgerRules, soundLedger } from './rules.js';
import { ledgerOf, placementNames, storyNames } from './worlds.js';

/** @public */
export interface LedgerOptions {
  /** `stories`: all of them. `placements`: every way to put three transactions into every tree. Otherwise one, by its name. */
  readonly world: string;
  /** Blocks of each placement. */
  readonly n: number;
  readonly crashes: number;
  readonly flush: Flushing;
  /** A way to get it wrong. */
  readonly variation?: Partial<LedgerRules>;
}

/** @public */
export type LedgerPeers = { readonly node: Peer<LedgerContext> };

/** @public */
export type LedgerWorld = World<LedgerPeers, true>;

/** @public */
export const worldsOf = ({ world, n }: Pick<LedgerOptions, 'world' | 'n'>): readonly string[] =>
  world === 'stories' ? storyNames : world === 'placements' ? placementNames(n) : [world];

/** Every behaviour of one node, whatever the world. @public */
export function chainLedger(options: LedgerOptions): System<LedgerPeers, true> {
  const { crashes, flush, variation = {} } = options;
  const worlds = worldsOf(options);
  return system<LedgerPeers>({
    name: `chain-ledger ${options.world}`,
    network: 'synchronous',
    peers: {
      node: peer(
        ledgerNode({ ...soundLedger, ...variation }, flush),
        { world: worlds[0] as string },
        { stable: stored },
      ),
    },
    starts: worlds.map((world) => ({ label: world, up: { node: { input: { world } } } })),
    operations: [block, submit, ...(flush === 'lazy' ? [flushing] : [])],
    ...(crashes > 0 ? { churn: { crash: { limit: crashes }, restart: { limit: 'unlimited' } } } : {}),
  });
}

/** A node that is at work hears nobody; not to ask saves the work of being refused. */
const idle = (world: World<LedgerPeers, true>): LedgerContext | undefined =>
  world.state('node') === 'idle' ? world.peers.node : undefined;

const block: Operation<LedgerPeers> = {
  name: 'block',
  offer: (world) =>
    (idle(world)?.status ?? []).map((_, id) => ({ args: { id }, event: { type: 'block', block: id } })).slice(1),
};

const submit: Operation<LedgerPeers> = {
  name: 'submit',
  offer: (world) => {
    const node = idle(world);
    if (node === undefined) return [];
    const ledger = ledgerOf(node.world);
    return looseTxs(ledger).map((tx) => ({
      args: { tx: ledger.txs[tx]?.name as string },
      event: { type: 'submit', tx },
    }));
  },
};

const flushing: Operation<LedgerPeers> = {
  name: 'flush',
  offer: ({ peers: { node } }) =>
    node === undefined || node.flushed === node.tip ? [] : [{ event: { type: 'flush' } }],
};
