/** What the space-time diagram makes of states: who was up when, when the network was cut, when properties flip. */
import { describe, expect, test } from 'vitest';
import type { Playback } from '../../src/report/index.js';
import { flipsOf, runsOf } from '../../web/behaviour.js';
import { cutsOf, stretchesOf } from '../../web/space-time-layout.js';

type Parts = { readonly sides?: readonly (readonly string[] | undefined)[]; readonly statuses?: readonly string[] };

const playback = ({ sides = [], statuses = [] }: Parts): Playback => {
  const frames = Array.from({ length: Math.max(sides.length, statuses.length) }, (_, step) => ({
    peers: [step],
    inFlight: [],
    ...(sides[step] === undefined ? {} : { partition: sides[step] }),
  }));
  return { frames, locals: statuses.map((status) => ({ status, fields: {} })) } as unknown as Playback;
};

describe('cutsOf', () => {
  test('a cut ends where it heals, and does not go on after that', () => {
    const sides = [undefined, ['a'], ['a'], undefined, undefined, undefined];
    expect(cutsOf(playback({ sides }))).toEqual([{ side: ['a'], from: 1, to: 3 }]);
  });

  test('one after another, and one without an end', () => {
    const sides = [['a'], ['b', 'c'], undefined, ['a'], ['a']];
    expect(cutsOf(playback({ sides }))).toEqual([
      { side: ['a'], from: 0, to: 1 },
      { side: ['b', 'c'], from: 1, to: 2 },
      { side: ['a'], from: 3, to: 4 },
    ]);
  });
});

test('a peer is absent, up, down and up again', () => {
  const statuses = ['absent', 'up', 'up', 'crashed', 'up'];
  expect(stretchesOf(playback({ statuses }), 0)).toEqual([
    { status: 'absent', from: 0, to: 1 },
    { status: 'up', from: 1, to: 3 },
    { status: 'crashed', from: 3, to: 4 },
    { status: 'up', from: 4, to: 4 },
  ]);
});

describe('lanes', () => {
  const lane = (values: string) => ({ property: 'p', kind: 'always', role: 'holds', values }) as const;

  test('flip where they say something else than they last said, whatever was not asked between', () => {
    expect(flipsOf(lane('1101'))).toEqual([2, 3]);
    expect(flipsOf(lane('-11-1'))).toEqual([]);
    expect(flipsOf(lane('1--0-1'))).toEqual([3, 5]);
  });

  test('are runs of one value', () => {
    expect(runsOf(lane('1100-'))).toEqual([
      { value: '1', from: 0, to: 2 },
      { value: '0', from: 2, to: 4 },
      { value: '-', from: 4, to: 5 },
    ]);
  });
});
