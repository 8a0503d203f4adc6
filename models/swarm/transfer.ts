/** Blocks are asked for and come; a piece that is full is hashed, and somebody is to blame if its hash is wrong. */
import { announced, closed } from './connection.js';
import { blockLength, count, has, lengthOf, pieceLength, type Shape } from './content.js';
import { type Half, none } from './half.js';
import type { BlockRef, Wire } from './messages.js';
import { emptyPartial, isAnew } from './picker.js';
import type { Rules } from './rules.js';
import {
  type Partial,
  type PeerContext,
  partialOf,
  pieceOf,
  put,
  type Saying,
  type Setting,
  type Stepped,
  silent,
  withHalf,
} from './state.js';

/** Whether the hash of a piece is right, given which of its blocks were corrupted. @public */
export type Verifier = (piece: number, bad: number) => boolean;

/** A block as it is named on the wire. @public */
export function refOf(shape: Shape, block: number, knowsEnds = true): BlockRef {
  const begin = (block % shape.blocks) * blockLength;
  return { piece: pieceOf(block, shape), begin, length: knowsEnds ? lengthOf(shape, block) : blockLength };
}

const blockOf = (shape: Shape, { piece, begin }: BlockRef): number => piece * shape.blocks + begin / blockLength;

/** Whether there is such a block: inside its piece, on the grid. @public */
export const isBlock = (shape: Shape, { piece, begin, length }: BlockRef): boolean =>
  piece >= 0 &&
  piece < shape.pieces &&
  begin % blockLength === 0 &&
  length > 0 &&
  length <= blockLength &&
  begin + length <= pieceLength(shape);

/** A block is asked for. @public */
export function requested(rules: Rules, setting: Setting, peer: PeerContext, at: number, block: number): Stepped {
  const half = peer.halves[at];
  if (half == null) return silent(peer);
  const piece = pieceOf(block, setting);
  const fresh = isAnew(peer, at, piece) ? { ...peer, partials: without(peer.partials, piece) } : peer;
  const ref = refOf(setting, block, rules.knowsEnds);
  return { peer: withHalf(fresh, at, { ...half, out: block }), says: [[at, { type: 'request', ...ref }]] };
}

/** What was asked for does not come in time, or is not needed: it is free for others, and whoever was asked may be told. @public */
export function givenUp(setting: Setting, peer: PeerContext, at: number, cancels: boolean): Stepped {
  const half = peer.halves[at];
  if (half == null || half.out === none) return silent(peer);
  const message: Wire = { type: 'cancel', ...refOf(setting, half.out) };
  return { peer: withHalf(peer, at, { ...half, out: none }), says: cancels ? [[at, message]] : [] };
}

/** A request came. @public */
export function asked(rules: Rules, setting: Setting, peer: PeerContext, at: number, ref: BlockRef): Stepped {
  const half = peer.halves[at];
  if (half == null || half.calling) return silent(peer);
  if (!isBlock(setting, ref)) return closed(rules, peer, at);
  const block = blockOf(setting, ref);
  if (half.choking || !has(peer.have, ref.piece) || half.in.includes(block)) return silent(peer);
  const queued = withHalf(peer, at, { ...half, in: [...half.in, block] });
  return setting.serving === 'atOnce' ? served(setting, queued, at) : silent(queued);
}

/** The request that has waited longest is answered. @public */
export function served(setting: Setting, peer: PeerContext, at: number): Stepped {
  const half = peer.halves[at];
  const [block] = half?.in ?? [];
  if (half == null || block === undefined) return silent(peer);
  const message: Wire = {
    type: 'piece',
    ...refOf(setting, block),
    good: !peer.bad && !has(peer.spoiled, pieceOf(block, setting)),
  };
  return { peer: withHalf(peer, at, { ...half, in: half.in.slice(1) }), says: [[at, message]] };
}

/** @public */
export function cancelled(setting: Setting, peer: PeerContext, at: number, ref: BlockRef): PeerContext {
  const half = peer.halves[at];
  if (half == null || half.in.length === 0) return peer;
  const block = blockOf(setting, ref);
  return withHalf(peer, at, { ...half, in: half.in.filter((one) => one !== block) });
}

const mostCredit = 3;

/** A block came. @public */
export function received(
  { rules, setting, verifies }: Logic,
  peer: PeerContext,
  at: number,
  ref: BlockRef & { readonly good: boolean },
): Stepped {
  const half = peer.halves[at];
  if (half == null || half.calling) return silent(peer);
  const block = blockOf(setting, ref);
  if (half.out !== block) return rules.unasked === 'ban' ? banned(rules, peer, at) : silent(peer);
  const heard: Half = {
    ...half,
    out: none,
    credit: setting.choking !== 'rounds' ? 0 : Math.min(mostCredit, half.credit + 1),
  };
  const after = withHalf(peer, at, heard);
  if (has(peer.have, ref.piece)) return silent(after);
  const known = partialOf(after, ref.piece) ?? emptyPartial(ref.piece, setting.blocks);
  const bit = 1 << (block % setting.blocks);
  const partial: Partial = {
    piece: ref.piece,
    stored: known.stored | bit,
    bad: ref.good ? known.bad : known.bad | bit,
    from: put(known.from, block % setting.blocks, at),
  };
  const cancels = cancelling(setting, after, block);
  const stored = { ...cancels.peer, partials: withPartial(cancels.peer.partials, partial) };
  if (count(partial.stored) < setting.blocks) return { peer: stored, says: cancels.says };
  const isGood = !rules.verifies || (verifies(ref.piece, partial.bad) && (rules.flushesFirst || setting.blocks === 1));
  const judged = isGood ? accepted(rules, setting, stored, partial) : refusedPiece(rules, setting, stored, partial);
  return { peer: judged.peer, says: [...cancels.says, ...judged.says] };
}

/** Whoever else was asked for this block is told that it is not needed. */
function cancelling(setting: Setting, peer: PeerContext, block: number): Stepped {
  if (!peer.halves.some((half) => half?.out === block)) return silent(peer);
  const says: Saying[] = [];
  const halves = peer.halves.map((half, at) => {
    if (half?.out !== block) return half;
    says.push([at, { type: 'cancel', ...refOf(setting, block) }]);
    return { ...half, out: none };
  });
  return { peer: { ...peer, halves }, says };
}

function accepted(rules: Rules, setting: Setting, peer: PeerContext, { piece, from, bad }: Partial): Stepped {
  const [only] = from;
  const cleared =
    only !== undefined && from.every((sender) => sender === only) ? peer.suspects & ~(1 << only) : peer.suspects;
  const after = {
    ...peer,
    have: peer.have | (1 << piece),
    spoiled: bad === 0 ? peer.spoiled : peer.spoiled | (1 << piece),
    partials: without(peer.partials, piece),
    suspects: cleared,
  };
  return announced(rules, setting, silent(after), piece);
}

/** A piece is verified that came some other way. @public */
export function gained(rules: Rules, setting: Setting, peer: PeerContext, piece: number): Stepped {
  const after = { ...peer, have: peer.have | (1 << piece), partials: without(peer.partials, piece) };
  return announced(rules, setting, silent(after), piece);
}

function refusedPiece(rules: Rules, setting: Setting, peer: PeerContext, partial: Partial): Stepped {
  const early = rules.announces === 'full' ? announced(rules, setting, silent(peer), partial.piece) : silent(peer);
  const again = { ...early.peer, partials: without(early.peer.partials, partial.piece) };
  const { peer: after, says } = blamed(rules, again, [...new Set(partial.from)]);
  const partials = rules.afterFailure === 'again' ? after.partials : withPartial(after.partials, partial);
  return { peer: { ...after, partials }, says: [...early.says, ...says] };
}

/** One sender alone is guilty; several are suspects, and what they have mixed elsewhere is given up. */
function blamed(rules: Rules, peer: PeerContext, senders: readonly number[]): Stepped {
  if (rules.blame === 'nobody') return silent(peer);
  if (senders.length === 1 || rules.blame === 'all') {
    return senders.reduce<Stepped>((sofar, at) => {
      const next = banned(rules, sofar.peer, at);
      return { peer: next.peer, says: [...sofar.says, ...next.says] };
    }, silent(peer));
  }
  const suspects = senders.reduce((set, at) => set | (1 << at), peer.suspects);
  const isMixed = ({ from }: Partial) => {
    const parts = new Set(from.filter((at) => at !== none));
    return parts.size > 1 && [...parts].some((at) => has(suspects, at));
  };
  return silent({ ...peer, suspects, partials: peer.partials.filter((one) => !isMixed(one)) });
}

/** Never again. With the guilty one found, nobody is a suspect for what it did; what it sent is thrown away. */
function banned(rules: Rules, peer: PeerContext, at: number): Stepped {
  const { peer: after, says } = closed(rules, peer, at);
  return {
    peer: {
      ...after,
      banned: peer.banned | (1 << at),
      suspects: 0,
      partials: after.partials.filter(({ from }) => !from.includes(at)),
    },
    says,
  };
}

const without = (partials: readonly Partial[], piece: number): readonly Partial[] =>
  partials.some((one) => one.piece === piece) ? partials.filter((one) => one.piece !== piece) : partials;

const withPartial = (partials: readonly Partial[], partial: Partial): readonly Partial[] =>
  [...without(partials, partial.piece), partial].sort((a, b) => a.piece - b.piece);

/** What the logic of one peer goes by. @public */
export interface Logic {
  readonly rules: Rules;
  readonly setting: Setting;
  readonly verifies: Verifier;
}
