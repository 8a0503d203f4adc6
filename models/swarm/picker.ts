/**
 * Which block a peer may ask a neighbour for: a started piece first, then a random one until the first piece is there, then the rarest;
 * when everything was asked for already, what others were asked for too (endgame). Ties are left open.
 *
 * Parole: one who had part in a bad piece is asked for whole pieces only, and what it has begun nobody else goes on with; another
 * begins it anew once nothing more is expected of the suspect.
 */
import { count, has } from './content.js';
import { type Half, none } from './half.js';
import type { Rules } from './rules.js';
import { isEndgame, missing, type Partial, type PeerContext, partialOf, pieceOf, type Setting } from './state.js';

/** Pieces after which the rarest is fetched. */
const randomFirst = 1;

/** Blocks that may be asked of the neighbour at this place now. @public */
export function choices(rules: Rules, setting: Setting, peer: PeerContext, at: number): readonly number[] {
  const half = peer.halves[at];
  if (half == null || !mayAsk(rules, half)) return [];
  const wanted = half.has & missing(peer, setting);
  if (wanted === 0) return [];
  const begun = startedBy(peer, setting);
  const going: number[] = [];
  let fresh = wanted & ~begun;
  for (let started = wanted & begun; started !== 0; started &= started - 1) {
    const piece = 31 - Math.clz32(started & -started);
    const block = freeBlock(rules, setting, peer, at, piece);
    if (block === none) continue;
    if (isAnew(peer, at, piece)) fresh |= 1 << piece;
    else going.push(block);
  }
  if (going.length > 0) return going;
  if (fresh !== 0) return picked(rules, setting, peer, fresh).map((piece) => piece * setting.blocks);
  return isEndgameFor(rules, peer, setting) ? lastOnes(setting, peer, at, wanted) : [];
}

const mayAsk = (rules: Rules, { calling, choked, interested, out }: Half): boolean =>
  !calling && interested && out === none && (!choked || rules.asksWhileChoked);

/** Pieces of which a block has come or was asked for. */
function startedBy({ partials, halves }: PeerContext, setting: Setting): number {
  let started = 0;
  for (const { piece } of partials) started |= 1 << piece;
  for (const half of halves) if (half !== null && half.out !== none) started |= 1 << pieceOf(half.out, setting);
  return started;
}

/** The first block of a piece that has not come and was not asked of anybody, if this neighbour may have a part in the piece. */
function freeBlock(rules: Rules, setting: Setting, peer: PeerContext, at: number, piece: number): number {
  if (isAnew(peer, at, piece)) return isExpected(peer, setting, piece) ? none : piece * setting.blocks;
  if (!isAllowed(setting, peer, at, piece)) return none;
  const stored = partialOf(peer, piece)?.stored ?? 0;
  const first = piece * setting.blocks;
  for (let block = first; block < first + setting.blocks; block++) {
    if (has(stored, block - first)) continue;
    if (rules.handsOutTwice || !peer.halves.some((half) => half?.out === block)) return block;
  }
  return none;
}

/** Senders of a piece so far, and those who were asked for a part of it, a bit each. */
function partners(setting: Setting, { partials, halves }: PeerContext, piece: number): number {
  let places = 0;
  for (const sender of partials.find((one) => one.piece === piece)?.from ?? [])
    if (sender !== none) places |= 1 << sender;
  for (let at = 0; at < halves.length; at++) {
    const out = halves[at]?.out ?? none;
    if (out !== none && pieceOf(out, setting) === piece) places |= 1 << at;
  }
  return places;
}

function isAllowed(setting: Setting, peer: PeerContext, at: number, piece: number): boolean {
  if (peer.suspects === 0) return true;
  const others = partners(setting, peer, piece) & ~(1 << at);
  return others === 0 || (!has(peer.suspects, at) && (others & peer.suspects) === 0);
}

/** Whether to begin anew: blocks are there with which those of this neighbour must not be mixed. @public */
export function isAnew({ suspects, partials }: PeerContext, at: number, piece: number): boolean {
  if (suspects === 0) return false;
  const senders = partials.find((one) => one.piece === piece)?.from ?? [];
  return senders.some((sender) => sender !== none && sender !== at && (has(suspects, at) || has(suspects, sender)));
}

const isExpected = ({ halves }: PeerContext, setting: Setting, piece: number): boolean =>
  halves.some((half) => half !== null && half.out !== none && pieceOf(half.out, setting) === piece);

/** At random at first, then the rarest, all of those that are equally rare. */
function picked(rules: Rules, setting: Setting, peer: PeerContext, fresh: number): readonly number[] {
  const list: number[] = [];
  const isFirst = count(peer.have) < randomFirst;
  let rarest = Number.POSITIVE_INFINITY;
  for (let piece = 0; piece < setting.pieces; piece++) {
    if (!has(fresh, piece)) continue;
    const copies = isFirst ? 0 : (peer.availability[piece] ?? 0);
    if (copies > rarest) continue;
    if (copies < rarest) list.length = 0;
    rarest = copies;
    list.push(piece);
  }
  return rules.tie === 'lowest' ? list.slice(0, 1) : list;
}

const isEndgameFor = (rules: Rules, peer: PeerContext, setting: Setting): boolean =>
  isEndgame(peer, rules.endgameCounts === 'all' ? { ...setting, wants: -1 >>> (32 - setting.pieces) } : setting);

/** Blocks that others were asked for and that have not come. */
function lastOnes(setting: Setting, peer: PeerContext, at: number, wanted: number): readonly number[] {
  const blocks = new Set<number>();
  for (const half of peer.halves) {
    if (half === null || half.out === none) continue;
    const piece = pieceOf(half.out, setting);
    if (has(wanted, piece) && isAllowed(setting, peer, at, piece)) blocks.add(half.out);
  }
  return [...blocks].sort((a, b) => a - b);
}

/** Blocks of a piece, none of them there. @public */
export const emptyPartial = (piece: number, blocks: number): Partial => ({
  piece,
  stored: 0,
  bad: 0,
  from: Array.from({ length: blocks }, () => none),
});
