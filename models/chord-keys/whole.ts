/**
 * When a network is whole, and which failures are assumed away. Whole: everybody knows the ring as it is, nobody comes or
 * goes, and every acknowledged version is with its owner and on the r-1 members after it. Fewer than r members fail from
 * one time at which the network is whole to the next.
 */
import { type Id, nameOf } from '../chord/index.js';
import type { Items } from './messages.js';
import { contextOf, holdersOf, type KeyRing, type KeysWorld, predecessorOf, ringOf, successorsOf } from './ring.js';

/** What was promised to clients: what they heard, and what is on its way to them. @public */
export function acknowledged(world: KeysWorld): Items {
  const acked: Record<string, number> = { ...world.peers.client?.acked };
  for (const { message } of world.inFlight('client')) {
    const { type, key, version } = message;
    if (type === 'accepted' && typeof key === 'string') acked[key] = Math.max(acked[key] ?? 0, Number(version));
  }
  return acked;
}

/** Whether this member has the key in this version or a newer one. @public */
export const holds = (world: KeysWorld, id: Id, key: string, version: number): boolean =>
  (contextOf(world, id)?.items[key] ?? 0) >= version;

/** Whether each key is where it belongs. @public */
export const isInPlace = (world: KeysWorld, ring: KeyRing, { bits, r }: { bits: number; r: number }): boolean =>
  Object.entries(acknowledged(world)).every(([key, version]) =>
    holdersOf(key, ring, bits, r).every((id) => holds(world, id, key, version)),
  );

/** Whether everybody knows its neighbours and owes nobody an answer. @public */
export const isCalm = (world: KeysWorld, ring: KeyRing): boolean =>
  ring.phases.every((phase) => phase === 'serving' || phase === 'down') &&
  ring.members.every((id) => {
    const context = contextOf(world, id);
    return (
      context !== undefined &&
      context.pending.length === 0 &&
      context.pred === predecessorOf(id, ring) &&
      `${context.succs}` === `${successorsOf(id, ring, context.r)}`
    );
  });

/** @public */
export function isWhole(world: KeysWorld, size: { readonly bits: number; readonly r: number }): boolean {
  const ring = ringOf(world);
  return ring.members.length > 0 && isCalm(world, ring) && isInPlace(world, ring, size);
}

/** @public */
export const failed = (world: KeysWorld): number =>
  ringOf(world).ids.filter((id) => world.status(nameOf(id)) === 'crashed').length;

/** Whether one more may fail. @public */
export const mayCrash = (world: KeysWorld, r: number): boolean =>
  failed(world) - (world.peers.client?.healed ?? 0) < r - 1;
