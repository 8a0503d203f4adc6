/** What a replay reads like: every kind of change, drift, and the two endings. */
import { expect, test } from 'vitest';
import type { Picture } from '../../src/kernel/index.js';
import { type ReplayStory, renderReplay, renderReplayDocument } from '../../src/report/index.js';
import { data, retry } from './sample.js';

const pictures: readonly Picture[] = [
  {
    peers: [
      {
        name: 'alice',
        status: 'up',
        state: 'idle',
        context: { sent: 0, list: [1, 2], deep: { a: 1, b: 2 } },
        timers: ['retry'],
      },
      { name: 'bob', status: 'up', state: {}, context: { got: 0 } },
      { name: 'carol', status: 'absent' },
    ],
    inFlight: [{ from: 'alice', to: 'bob', message: { type: 'data', bit: 0 } }],
  },
  {
    peers: [
      {
        name: 'alice',
        status: 'up',
        state: 'waiting',
        context: { sent: 1, list: [2], deep: { a: 1, b: 3 } },
        timers: ['stop'],
      },
      { name: 'bob', status: 'up', state: {}, context: { got: 0 } },
      { name: 'carol', status: 'up', state: 'idle', context: { sent: 0 } },
    ],
    inFlight: [
      { from: 'alice', to: 'bob', message: { type: 'data', bit: 0 } },
      { from: 'alice', to: 'bob', message: { type: 'data', bit: 0 } },
    ],
  },
  {
    peers: [
      { name: 'alice', status: 'crashed' },
      { name: 'bob', status: 'up', state: {}, context: { got: 1, extra: 'x' } },
      { name: 'carol', status: 'up', state: 'idle', context: { sent: 0 } },
    ],
    inFlight: [{ from: 'alice', to: 'bob', message: { type: 'data', bit: 0 } }],
  },
];

const state = (at: number) => Int32Array.of(at);

const story: ReplayStory = {
  title: 'stop-and-wait/unordered packets=2',
  subject: { model: 'stop-and-wait', config: 'unordered', values: { packets: 2 } },
  property: 'bob never delivers twice',
  recorded: { verdict: 'violated', length: 3 },
  start: { label: 'start 1', state: state(0) },
  steps: [
    { move: retry, before: state(0), after: state(1) },
    { move: data(0), before: state(1), after: state(2) },
    { move: retry, before: state(2), after: state(2) },
  ],
  picture: ([at]) => pictures[at as number] as Picture,
  shownAt: 3,
  drift: [],
};

test('each step says what it changed, peer by peer', () => {
  expect(renderReplay(story)).toMatchInlineSnapshot(`
    "stop-and-wait/unordered packets=2: bob never delivers twice
      recorded: violated in 3 moves
         0. start 1
              alice: idle {"sent":0,"list":[1,2],"deep":{"a":1,"b":2}} timers retry
              bob: {"got":0}
              carol absent
              + alice -> bob {"type":"data","bit":0}
         1. alice: timer retry
              alice: idle -> waiting, sent 0 -> 1, list [1,2] -> [2], deep.b 2 -> 3, timer stop set, timer retry off
              carol: absent -> up, idle, sent 0
              + alice -> bob {"type":"data","bit":0}
         2. deliver alice -> bob {"type":"data","bit":0}
              alice: up -> crashed
              bob: got 0 -> 1, extra "x"
              - alice -> bob {"type":"data","bit":0}
         3. alice: timer retry
              nothing changed
      VIOLATED here: bob never delivers twice
      reproduced: violated after 3 moves"
  `);
});

test('drift is told before its step, and what is not reproduced is said to be so', () => {
  const drifted: ReplayStory = {
    ...story,
    steps: story.steps.slice(0, 1),
    shownAt: undefined,
    drift: [
      { step: 1, text: 'step 1 was choice 3, is now choice 0' },
      { step: 2, text: 'step 2 was heal, is now no move at all' },
    ],
  };
  expect(renderReplay(drifted).split('\n').slice(6)).toMatchInlineSnapshot(`
    [
      "          + alice -> bob {"type":"data","bit":0}",
      "  drift: step 1 was choice 3, is now choice 0",
      "     1. alice: timer retry",
      "          alice: idle -> waiting, sent 0 -> 1, list [1,2] -> [2], deep.b 2 -> 3, timer stop set, timer retry off",
      "          carol: absent -> up, idle, sent 0",
      "          + alice -> bob {"type":"data","bit":0}",
      "  drift: step 2 was heal, is now no move at all",
      "  NOT REPRODUCED: this behaviour does not show that the property is violated",
    ]
  `);
});

test('a start that is gone leaves no steps', () => {
  const text = renderReplay({
    ...story,
    start: undefined,
    steps: [],
    shownAt: undefined,
    drift: [{ step: 0, text: 'gone' }],
  });
  expect(text).toContain('drift: gone');
  expect(text).toContain('NOT REPRODUCED');
});

test('the document says the same', () => {
  const document = JSON.parse(renderReplayDocument({ ...story, shownAt: 2 }));
  expect(document).toMatchObject({
    schemaVersion: 1,
    model: 'stop-and-wait',
    recorded: { verdict: 'violated', length: 3 },
    reproduced: true,
    shownAt: 2,
    drift: [],
  });
  expect(document.steps[2]).toEqual({ move: 'alice: timer retry', changes: [] });
  expect(document.steps[1].changes).toContain('alice: up -> crashed');
});
