/**
 * Choke rounds decide to whom a peer uploads. A leecher unchokes those of the interested that gave most since the last round, as many as there are slots, and one
 * more whoever it is (optimistic); who gave nothing gets no other slot. A seed goes round. Rates are counts of blocks, and which
 * of equals comes first is left open.
 */
import { allOf, has } from './content.js';
import type { Half } from './half.js';
import type { Rules } from './rules.js';
import type { PeerContext, Saying, Setting, Stepped } from './state.js';

/** Whom a round unchokes: a bit each, and the optimistic one's place if there is one. @public */
export interface Round {
  readonly unchoked: number;
  readonly optimistic: number | null;
}

/** @public */
export const isSeed = ({ have }: PeerContext, setting: Setting): boolean => have === allOf(setting);

/** Every outcome that a round may have now. @public */
export function rounds(rules: Rules, setting: Setting, peer: PeerContext): readonly Round[] {
  if (!setting.gives) return [{ unchoked: 0, optimistic: null }];
  if (setting.choking === 'any') return oneChanged(peer);
  const wanting = peer.halves.flatMap((half, at) => (half?.wanted === true && !half.calling ? [at] : []));
  if (isSeed(peer, setting)) return [{ unchoked: goneRound(rules, setting, peer, wanting), optimistic: null }];
  const regulars = best(rules, setting, peer, wanting);
  if (!rules.optimistic) return regulars.map((unchoked) => ({ unchoked, optimistic: null }));
  return regulars.flatMap((regular): readonly Round[] => {
    const others = wanting.filter((at) => !has(regular, at));
    if (others.length === 0) return [{ unchoked: regular, optimistic: null }];
    return others.map((at) => ({ unchoked: regular | (1 << at), optimistic: at }));
  });
}

const oneChanged = ({ halves }: PeerContext): readonly Round[] => {
  const now = halves.reduce((set, half, at) => (half === null || half.choking ? set : set | (1 << at)), 0);
  return halves.map((_, at) => ({ unchoked: now ^ (1 << at), optimistic: null }));
};

/** The next ones after the last that had its turn. */
function goneRound(rules: Rules, setting: Setting, { turn, halves }: PeerContext, wanting: readonly number[]): number {
  const slots = rules.countsSlots ? setting.slots : wanting.length;
  const after = (at: number) => (at - turn - 1 + 2 * halves.length) % halves.length;
  const inTurn = [...wanting].sort((a, b) => after(a) - after(b));
  const from = rules.rotation === 'skips' && inTurn.length > slots ? 1 : 0;
  return inTurn.slice(from, from + slots).reduce((set, at) => set | (1 << at), 0);
}

/** The sets of those that gave most, one set for each way to order equals. */
function best(
  { ranksGiversOnly }: Rules,
  { slots }: Setting,
  { halves }: PeerContext,
  wanting: readonly number[],
): readonly number[] {
  const gave = (at: number) => halves[at]?.credit ?? 0;
  const givers = ranksGiversOnly ? wanting.filter((at) => gave(at) > 0) : wanting;
  if (givers.length <= slots) return [givers.reduce((set, at) => set | (1 << at), 0)];
  const least = gave([...givers].sort((a, b) => gave(b) - gave(a))[slots - 1] as number);
  const sure = givers.filter((at) => gave(at) > least).reduce((set, at) => set | (1 << at), 0);
  const equals = givers.filter((at) => gave(at) === least);
  const room = slots - givers.filter((at) => gave(at) > least).length;
  return subsets(equals, room).map((set) => sure | set);
}

const subsets = (places: readonly number[], size: number): readonly number[] => {
  if (size === 0) return [0];
  return places.flatMap((at, i) => subsets(places.slice(i + 1), size - 1).map((rest) => rest | (1 << at)));
};

/** A round is held. @public */
export function rechoked(rules: Rules, setting: Setting, peer: PeerContext, { unchoked }: Round): Stepped {
  const says: Saying[] = [];
  const halves = peer.halves.map((half, at): Half | null => {
    if (half === null || half.calling) return half;
    const choking = !has(unchoked, at);
    if (choking !== half.choking) says.push([at, { type: choking ? 'choke' : 'unchoke' }]);
    if (choking === half.choking && half.credit === 0) return half;
    return { ...half, choking, credit: 0, in: choking && rules.clearsQueue ? [] : half.in };
  });
  const turn = isSeed(peer, setting) && unchoked !== 0 ? lastInTurn(peer, unchoked) : peer.turn;
  return { peer: { ...peer, halves, turn }, says };
}

/** The one of them whose turn came last. */
function lastInTurn({ turn, halves }: PeerContext, unchoked: number): number {
  for (let back = 0; back < halves.length; back++) {
    const at = (turn - back + 2 * halves.length) % halves.length;
    if (has(unchoked, at)) return at;
  }
  return turn;
}
