/**
 * The way of each message, read off a behaviour's pictures: when it was sent, and when and how its way ended. Two messages that
 * say the same are told apart by age alone: the one sent first arrives first.
 */
import { canonical, type Envelope, type Frame, type Move } from '../kernel/index.js';

/**
 * `cut`: lost when the network was cut. `gone`: out of the network for another reason, such as the crash of its sender.
 * `inFlight`: still on its way at the end. @public
 */
export type FlightEnd = 'delivered' | 'lost' | 'cut' | 'gone' | 'inFlight';

/** A message on its way: from when to when, and how that ended. @public */
export interface Flight {
  readonly envelope: Envelope;
  /** Moves before it was on its way; 0 from the start. */
  readonly sentAt: number;
  /** The move that ended it; the last one, when it is still on its way. */
  readonly endedAt: number;
  readonly end: FlightEnd;
  /** The move that made it, as a copy of one sent before. */
  readonly copiedAt?: number;
}

interface Open {
  readonly sentAt: number;
  readonly copiedAt?: number;
  /** Of a network that keeps what was sent: whether it has been heard. */
  heard?: boolean;
}

/** In the order in which they end. @internal */
export function flightsOf(frames: readonly Frame[]): readonly Flight[] {
  const flights: Flight[] = [];
  const open = new Map<string, { readonly envelope: Envelope; readonly queue: Open[] }>();
  const lane = (envelope: Envelope) => {
    const key = canonical(envelope);
    const known = open.get(key) ?? { envelope, queue: [] };
    open.set(key, known);
    return known;
  };
  const close = (envelope: Envelope, at: number, end: FlightEnd) => {
    const first = lane(envelope).queue.shift();
    if (first !== undefined) flights.push(flight(envelope, first, at, end));
  };
  let last = 0;
  for (const { step, move, picture } of frames) {
    last = step;
    const now = new Map<string, number>();
    for (const envelope of picture.inFlight as readonly Envelope[]) {
      lane(envelope);
      now.set(canonical(envelope), (now.get(canonical(envelope)) ?? 0) + 1);
    }
    if (move?.kind === 'deliver' || move?.kind === 'lose' || move?.kind === 'duplicate') {
      const { kind: _, ...envelope } = move;
      const { queue } = lane(envelope);
      const remains = now.get(canonical(envelope)) ?? 0;
      const [oldest] = queue;
      if (move.kind === 'duplicate') queue.push({ sentAt: oldest?.sentAt ?? step, copiedAt: step });
      else if (move.kind === 'lose') close(envelope, step, 'lost');
      else if (remains < queue.length || oldest === undefined) close(envelope, step, 'delivered');
      else {
        oldest.heard = true;
        flights.push(flight(envelope, oldest, step, 'delivered'));
      }
    }
    for (const [key, { envelope, queue }] of open) {
      const count = now.get(key) ?? 0;
      while (queue.length > count) close(envelope, step, endBy(move));
      while (queue.length < count) queue.push({ sentAt: step });
    }
  }
  for (const { envelope, queue } of open.values())
    for (const one of queue) if (one.heard !== true) flights.push(flight(envelope, one, last, 'inFlight'));
  return flights;
}

const flight = (envelope: Envelope, { sentAt, copiedAt }: Open, endedAt: number, end: FlightEnd): Flight => ({
  envelope,
  sentAt,
  endedAt,
  end,
  ...(copiedAt === undefined ? {} : { copiedAt }),
});

const endBy = (move: Move | undefined): FlightEnd => (move?.kind === 'partition' ? 'cut' : 'gone');
