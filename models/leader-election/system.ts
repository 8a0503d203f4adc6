/** Leader election as a system: a ring of members, each with a fifo link to the next. */
import { type Peer, peer, type System, system } from '../../src/kernel/index.js';
import { type MemberInput, member } from './member.js';
import { type ElectionMutant, mutants, type Variant } from './mutants.js';

/** `m1`, `m2`, ... in the order of the ring. @public */
export type ElectionPeers = { readonly [name: `m${number}`]: Peer<MemberInput> };

/** How identifiers lie along the ring. @public */
export type Order = 'falling' | 'rising';

/** @public */
export interface ElectionOptions {
  /** Default: 5. */
  readonly members?: number;
  /** Default: falling, where a candidacy travels farthest (Chang and Roberts' worst case). */
  readonly order?: Order;
  /** A seeded bug instead of the right machine. */
  readonly variant?: Variant | undefined;
}

/** @public */
export function leaderElection({
  members = 5,
  order = 'falling',
  variant,
}: ElectionOptions = {}): System<ElectionPeers, false> {
  const { member: machine = member }: Pick<ElectionMutant, 'member'> = variant === undefined ? {} : mutants[variant];
  const name = (i: number) => `m${(i % members) + 1}` as const;
  return system<ElectionPeers>({
    name: `leader-election members=${members} order=${order}${variant === undefined ? '' : ` variant=${variant}`}`,
    network: 'fifo',
    // Each identifier is sent once by its own member and once by each that passes it on: no link ever holds more.
    capacity: members,
    peers: Object.fromEntries(
      Array.from({ length: members }, (_, i) => {
        const id = order === 'falling' ? members - i : i + 1;
        return [name(i), peer(machine, { id, next: name(i + 1) })];
      }),
    ),
    // Whoever has heard of no election begins one in the end; so a ring in which nothing has happened is not at rest.
    operations: [{ name: 'begin', by: 'protocol' }],
  });
}
