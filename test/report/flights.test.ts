/** The way of each message, against behaviours whose ways are plain to see. */
import { describe, expect, test } from 'vitest';
import type { Envelope, Frame, Move } from '../../src/kernel/index.js';
import { flightsOf } from '../../src/report/flights.js';

const a: Envelope = { from: 'ann', to: 'ben', message: { type: 'a' } };
const b: Envelope = { from: 'ben', to: 'ann', message: { type: 'b' } };

/** Frames by what is on its way, each with the move that led there. */
const film = (...shots: readonly (readonly [Move | undefined, ...(readonly Envelope[])])[]): readonly Frame[] =>
  shots.map(([move, ...inFlight], step) => ({
    step,
    ...(move === undefined ? {} : { move }),
    picture: { peers: [], inFlight },
  }));

const deliver = (envelope: Envelope): Move => ({ kind: 'deliver', ...envelope });
const tick: Move = { kind: 'timeout', peer: 'ann', timer: 'tick' };

describe('the way of a message', () => {
  test('sent, heard, answered, still on its way', () => {
    expect(flightsOf(film([undefined], [tick, a], [deliver(a), b]))).toEqual([
      { envelope: a, sentAt: 1, endedAt: 2, end: 'delivered' },
      { envelope: b, sentAt: 2, endedAt: 2, end: 'inFlight' },
    ]);
  });

  test('on its way from the start', () => {
    expect(flightsOf(film([undefined, a], [tick, a]))).toEqual([
      { envelope: a, sentAt: 0, endedAt: 1, end: 'inFlight' },
    ]);
  });

  test('of two that say the same the one sent first arrives first', () => {
    expect(flightsOf(film([undefined], [tick, a], [tick, a, a], [deliver(a), a], [{ kind: 'lose', ...a }]))).toEqual([
      { envelope: a, sentAt: 1, endedAt: 3, end: 'delivered' },
      { envelope: a, sentAt: 2, endedAt: 4, end: 'lost' },
    ]);
  });

  test('a copy knows when it was sent and when it was made', () => {
    expect(flightsOf(film([undefined, a], [{ kind: 'duplicate', ...a }, a, a], [deliver(a), a], [deliver(a)]))).toEqual(
      [
        { envelope: a, sentAt: 0, endedAt: 2, end: 'delivered' },
        { envelope: a, sentAt: 0, copiedAt: 1, endedAt: 3, end: 'delivered' },
      ],
    );
  });

  test('cut off by a partition, gone with a crash', () => {
    const partition: Move = { kind: 'partition', side: ['ann'] };
    const crash: Move = { kind: 'crash', peer: 'ben' };
    expect(
      flightsOf(film([undefined, a, b], [partition, b], [crash])).map(({ end, endedAt }) => [end, endedAt]),
    ).toEqual([
      ['cut', 1],
      ['gone', 2],
    ]);
  });

  test('in a network that keeps what was sent, every hearing is a way of its own, and none is left over', () => {
    expect(flightsOf(film([undefined, a], [deliver(a), a], [deliver(a), a]))).toEqual([
      { envelope: a, sentAt: 0, endedAt: 1, end: 'delivered' },
      { envelope: a, sentAt: 0, endedAt: 2, end: 'delivered' },
    ]);
  });
});
