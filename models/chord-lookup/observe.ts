/** What is true of the network, whatever a member believes: whose a key is, which finger is right, whether the ring is. */

import { derive, type Envelope, type Peer, type World } from '../../src/kernel/index.js';
import { count, has, type Id, type Ids, inOrder, nameOf, only, type Ring, ringView } from '../chord/index.js';
import type { LookupContext } from './member.js';

/** @public */
export type LookupPeers = { readonly [name: string]: Peer<LookupContext> };

/** @public */
export type LookupWorld = World<LookupPeers, true>;

/** The network as its successor lists draw it. @public */
export const lookupRing = ringView<LookupContext>(({ list }) => list);

/** The member that a key belongs to: the first at the key or after it. There must be one. @public */
export function successorOf(key: Id, members: Ids, n: number): Id {
  let at = key % n;
  while (!has(members, at)) at = (at + 1) % n;
  return at;
}

/** The next `r` members after `id`, in order; `id` alone when there is nobody else. @public */
export function nextMembers(id: Id, members: Ids, n: number, r: number): readonly Id[] {
  const others = count(members & ~only(id));
  if (others === 0) return [id];
  const next: Id[] = [];
  for (let at = id; next.length < Math.min(r, others); ) {
    at = successorOf(at + 1, members, n);
    next.push(at);
  }
  return next;
}

/** Whether each list, without the dead, begins as the true one does: then the first who lives is the next member. @public */
export const isRingRight = ({ members, lists, n }: Ring): boolean =>
  inOrder(members).every((id) => {
    const alive = (lists[id] ?? []).filter((entry) => has(members, entry));
    const next = nextMembers(id, members, n, alive.length);
    return alive.length > 0 && alive.every((entry, at) => entry === next[at]);
  });

/** Members asking on behalf of a client, and those looking up a finger. @public */
export const asking = derive((world): { readonly clients: Ids; readonly fingers: Ids } => {
  let clients = 0;
  let fingers = 0;
  world.names.forEach((name, id) => {
    const wants = (world as LookupWorld).peers[name]?.wants ?? null;
    if (wants === null) return;
    if (wants.finger === null) clients |= only(id);
    else fingers |= only(id);
  });
  return { clients, fingers };
});

/** Whether nobody has this member's question any more, and no message about it is on its way. @public */
export function isLost(world: LookupWorld, self: string): boolean {
  const id = Number(self);
  const isAbout = ({ to, message }: Envelope) => (message.type === 'found' ? to === self : message.origin === id);
  if (world.inFlight().some(isAbout)) return false;
  return world.names.every((name) => world.peers[name]?.questions.every(({ origin }) => origin !== id) ?? true);
}

/** Whether the one that this member asked is dead, and nothing is on its way between the two. @public */
export function isUnanswered(world: LookupWorld, self: string): boolean {
  const asks = world.peers[self]?.asks ?? null;
  if (asks === null) return false;
  const asked = nameOf(asks.peer);
  const isBetween = (one: string, other: string) => world.inFlight(one).some(({ from }) => from === other);
  return !world.isUp(asked) && !isBetween(asked, self) && !isBetween(self, asked);
}
