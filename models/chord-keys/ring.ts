/**
 * The ring as it is, which upkeep shows to members and look-ups show to clients: who takes part, and who comes after whom.
 * Chord's own upkeep is taken to be atomic and right; what members know of the ring is as old as their last round of it.
 */
import { derive, type Peer, type World } from '../../src/kernel/index.js';
import { type Id, nameOf } from '../chord/index.js';
import { firstFrom, placeOf } from '../consistent-hashing/index.js';
import type { ClientContext } from './client.js';
import { isIn } from './items.js';
import { arcOf, type MemberContext } from './standing.js';

/** @public */
export type KeysPeers = { readonly client: Peer<ClientContext>; readonly [id: `${number}`]: Peer<MemberContext> };

/** @public */
export type KeysWorld = World<KeysPeers, true>;

/** What a peer is about. @public */
export type Phase = 'down' | 'outside' | 'joining' | 'arriving' | 'serving' | 'handingOver' | 'departing';

/** @public */
export const contextOf = (world: KeysWorld, id: Id): MemberContext | undefined =>
  world.peers[nameOf(id) as `${number}`] as MemberContext | undefined;

/** @public */
export function phaseOf(world: KeysWorld, id: Id): Phase {
  const state = world.state(nameOf(id));
  if (state === undefined) return 'down';
  return (typeof state === 'string' ? state : state.member) as Phase;
}

/** @public */
export interface KeyRing {
  /** Everybody who may ever take part, in order. */
  readonly ids: readonly Id[];
  /** Who serves keys, those that are about to leave counted, in order. */
  readonly members: readonly Id[];
  /** Those of them that mean to stay. */
  readonly staying: readonly Id[];
  readonly joining: readonly Id[];
  readonly phases: readonly Phase[];
}

const ringAsSeen = derive((seen): KeyRing => {
  const world = seen as unknown as KeysWorld;
  const ids = world.names.filter((name) => name !== 'client').map(Number);
  const phases = ids.map((id) => phaseOf(world, id));
  const are = (...some: readonly Phase[]) => ids.filter((_, at) => some.includes(phases[at] as Phase));
  return {
    ids,
    members: are('arriving', 'serving', 'handingOver', 'departing'),
    staying: are('arriving', 'serving', 'handingOver'),
    joining: are('joining'),
    phases,
  };
});

/** @public */
export const ringOf = (world: KeysWorld): KeyRing => ringAsSeen(world);

/** Those at or after an identifier, itself counted, without `except`. */
const after = (id: Id, ids: readonly Id[], count: number, except: Id): readonly Id[] =>
  firstFrom(
    id,
    ids.filter((other) => other !== except),
    count,
  );

/** The next members that mean to stay. @public */
export const successorsOf = (id: Id, { staying }: KeyRing, count: number): readonly Id[] =>
  after(id, staying, count, id);

/** The member before it; itself when there is no other. @public */
export function predecessorOf(id: Id, { members }: KeyRing): Id {
  const others = members.filter((other) => other !== id);
  return others.findLast((other) => other < id) ?? others.at(-1) ?? id;
}

/** Whose the key is, then the members after that one. @public */
export const holdersOf = (key: string, { members }: KeyRing, bits: number, count: number): readonly Id[] =>
  firstFrom(placeOf(key, bits), members, count);

/** Who takes itself for the owner of the key. @public */
export function serversOf(world: KeysWorld, key: string): readonly Id[] {
  return ringOf(world).members.filter((id) => {
    const context = contextOf(world, id);
    return context !== undefined && isIn(key, arcOf(context), context.bits);
  });
}
