/**
 * What a round of upkeep shows a member, and when there is one: periodic rounds that would change nothing and say nothing
 * are left out. Who is dead is known, and so is what was lost: something is said again only when no answer is on its way.
 */
import { between, type Id, nameOf } from '../chord/index.js';
import { within } from './items.js';
import type { HandIn } from './member.js';
import type { Arc, MemberMessage } from './messages.js';
import { contextOf, holdersOf, type KeyRing, type KeysWorld, predecessorOf, ringOf, successorsOf } from './ring.js';
import { arcOf, type MemberContext, replicasOf, type Stabilize } from './standing.js';

type Said = MemberMessage['type'];

const copying: readonly Said[] = ['replicate', 'stored'];
const joining: readonly Said[] = ['begin', 'keys', 'done', 'over'];

/** Whether something of this sort is on its way between two members. */
function areTalking(world: KeysWorld, a: Id, b: Id, about: readonly Said[]): boolean {
  const isSaid = (from: Id, to: Id) =>
    world
      .inFlight(nameOf(to))
      .some((envelope) => envelope.from === nameOf(from) && about.includes(envelope.message.type as Said));
  return isSaid(a, b) || isSaid(b, a);
}

const areEqual = (a: readonly Id[], b: readonly Id[]): boolean =>
  a.length === b.length && a.every((x, i) => b[i] === x);

/** Whether two members hold different versions of keys in the arc, which a comparison of digests would tell them. */
function differ(a: MemberContext, b: MemberContext, arc: Arc): boolean {
  const [one, other] = [a, b].map(({ items }) => within(items, arc, a.bits)) as [
    MemberContext['items'],
    typeof a.items,
  ];
  return [...Object.keys(one), ...Object.keys(other)].some((key) => one[key] !== other[key]);
}

/** What the next round shows this peer; null when nothing is to be done. @public */
export function roundOf(world: KeysWorld, id: Id): Stabilize | null {
  const context = contextOf(world, id);
  const ring = ringOf(world);
  switch (ring.phases[ring.ids.indexOf(id)]) {
    case 'joining':
      return context === undefined ? null : joinersRound(world, context, ring);
    case 'arriving':
    case 'serving':
    case 'handingOver':
      return context === undefined ? null : membersRound(world, context, ring);
    case 'departing':
      return context === undefined ? null : leaversRound(world, context, ring);
    default:
      return null;
  }
}

/** Asks again when it would be heard: the member after it is free and takes it for its predecessor to be. */
function joinersRound(world: KeysWorld, { id, r }: MemberContext, ring: KeyRing): Stabilize | null {
  const [next] = ring.members.filter((other) => other > id).concat(ring.members);
  const successor = next === undefined ? undefined : contextOf(world, next);
  if (next === undefined || successor === undefined || ring.phases[ring.ids.indexOf(next)] !== 'serving') return null;
  if (!between(successor.pred ?? next, id, next) || areTalking(world, id, next, joining)) return null;
  return { type: 'stabilize', pred: id, succs: successorsOf(id, ring, r), heir: null, giver: null, lagging: [] };
}

function membersRound(world: KeysWorld, context: MemberContext, ring: KeyRing): Stabilize | null {
  const { id, heir } = context;
  const live = (other: Id | null) => (other !== null && world.isUp(nameOf(other)) ? other : null);
  const view = viewOf(context, ring);
  const giver = live(context.giver);
  const next = heir !== null ? live(heir) : context.giver === null ? nearer(context, view.pred, ring) : null;
  const partners = [next, giver].filter((other) => other !== null);
  const silent = partners.filter((other) => !areTalking(world, id, other, joining));
  const lagging = [...behind(world, context, view), ...silent];
  const isNews =
    lagging.length > 0 ||
    !areEqual(view.succs, context.succs) ||
    (heir === null && view.pred !== context.pred) ||
    next !== heir ||
    giver !== context.giver;
  return isNews ? { type: 'stabilize', ...view, heir: next, giver, lagging } : null;
}

/** The replicas that must be told what it serves, but for those with whom it is busy handing over. */
function behind(world: KeysWorld, context: MemberContext, view: Pick<Stabilize, 'pred' | 'succs'>): readonly Id[] {
  const { id, r, heir, giver, pending } = context;
  const before = replicasOf(context);
  const arc: Arc = arcOf({ id, pred: heir === null ? view.pred : context.pred });
  return replicasOf({ succs: view.succs, r }).filter((other) => {
    const replica = contextOf(world, other);
    if (replica === undefined || other === heir || other === giver) return false;
    const owes = pending.some(({ awaiting }) => awaiting.includes(other) || !before.includes(other));
    return (owes || differ(context, replica, arc)) && !areTalking(world, id, other, copying);
  });
}

function leaversRound(world: KeysWorld, context: MemberContext, ring: KeyRing): Stabilize | null {
  const view = viewOf(context, ring);
  const lagging = view.succs.filter(
    (other) =>
      (context.unsettled.includes(other) || !context.succs.includes(other)) &&
      !areTalking(world, context.id, other, copying),
  );
  const isNews = !areEqual(view.succs, context.succs) || view.pred !== context.pred || lagging.length > 0;
  return isNews ? { type: 'stabilize', ...view, heir: null, giver: null, lagging } : null;
}

/** Whether everything that a departing member held is with the r after it, and it knows them. @public */
export const mayLeave = (world: KeysWorld, id: Id): boolean =>
  ringOf(world).phases[id] === 'departing' &&
  contextOf(world, id)?.unsettled.length === 0 &&
  roundOf(world, id) === null;

/** A member between its predecessor and itself. */
function nearer({ id }: MemberContext, pred: Id | null, ring: KeyRing): Id | null {
  const before = predecessorOf(id, ring);
  return before !== id && before !== pred ? before : null;
}

/** A predecessor is given up when it is gone; a nearer one is taken only when it says that it has its keys. */
function viewOf({ id, r, pred }: MemberContext, ring: KeyRing): Pick<Stabilize, 'pred' | 'succs'> {
  const isThere = pred !== null && ring.members.includes(pred);
  return { pred: isThere ? pred : predecessorOf(id, ring), succs: successorsOf(id, ring, r) };
}

/** The keys that this member should give to their owner, who has them older or not at all and would not ask here. @public */
export function strays(world: KeysWorld, id: Id): readonly HandIn[] {
  const context = contextOf(world, id);
  const ring = ringOf(world);
  if (context === undefined || !ring.staying.includes(id)) return [];
  return Object.entries(context.items).flatMap(([key, version]) => {
    const holders = holdersOf(key, ring, context.bits, context.r);
    const [to] = holders;
    if (to === undefined || holders.includes(id) || areTalking(world, id, to, copying)) return [];
    const has = contextOf(world, to)?.items[key] ?? 0;
    return has < version && ring.staying.includes(to) ? [{ type: 'handIn', key, to }] : [];
  });
}
