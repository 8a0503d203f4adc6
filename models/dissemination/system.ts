/** One seed, N leechers and k pieces in synchronous rounds: every schedule, up to those that differ by names alone. */
import {
  ChurnproofError,
  type Offer,
  type Peers,
  peer,
  type System,
  system,
  type World,
} from '../../src/kernel/index.js';
import { type ClockContext, type ClockInput, clock } from './clock.js';
import { type MemberContext, type MemberInput, member, type SendPiece, unused } from './member.js';
import type { Way } from './optimum.js';

/** @public */
export interface DisseminationOptions {
  /** Leechers, at first with nothing. */
  readonly n: number;
  /** Pieces, all of which the seed has. */
  readonly k: number;
  /** Rounds after which it ends. */
  readonly rounds: number;
  readonly way: Way;
  /** Whether schedules that differ only by the names of members and pieces are looked at once. */
  readonly cut: boolean;
  /** A way to get it wrong: what a member may send, beyond what it held when the round began. */
  readonly variation?: Variation;
}

/** @public */
export interface Variation {
  /** What a member can send now. */
  readonly sendable?: (member: MemberContext) => number;
  /** Whether it can receive now. */
  readonly canReceive?: (member: MemberContext) => boolean;
  /** Whether a member can send in this round. */
  readonly canSend?: (place: number, clock: ClockContext) => boolean;
}

/** @public */
export const seed = 'seed';
const nameOf = (place: number): string => (place === 0 ? seed : `p${place}`);

/** The seed first. @public */
export const membersOf = (world: World): readonly MemberContext[] =>
  world.names.flatMap((name) => (name === 'clock' ? [] : [world.peers[name] as MemberContext]));

/** @public */
export const clockOf = (world: World): ClockContext => world.peers.clock as ClockContext;

/** @public */
export function dissemination(options: DisseminationOptions): System {
  checkOptions(options);
  const { n, k, rounds, way, cut, variation = {} } = options;
  const members = Array.from({ length: n + 1 }, (_, place) => nameOf(place));
  const all = (1 << k) - 1;
  const input = (place: number): MemberInput => ({
    place,
    held: place === 0 ? all : 0,
    duplex: way === 'half-duplex' ? 'half' : 'full',
  });
  return system<Peers>({
    name: `dissemination n=${n} k=${k} ${way}`,
    network: 'synchronous',
    peers: {
      ...Object.fromEntries(members.map((name, place) => [name, peer(member, input(place))])),
      clock: peer(clock, { members } satisfies ClockInput),
    },
    operations: [
      {
        name: 'send',
        peers: way === 'server' ? [seed] : members,
        offer: (world, self) => sendings(world, members.indexOf(self), { k, cut, variation }),
      },
      {
        name: 'tick',
        peers: ['clock'],
        offer: (world) => (clockOf(world).round < rounds ? [{ event: { type: 'tick' } }] : []),
      },
    ],
  });
}

interface Rules extends Pick<DisseminationOptions, 'k' | 'cut'> {
  readonly variation: Variation;
}

/** What this member may send to whom. Nobody sends what the other has. */
function sendings(world: World, place: number, { k, cut, variation }: Rules): readonly Offer[] {
  const {
    sendable = ({ held }) => held,
    canReceive = ({ got }) => got === unused,
    canSend = (at, { next }) => at >= next,
  } = variation;
  if (!canSend(place, clockOf(world))) return [];
  const members = membersOf(world);
  const me = members[place] as MemberContext;
  if (me.duplex === 'half' && me.got !== unused) return [];
  const receivers = members.filter((one) => one.place > 0 && one.place !== place && canReceive(one));
  const offers = receivers
    .filter((one) => !cut || isFirstOfItsKind(one, receivers, place))
    .flatMap((one) =>
      piecesIn(sendable(me) & ~one.held, k)
        .filter((piece) => !cut || isFirstPieceOfItsKind(piece, members))
        .map((piece): SendPiece => ({ type: 'send', piece, to: nameOf(one.place) })),
    );
  return offers.map((event) => ({ args: { piece: event.piece, to: event.to }, event }));
}

const piecesIn = (set: number, k: number): readonly number[] =>
  Array.from({ length: k }, (_, piece) => piece).filter((piece) => ((set >> piece) & 1) === 1);

/**
 * Two receivers that hold the same, got the same and stand on the same side of the sender can change names without anything
 * becoming different: it is enough to send to the first of them.
 */
const isFirstOfItsKind = (one: MemberContext, receivers: readonly MemberContext[], sender: number): boolean =>
  !receivers.some(
    (other) =>
      other.place < one.place &&
      other.held === one.held &&
      other.got === one.got &&
      other.place > sender === one.place > sender,
  );

/** The same of two pieces that nobody tells apart: whoever holds one holds the other, and nobody got either in this round. */
function isFirstPieceOfItsKind(piece: number, members: readonly MemberContext[]): boolean {
  const isTold = (a: number, b: number) =>
    members.some(({ held, got }) => ((held >> a) & 1) !== ((held >> b) & 1) || got === a || got === b);
  return Array.from({ length: piece }, (_, other) => other).every((other) => isTold(piece, other));
}

function checkOptions({ n, k, rounds }: DisseminationOptions): void {
  if (n >= 1 && n <= 8 && k >= 1 && k <= 8 && rounds >= 1 && rounds <= 64) return;
  throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `${n} leechers, ${k} pieces, ${rounds} rounds`, {
    expected: '1 to 8 leechers, 1 to 8 pieces, 1 to 64 rounds',
  });
}
