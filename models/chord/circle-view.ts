/**
 * The circle of a Chord network as a drawing: who is where, and to whom its pointers lead. Members that are on a ring, each
 * coming back to itself by first live successors, have the colour of that ring: a second ring is seen at once.
 */
import type { Frame, LegendEntry, Picture, RingDrawing, Tone, View } from '../../src/kernel/index.js';
import type { Id } from './identifiers.js';
import { has, inOrder, only, ringOf } from './ring.js';

/** A member as it is to be drawn. @public */
export interface Seat {
  /** Its successors in order; none before it has joined. */
  readonly successors: readonly Id[];
  readonly predecessor: Id | null;
  readonly note?: string;
  /** Further pointers, each with its key in the legend. */
  readonly more?: readonly { readonly to: Id; readonly as: string }[];
}

/** A peer of a picture; its state and context are there while it is up. @public */
export type SeatedPeer = Picture['peers'][number];

const pointers: readonly LegendEntry[] = [
  { key: 'successor', label: 'successor', tone: 'strong' },
  { key: 'list', label: 'later in the list', tone: 'plain' },
  { key: 'predecessor', label: 'predecessor', tone: 'soft' },
];

/** By number of the ring: all others are rare. */
const ringTones: readonly Tone[] = ['strong', 'other', 'good'];

/**
 * @param seatOf nothing for a peer that is no member, such as a client
 * @param legend of the further pointers @public
 */
export const circleView =
  (seatOf: (peer: SeatedPeer) => Seat | undefined, places: number, legend: readonly LegendEntry[] = []) =>
  (frames: readonly Frame[]): View => ({
    title: 'Identifier circle',
    legend: [...pointers, ...legend],
    drawings: frames.map(({ picture }) => circle(picture, seatOf, places)),
  });

function circle({ peers }: Picture, seatOf: (peer: SeatedPeer) => Seat | undefined, places: number): RingDrawing {
  const seats = peers.flatMap((peer) => {
    const id = Number(peer.name);
    return Number.isInteger(id) ? [{ id, peer, seat: peer.status === 'up' ? seatOf(peer) : undefined }] : [];
  });
  const rings = ringsOf(seats, places);
  const toneOf = (id: Id, status: SeatedPeer['status'], isMember: boolean): Tone => {
    if (status !== 'up') return status === 'crashed' ? 'bad' : 'soft';
    const ring = rings.findIndex((members) => has(members, id));
    return !isMember ? 'soft' : ring < 0 ? 'doubt' : (ringTones[ring] ?? 'plain');
  };
  return {
    kind: 'ring',
    places,
    nodes: seats.map(({ id, peer, seat }) => {
      const isMember = (seat?.successors.length ?? 0) > 0;
      const tone = toneOf(id, peer.status, isMember);
      const standing = peer.status === 'up' ? (tone === 'doubt' ? 'appendage' : '') : peer.status;
      const note = [standing, seat?.note ?? ''].filter(Boolean).join(', ');
      return { at: id, label: peer.name, tone, ...(note === '' ? {} : { note }) };
    }),
    arrows: seats.flatMap(({ id, seat }) => (seat === undefined ? [] : arrowsOf(id, seat))),
  };
}

function arrowsOf(from: Id, { successors, predecessor, more = [] }: Seat): RingDrawing['arrows'] {
  const [first, ...later] = successors;
  return [
    ...(predecessor === null ? [] : [{ from, to: predecessor, as: 'predecessor' }]),
    ...[...new Set(later)].filter((to) => to !== first).map((to) => ({ from, to, as: 'list' })),
    ...more.map(({ to, as }) => ({ from, to, as })),
    ...(first === undefined ? [] : [{ from, to: first, as: 'successor' }]),
  ];
}

/** The members of each ring, the one with the lowest identifier first. */
function ringsOf(seats: readonly { readonly id: Id; readonly seat: Seat | undefined }[], places: number) {
  const lists = Array.from({ length: places }, (_, id) => seats.find((one) => one.id === id)?.seat?.successors ?? []);
  const members = lists.reduce((ids, list, id) => (list.length > 0 ? ids | only(id) : ids), 0);
  const { ring, reach } = ringOf(lists, members);
  return [...new Set(inOrder(ring).map((id) => (reach[id] ?? 0) & ring))];
}
