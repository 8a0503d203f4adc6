/** Stop-and-wait as a system: alice sends to bob, over links that lose and duplicate. */
import { type Peer, peer, type System, system } from '../../src/kernel/index.js';
import { mutants, type StopAndWaitMutant, type Variant } from './mutants.js';
import { type ReceiverContext, receiver } from './receiver.js';
import { type SenderContext, sender } from './sender.js';

/** @public */
export type StopAndWaitPeers = { readonly alice: Peer<SenderContext>; readonly bob: Peer<ReceiverContext> };

/** @public */
export interface StopAndWaitOptions {
  /** Default: fifo. */
  readonly network?: 'fifo' | 'unordered';
  /** Default: 2. */
  readonly packets?: number;
  /** A seeded bug instead of the right machines. */
  readonly variant?: Variant | undefined;
}

/** @public */
export function stopAndWait({
  network = 'fifo',
  packets = 2,
  variant,
}: StopAndWaitOptions = {}): System<StopAndWaitPeers, false> {
  const machines: Pick<StopAndWaitMutant, 'sender' | 'receiver'> = variant === undefined ? {} : mutants[variant];
  return system<StopAndWaitPeers>({
    name: `stop-and-wait network=${network} packets=${packets}${variant === undefined ? '' : ` variant=${variant}`}`,
    network,
    capacity: 2,
    // A full link that made its sender wait could stop both ends for ever, each waiting for the other to listen.
    whenFull: 'drop',
    faults: { lose: 1, duplicate: 1 },
    peers: {
      alice: peer(machines.sender ?? sender, { to: 'bob', packets }),
      bob: peer(machines.receiver ?? receiver),
    },
  });
}
