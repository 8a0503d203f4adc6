/**
 * Two-phase commit as Gray and Lamport's TLA+ specification `TwoPhase` has it: what was said stays said, so a message can
 * be heard late, again or never. There is nothing to lose and nobody crashes: a message that is never heard is a loss.
 */
import { type Peer, peer, type System, system } from '../../src/kernel/index.js';
import { mutants, type TwoPhaseMutant, type Variant } from './mutants.js';
import { type ResourceManagerInput, resourceManager } from './resource-manager.js';
import { type TransactionManagerContext, transactionManager } from './transaction-manager.js';

/** `tm`, and `rm1`, `rm2`, ... @public */
export type TwoPhasePeers = {
  readonly tm: Peer<TransactionManagerContext>;
  readonly [rm: `rm${number}`]: Peer<ResourceManagerInput>;
};

/** @public */
export interface TwoPhaseOptions {
  /** How many resource managers; default 5. */
  readonly rms?: number;
  /** A seeded bug instead of the right machines. */
  readonly variant?: Variant | undefined;
}

/** The names of the resource managers. @public */
export const participants = (rms: number): readonly `rm${number}`[] =>
  Array.from({ length: rms }, (_, i) => `rm${i + 1}` as const);

/** @public */
export function twoPhaseCommit({ rms = 5, variant }: TwoPhaseOptions = {}): System<TwoPhasePeers, false> {
  const { rm = resourceManager, tm = transactionManager }: Pick<TwoPhaseMutant, 'rm' | 'tm'> =
    variant === undefined ? {} : mutants[variant];
  const names = participants(rms);
  return system<TwoPhasePeers>({
    name: `two-phase-commit rms=${rms}${variant === undefined ? '' : ` variant=${variant}`}`,
    network: 'set',
    peers: {
      ...Object.fromEntries(names.map((name) => [name, peer(rm, { manager: 'tm' })])),
      tm: peer(tm, { participants: names }),
    },
    symmetric: [names],
    operations: [
      { name: 'prepare', peers: names },
      { name: 'refuse', peers: names },
      // Whoever has not decided can and in the end will; so a state in which nobody has decided is not quiet.
      { name: 'decideCommit', by: 'protocol', peers: ['tm'] },
      { name: 'decideAbort', by: 'protocol', peers: ['tm'] },
    ],
  });
}
