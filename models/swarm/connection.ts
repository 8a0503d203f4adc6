/** Connections come up and go down; who has what, and who is interested in whom, follows at once. */
import { has } from './content.js';
import { type Half, newHalf, none } from './half.js';
import { bits, type Rules } from './rules.js';
import { type PeerContext, put, type Saying, type Setting, type Stepped, silent, withHalf } from './state.js';

/** The numbers of neighbours that have each piece, with those of one neighbour added or taken away. */
function counted(availability: readonly number[], pieces: number, by: number): readonly number[] {
  if (pieces === 0) return availability;
  return availability.map((copies, piece) => (has(pieces, piece) ? copies + by : copies));
}

/** Interest in one neighbour as it should be now, said if it is new. @public */
export function lookedAt(rules: Rules, setting: Setting, { peer, says }: Stepped, at: number): Stepped {
  const half = peer.halves[at];
  if (half == null || half.calling) return { peer, says };
  const interested = rules.isInteresting(half, peer.have, setting);
  if (interested === half.interested) return { peer, says };
  const message = { type: interested ? 'interested' : 'notInterested' } as const;
  const isSaid = interested || rules.saysNotInterested;
  return { peer: withHalf(peer, at, { ...half, interested }), says: isSaid ? [...says, [at, message]] : says };
}

/** A connection that is to be: the handshake is said, and nothing heard before the answer. @public */
export function called(peer: PeerContext, at: number): Stepped {
  if (has(peer.banned, at)) return silent(peer);
  return { peer: withHalf(peer, at, { ...newHalf, calling: true }), says: [[at, { type: 'handshake' }]] };
}

/** A handshake came: an answer to mine, or a call, perhaps by one who has been away since. @public */
export function shakenHands(peer: PeerContext, at: number): Stepped {
  if (has(peer.banned, at)) return silent(peer);
  const half = peer.halves[at];
  const bitfield: Saying = [at, { type: 'bitfield', has: peer.have }];
  const fresh = withHalf(cutOff(peer, at, true), at, newHalf);
  return { peer: fresh, says: half?.calling ? [bitfield] : [[at, { type: 'handshake' }], bitfield] };
}

/** A connection that is no more. Its block is free with it, and its pieces are not counted any longer. @public */
export function cutOff(peer: PeerContext, at: number, forgets: boolean): PeerContext {
  const half = peer.halves[at];
  if (half == null) return peer;
  const availability = forgets ? counted(peer.availability, half.has, -1) : peer.availability;
  return { ...peer, halves: put(peer.halves, at, null), availability };
}

/** @public */
export function closed(rules: Rules, peer: PeerContext, at: number): Stepped {
  return { peer: cutOff(peer, at, rules.forgetsGone), says: [[at, { type: 'close' }]] };
}

/** The neighbour has these pieces too, a bit each. @public */
export function offered(rules: Rules, setting: Setting, peer: PeerContext, at: number, pieces: number): Stepped {
  const half = peer.halves[at];
  if (half == null) return silent(peer);
  const news = pieces & ~half.has;
  if (news === 0) return silent(peer);
  const known: Half = { ...half, has: half.has | news };
  const after = { ...withHalf(peer, at, known), availability: counted(peer.availability, news, 1) };
  return rules.interestOnHave ? lookedAt(rules, setting, silent(after), at) : silent(after);
}

/** The neighbour's first word: everything that it has. @public */
export function introduced(rules: Rules, setting: Setting, peer: PeerContext, at: number, pieces: number): Stepped {
  if (pieces === 0 && rules.emptyBitfield === 'crash') return closed(rules, peer, at);
  const { peer: after, says } = offered(rules, setting, peer, at, pieces);
  return lookedAt(rules, setting, { peer: after, says }, at);
}

/** Everybody is told of a piece, and asked for nothing of it any more; interest is looked at everywhere. @public */
export function announced(rules: Rules, setting: Setting, stepped: Stepped, piece: number): Stepped {
  const says: Saying[] = [...stepped.says];
  const { halves } = stepped.peer;
  const first = piece * setting.blocks;
  const after = halves.map((half, at): Half | null => {
    if (half === null || half.calling) return half;
    says.push([at, { type: 'have', piece }]);
    let known = half;
    if (known.out >= first && known.out < first + setting.blocks) known = { ...known, out: none };
    const interested = rules.isInteresting(known, stepped.peer.have, setting);
    if (interested !== known.interested) {
      if (interested || rules.saysNotInterested) says.push([at, { type: interested ? 'interested' : 'notInterested' }]);
      known = { ...known, interested };
    }
    return known;
  });
  return { peer: { ...stepped.peer, halves: after }, says };
}

/** The places of a set of neighbours. @public */
export const placesOf = (set: number): readonly number[] => bits(set, 32);
