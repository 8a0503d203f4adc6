/** What a member knows, and what follows from it: which keys it serves, and who must have them besides. */
import { type Id, nameOf } from '../chord/index.js';
import { isIn } from './items.js';
import type { Arc, Items } from './messages.js';

/** @public */
export type MemberContext = {
  readonly id: Id;
  /** Of an identifier. */
  readonly bits: number;
  /** Copies of a key, its owner's counted. */
  readonly r: number;
  /** It serves what lies after this identifier, up to its own; null before it serves anything. */
  readonly pred: Id | null;
  /** The next r members that mean to stay, as far as it knows. */
  readonly succs: readonly Id[];
  readonly items: Items;
  /** Who is joining before it and gets keys from it. */
  readonly heir: Id | null;
  /** Who gave it the keys that it joined with and has not said that it serves them no more. */
  readonly giver: Id | null;
  /** Puts that it has accepted and not acknowledged. */
  readonly pending: readonly Pending[];
  /** Before it leaves: who has not yet said that he has everything. */
  readonly unsettled: readonly Id[];
};

/** @public */
export type Pending = {
  readonly key: string;
  readonly version: number;
  readonly client: string;
  /** Who has not yet said that he has it. */
  readonly awaiting: readonly Id[];
};

/** A founder starts with its place in the first ring; everybody else has to join. @public */
export type MemberInput = Pick<MemberContext, 'id' | 'bits' | 'r'> &
  Partial<{ readonly pred: Id; readonly succs: readonly Id[]; readonly items: Items }>;

/** A round of the ring's upkeep: how the ring is now, and what it has shown. @public */
export type Stabilize = {
  readonly type: 'stabilize';
  /** The predecessor, if the one so far is gone; otherwise that one. */
  readonly pred: Id;
  readonly succs: readonly Id[];
  /** Who is to have keys of mine: the heir so far, if it lives; else a member that has come between, if there is one. */
  readonly heir: Id | null;
  /** Who gave me keys, if it lives. */
  readonly giver: Id | null;
  /** To whom something must be said (again): his copies differ, or he has not answered and will not. */
  readonly lagging: readonly Id[];
};

/** What it serves. @public */
export const arcOf = ({ pred, id }: Pick<MemberContext, 'pred' | 'id'>): Arc => [pred ?? id, id];

/** What the joiner will serve. @internal */
export const heirsArc = ({ pred, heir, id }: Pick<MemberContext, 'pred' | 'heir' | 'id'>): Arc => [
  pred ?? id,
  heir ?? id,
];

/** Who should have copies of what it serves. @internal */
export const replicasOf = ({ succs, r }: Pick<MemberContext, 'succs' | 'r'>): readonly Id[] => succs.slice(0, r - 1);

/** Who else must have this key before a put of it is acknowledged. @internal */
export function keepersOf(context: MemberContext, key: string): readonly Id[] {
  const { heir, bits } = context;
  const replicas = replicasOf(context);
  const isHeirs = heir !== null && !replicas.includes(heir) && isIn(key, heirsArc(context), bits);
  return isHeirs ? [...replicas, heir] : replicas;
}

/**
 * The same member with a new view of the ring. A put no longer waits for who is gone, and waits for whoever now belongs to
 * those that must have it.
 */
export function seeing(context: MemberContext, { pred, succs, heir, giver }: Stabilize): Partial<MemberContext> {
  const isStillHeir = context.heir !== null && heir === context.heir;
  const after = { ...context, pred: isStillHeir ? context.pred : pred, succs, heir: isStillHeir ? heir : null };
  const pending = context.pending.map((put) => {
    const before = keepersOf(context, put.key);
    const hasIt = (id: Id) => before.includes(id) && !put.awaiting.includes(id);
    return { ...put, awaiting: keepersOf(after, put.key).filter((id) => !hasIt(id)) };
  });
  return { pred: after.pred, succs, heir, giver, pending };
}

/** To several members at once, or to one. @internal */
export const send = <M>(to: Id | readonly Id[], message: M) => ({
  type: 'send' as const,
  to: [to].flat().map(nameOf),
  message,
});

/** @internal */
export const idOf = ({ from }: { readonly from: string }): Id => Number(from);
