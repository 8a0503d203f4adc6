/** The UDP tracker protocol: exact sizes, every claim, every seeded mistake, and the machines outside the toolkit. */
import { describe, expect, test } from 'vitest';
import { createActor, waitFor } from 'xstate';
import {
  connectionId,
  forger,
  type UdpMutant,
  udpClient,
  udpMutants,
  udpTrackerOf,
} from '../../models/tracker-udp/index.js';
import { suite } from '../../properties/tracker-udp.js';
import { expectedOf, type Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { judged, told, trials, written } from '../support/mutants.js';

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
    forge: [174_188, 592_172],
    scrape: [7066, 19_559],
  };
  const quick = Object.entries(suite.configurations).filter(([, one]) => one.quick);

  test.each(quick)('%s', (name, { set }) => expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]));
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );

  const rightOnes = new Map(Object.values<UdpMutant>(udpMutants).map(({ values }) => [JSON.stringify(values), values]));
  test.each([...rightOnes])('nothing is wrong without the mutation: %s', (_, values) =>
    expect(surprises(values)[2]).toEqual([]),
  );

  test('each claim is broken by one of them', () => {
    const broken = new Set(Object.values<UdpMutant>(udpMutants).flatMap(({ kills }) => Object.keys(kills)));
    const claimed = Object.values(suite.configurations)
      .flatMap(({ set }) => suite.claims(set))
      .filter(({ property: { kind } }) => kind !== 'sometimes')
      .map(({ property }) => String(property.name.split(':')[0]));
    expect([...new Set(claimed)].filter((word) => !broken.has(word))).toEqual([]);
  });
});

test('outside the toolkit a client gets into the table, and a forger does not put anybody there', async () => {
  const routes = { '10.0.0.1': 'ann', '10.0.0.9': 'eve' };
  const tracker = createActor(udpTrackerOf(), { input: { routes } }).start();
  const ann = createActor(udpClient, { input: { name: 'ann', tracker: 'tracker', address: '10.0.0.1' } });
  const eve = createActor(forger, { input: { tracker: 'tracker', address: '10.0.0.9' } });
  tracker.on('send', ({ to, message }) => {
    if (to === 'ann') ann.send({ ...message, from: 'tracker' });
    else eve.send({ ...message, from: 'tracker' });
  });
  ann.on('send', ({ message }) => setTimeout(() => tracker.send({ ...message, from: 'ann' }), 1));
  eve.on('send', ({ message }) => tracker.send({ ...message, from: 'eve' }));
  eve.start();
  eve.send({ type: 'connect' });
  expect(eve.getSnapshot().context.cid).toBe(connectionId('10.0.0.9', 0));
  eve.send({ type: 'forge', source: '10.0.0.1' });
  expect(tracker.getSnapshot().context.entries).toEqual([]);
  ann.start();
  await waitFor(ann, (snapshot) => snapshot.matches('resting'));
  expect(tracker.getSnapshot().context.entries).toEqual([{ at: '10.0.0.1', id: 'ann', seed: false }]);
  for (const actor of [ann, eve, tracker]) actor.stop();
});
