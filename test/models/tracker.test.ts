/** The tracker and its clients: the table by hand, every configuration and every seeded bug, and the machines outside the toolkit. */
import { describe, expect, test } from 'vitest';
import { createActor, waitFor } from 'xstate';
import {
  type Announce,
  announced,
  announcer,
  combinations,
  emptyTable,
  listsFor,
  soundRules,
  type TrackerContext,
  type TrackerMutant,
  trackerChart,
  trackerMutants,
  trackerOf,
} from '../../models/tracker/index.js';
import { suite } from '../../properties/tracker.js';
import { expectedOf, framesOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { judged, told, trials, written } from '../support/mutants.js';

const policy = { keyPolicy: 'endpoint', seedsToSeeds: false, remembers: false } as const;

describe('the table', () => {
  const rules = soundRules(policy);
  const said = (event: Announce['event'], left: 0 | 1 = 1): Announce => ({
    type: 'announce',
    event,
    id: 'a0',
    key: 'a0',
    port: 6881,
    left,
    numwant: 50,
  });
  const tableAfter = (...announces: readonly Announce[]) =>
    announces.reduce((table, one) => announced(rules, table, one, 'n:6881', false), emptyTable);

  test('a completion is counted when it is announced, once', () => {
    expect(tableAfter(said('started'), said('completed', 0), said('completed', 0)).downloaded).toBe(1);
    expect(tableAfter(said('started', 0), said('none', 0)).downloaded).toBe(0);
    expect(tableAfter(said('started'), said('completed', 1)).downloaded).toBe(0);
  });
  test('who has lost data is a leecher again', () =>
    expect(tableAfter(said('started', 0), said('none', 1)).entries).toMatchObject([{ seed: false }]));
  test('a plain update is enough to come into the table', () =>
    expect(tableAfter(said('none')).entries).toMatchObject([{ at: 'n:6881', age: 0 }]));
  test('who stops is gone, and one who was not there does no harm', () => {
    expect(tableAfter(said('started'), said('stopped')).entries).toEqual([]);
    expect(tableAfter(said('stopped'))).toEqual(emptyTable);
  });
  test('a second sweep without a word puts an entry out', () => {
    const { entries } = tableAfter(said('started'));
    expect(rules.swept(entries)).toMatchObject([{ age: 1 }]);
    expect(rules.swept(rules.swept(entries))).toEqual([]);
  });
  test.each([0, -1, 65_536, 1.5, Number.NaN])('port %s is not one', (port) =>
    expect(rules.admits({ ...said('started'), port }, undefined)).toBe(false),
  );
  test('every choice of two of four', () =>
    expect([...combinations([1, 2, 3, 4], 2)]).toEqual([
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
      [3, 4],
    ]));
});

/** What was found where a claim says otherwise, and the size of the search. */
function surprises(values: Values): readonly [states: number, transitions: number, surprises: readonly unknown[]] {
  const claims = suite.claims(values);
  const { coverage, findings } = check(
    suite.system(values),
    claims.map(({ property }) => property),
  );
  expect(coverage.kind).toBe('exhaustive');
  const wrong = findings.filter(({ verdict }, at) => verdict !== expectedOf(claims[at] as (typeof claims)[number]));
  return [coverage.states, coverage.transitions, wrong.map(({ property, verdict }) => [property, verdict])];
}

describe('every quick configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, transitions: number]>> = {
    loss: [204_174, 740_643],
    chance: [42_151, 141_472],
    finish: [81_553, 332_694],
    stop: [21_741, 76_609],
    recount: [1549, 4665],
    remember: [1354, 4127],
    identity: [11_390, 31_026],
    ports: [20_447, 54_544],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]));

  test('each has its size here', () => expect(quick.map(([name]) => name)).toEqual(Object.keys(sizes)));
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );

  const rightOnes = new Map(
    Object.values<TrackerMutant>(trackerMutants).map(({ values }) => [JSON.stringify(values), values]),
  );
  test.each([...rightOnes])('nothing is wrong without the mutation: %s', (_, values) =>
    expect(surprises(values)[2]).toEqual([]),
  );

  test('each claim is broken by one of them', () => {
    const broken = new Set(Object.values<TrackerMutant>(trackerMutants).flatMap(({ kills }) => Object.keys(kills)));
    const claimed = Object.values(suite.configurations)
      .flatMap(({ set }) => suite.claims(set))
      .filter(({ property: { kind }, expect: expected }) => kind !== 'sometimes' && expected === undefined)
      .map(({ property }) => String(property.name.split(':')[0]));
    // Clients are alike.
    expect([...new Set(claimed)].filter((word) => !broken.has(word.replace(/ (ben|cid|dan)$/, ' ann')))).toEqual([]);
  });
});

test('the picture tells the table and what each client is at, where something has changed', () => {
  const { set } = suite.configurations.recount as { readonly set: Values };
  const system = suite.system(set);
  const claims = suite.claims(set);
  const { findings } = check(
    system,
    claims.map(({ property }) => property),
  );
  const { trace } = findings.find(({ property }) => property.startsWith('CountedOnce')) ?? {};
  if (trace === undefined) return expect.fail('nothing was found');
  expect(trackerChart(framesOf(compose(system), trace)).slice(1)).toEqual([
    '      tracker         ann',
    '  0.  []              starting - {}',
    '  1.  [a:1]           starting - {}',
    '  2.  [a:1]           resting - {}',
    '  3.  [a:1]           completing * {}',
    '  5.  [a:1*] 1 done   completing * {}',
    '  6.  [a:1*?] 1 done  completing * {}',
    '  7.  [a:1*?] 1 done  stopping * {}',
    '  8.  [] 1 done       stopping * {}',
    '  9.  [a:1*] 2 done   stopping * {}',
  ]);
});

test('outside the toolkit a tracker tells two announcers of each other, in real time', async () => {
  const tracker = createActor(trackerOf(policy), { input: { sweep: 80 } });
  const clock = { interval: 20, patience: 20, doublings: 1 };
  const input = { tracker: 'tracker', ...clock };
  const clients = {
    ann: createActor(announcer, { input: { name: 'ann', port: 6881, seed: true, ...input } }),
    ben: createActor(announcer, { input: { name: 'ben', port: 6882, ...input } }),
  };
  let heard = 0;
  tracker.on('send', ({ to, message }) => {
    const client = clients[to as keyof typeof clients];
    setTimeout(() => {
      if (client.getSnapshot().status === 'active') client.send({ ...message, from: 'tracker' });
    }, 1);
  });
  for (const [name, client] of Object.entries(clients))
    client.on('send', ({ message }) => {
      // The first announce is lost on the way.
      if (heard++ > 0) setTimeout(() => tracker.send({ ...message, from: name }), 1);
    });
  tracker.start();
  for (const client of Object.values(clients)) client.start();
  await waitFor(clients.ann, ({ context }) => context.known.includes('ben:6882'));
  await waitFor(clients.ben, ({ context }) => context.known.includes('ann:6881'));

  clients.ben.send({ type: 'finish' });
  await waitFor(tracker, ({ context }) => context.downloaded === 1);
  await waitFor(tracker, ({ context: { entries } }) => entries.length === 2 && entries.every(({ seed }) => seed));

  // One crashes and is forgotten in time, one says that it stops.
  clients.ann.stop();
  await waitFor(tracker, ({ context }) => context.entries.length === 1);
  clients.ben.send({ type: 'stop' });
  await waitFor(tracker, ({ context }) => context.entries.length === 0);
  tracker.stop();
  clients.ben.stop();
});

test('where there are more than may be handed out, somebody outside draws the list', () => {
  const tracker = createActor(trackerOf(policy), { input: { cap: 1 } }).start();
  const replies: unknown[] = [];
  tracker.on('send', ({ to, message }) => replies.push([to, message.type === 'reply' && message.peers]));
  const started = { type: 'announce', event: 'started', left: 1, numwant: 50 } as const;
  for (const [at, from] of ['ann', 'ben', 'cid'].entries())
    tracker.send({ ...started, from, id: from, key: from, port: at + 1 });
  expect(replies).toEqual([
    ['ann', []],
    ['ben', ['ann:1']],
  ]);
  const context = tracker.getSnapshot().context as TrackerContext;
  const [{ to, event, asker, size } = expect.fail('nothing is pending')] = context.pending;
  const lists = [...listsFor(soundRules(policy), context, size, asker)];
  expect(lists).toEqual([['ann:1'], ['ben:2']]);
  tracker.send({ type: 'answer', to, event, peers: lists[1] ?? [] });
  expect(replies[2]).toEqual(['cid', ['ben:2']]);
  tracker.stop();
});
