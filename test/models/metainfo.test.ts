/** Torrent files from a web server: exact sizes, every claim, every seeded mistake, and the machines outside the toolkit. */
import { describe, expect, test } from 'vitest';
import { createActor } from 'xstate';
import { catalogue, type MetainfoMutant, metainfoMutants, readerOf, webServer } from '../../models/metainfo/index.js';
import { suite } from '../../properties/metainfo.js';
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

describe('every configuration is as expected', () => {
  const sizes: Readonly<Record<string, readonly [states: number, transitions: number]>> = {
    once: [44_280, 136_440],
    again: [57_840, 126_660],
  };
  test.each(Object.entries(suite.configurations))('%s', (name, { set }) =>
    expect(surprises(set)).toEqual([...(sizes[name] ?? []), []]),
  );
});

describe('mutants', () => {
  test.each(trials(suite).map((trial) => [trial.mutant.name, trial] as const))('%s', (_, trial) =>
    expect(told(judged(trial))).toEqual(written(trial)),
  );

  const rightOnes = new Map(
    Object.values<MetainfoMutant>(metainfoMutants).map(({ values }) => [JSON.stringify(values), values]),
  );
  test.each([...rightOnes])('nothing is wrong without the mutation: %s', (_, values) =>
    expect(surprises(values)[2]).toEqual([]),
  );

  test('each claim is broken by one of them', () => {
    const broken = new Set(Object.values<MetainfoMutant>(metainfoMutants).flatMap(({ kills }) => Object.keys(kills)));
    const claimed = suite
      .claims({ publishes: 1 })
      .filter(({ property: { kind } }) => kind !== 'sometimes')
      .map(({ property }) => String(property.name.split(':')[0]));
    expect(claimed.filter((word) => !broken.has(word))).toEqual([]);
  });
});

test('outside the toolkit a client reads what a server publishes', () => {
  const web = createActor(webServer, { input: { version: 'album' } }).start();
  const ann = createActor(readerOf(), { input: { server: 'web' } }).start();
  ann.on('send', ({ message }) => web.send({ ...message, from: 'ann' }));
  web.on('send', ({ message }) => ann.send({ ...message, from: 'web' }));
  ann.send({ type: 'fetch' });
  expect(ann.getSnapshot().context.outcome).toEqual({
    kind: 'taken',
    swarm: catalogue.album.swarm,
    paths: ['album/disc/one.ogg'],
    blocks: [[0, 100]],
  });
  web.send({ type: 'publish', version: 'climber' });
  ann.send({ type: 'fetch' });
  expect(ann.getSnapshot().context.outcome).toEqual({ kind: 'refused', fault: 'path-unsafe' });
  ann.stop();
  web.stop();
});
