/**
 * The network with messages as its successor lists draw it. A query takes effect at the instant at which it is answered: the
 * list that counts is the one that its owner will have once it has applied the answer that is on its way, and what stands
 * in its context until then is out of date.
 */
import { derive } from '../../src/kernel/index.js';
import { between, circle, type Id, nameOf } from './identifiers.js';
import type { GotPredAndSuccs, GotSuccList, MemberContext } from './message-member.js';
import type { ChordWorld } from './observe.js';
import { type Ids, maxIdentifiers, only, type Ring, ringOf } from './ring.js';

/** @public */
export type MessageWorld = ChordWorld<MemberContext>;

/** The successor list of a member; none of who has not joined. */
type ListOf = (world: MessageWorld, name: string) => readonly Id[] | undefined;

/** As its owner has it. */
const visible: ListOf = (world, name) => {
  const context = world.peers[name];
  return context?.joined ? context.list : undefined;
};

/** As its owner will have it. */
const effective: ListOf = (world, name) => {
  const state = world.state(name);
  const expected = state === undefined ? undefined : expectedIn[String(state)];
  const answer = expected === undefined ? undefined : answerTo(world, name, expected);
  const context = world.peers[name];
  if (answer === undefined || context === undefined) return visible(world, name);
  const { from, list } = answer;
  if (context.joined) return [from, ...list].slice(0, context.r);
  const [succ] = list;
  return succ !== undefined && between(from, Number(name), succ) ? list : undefined;
};

/** By state: the answer that would change the list. */
const expectedIn: { readonly [state: string]: string } = {
  entering: 'gotSuccList',
  stabilizing: 'gotPredAndSuccs',
  adopting: 'gotSuccList',
};

function answerTo(world: MessageWorld, name: string, type: string) {
  const { asked = null, turn = null } = world.peers[name] ?? {};
  const envelope = world
    .inFlight(name)
    .find(({ from, message }) => message.type === type && Number(from) === asked && (message.turn ?? null) === turn);
  if (envelope === undefined) return undefined;
  const { list } = envelope.message as GotSuccList | GotPredAndSuccs;
  return { from: Number(envelope.from), list };
}

const viewOf = (listOf: ListOf) => {
  const lists = circle(maxIdentifiers).map((id) =>
    derive((world) => listOf(world as unknown as MessageWorld, nameOf(id)) ?? null),
  );
  return derive((world): Ring => {
    let members: Ids = 0;
    const all = world.names.map((_, id) => {
      const list = lists[id]?.(world) ?? null;
      if (list !== null) members |= only(id);
      return list ?? [];
    });
    return ringOf(all, members);
  });
};

/** With every list as it stands in its owner's context. @public */
export const visibleRing = viewOf(visible);

/** With every list as it counts. @public */
export const effectiveRing = viewOf(effective);
