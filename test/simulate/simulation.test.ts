/** The simulator's promises: any naturals are a behaviour and the same one each time; what it finds, the packed model shows too. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { suite as stopAndWait } from '../../properties/stop-and-wait.js';
import {
  always,
  alwaysStep,
  canonical,
  derive,
  derivePeer,
  type From,
  never,
  type Property,
  peer,
  type Report,
  type Send,
  sometimes,
  system,
  whenQuiet,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { fuzz } from '../../src/run/fuzz.js';
import { select } from '../../src/run/suite.js';
import { Simulation, Watching } from '../../src/simulate/index.js';
import { compose } from '../../src/system/index.js';
import { replay } from '../../src/trace/index.js';
import { randomVillage } from '../support/gossip.js';
import { chance } from '../support/random.js';

const runs = { seed: 1, runs: 20, moves: 400, simulate: true };
const { system: unordered } = select(stopAndWait, 'unordered', {}, () => []);

test('every list of naturals is a legal behaviour, and the same one each time', () => {
  const play = (naturals: readonly number[], simulation: Simulation) => {
    simulation.begin(0);
    const taken = naturals.map((natural) => (simulation.take(natural) ? canonical(simulation.latest()) : 'none'));
    return [...taken, canonical(simulation.picture())];
  };
  const village = randomVillage('a village', chance(5));
  const used = new Simulation(village);
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 60 }), (naturals) => {
      expect(play(naturals, used)).toEqual(play(naturals, new Simulation(village)));
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('what is made again by its meaning comes out the same', () => {
  for (let seed = 0; seed < 30; seed++) {
    const simulation = new Simulation(randomVillage('a village', chance(seed)));
    const dice = chance(seed);
    simulation.begin(0);
    const taken = [];
    while (taken.length < 80 && simulation.take(dice.below(2 ** 31))) taken.push(simulation.latest());
    const picture = simulation.picture();
    simulation.begin(0);
    for (const one of taken) expect(simulation.perform(one)).toBe(true);
    expect(simulation.picture()).toEqual(picture);
  }
});

test('what is found is shrunk, proved and shown again by the packed model', async () => {
  const claims = stopAndWait.claims({ ...select(stopAndWait, 'unordered', {}, () => []).values });
  const properties = claims.map(({ property }) => property);
  const report = await fuzz(unordered, properties, runs);
  expect(report).toEqual(await fuzz(unordered, properties, runs));
  expect(report.coverage).toMatchObject({ kind: 'sampled', states: 0, runs: 20, simulated: { notCompiled: [] } });
  const model = compose(unordered);
  let found = 0;
  for (const [i, { trace, verdict, shrunk }] of report.findings.entries()) {
    if (trace === undefined) continue;
    found++;
    expect(replay(model, properties[i]!, trace)).toMatchObject({ verdict, shownAt: trace.moves.length, drift: [] });
    expect(shrunk).toMatchObject({ to: trace.moves.length, minimal: { proved: true, scope: 'system' } });
    if (claims[i]?.length !== undefined) expect(trace.moves.length).toBe(claims[i].length);
  }
  expect(found).toBe(6);
});

type Token = { readonly type: 'token' };
const member = setup({
  types: {
    context: {} as { readonly next: string; readonly holds: boolean; readonly turns: number },
    input: {} as { readonly next: string; readonly holds: boolean },
    events: {} as From<Token> | { readonly type: 'pass' },
    emitted: {} as Send<Token>,
  },
  guards: { holds: ({ context }) => context.holds },
}).createMachine({
  context: ({ input }) => ({ ...input, turns: 0 }),
  on: {
    token: { actions: assign({ holds: true, turns: ({ context }) => context.turns + 1 }) },
    pass: {
      guard: 'holds',
      actions: [
        assign({ holds: false }),
        emit(({ context }) => ({ type: 'send', to: context.next, message: { type: 'token' } })),
      ],
    },
  },
});
const ring = system({
  name: 'token ring',
  peers: {
    ann: peer(member, { next: 'ben', holds: true }),
    ben: peer(member, { next: 'cid', holds: false }),
    cid: peer(member, { next: 'ann', holds: false }),
  },
  network: 'fifo',
  capacity: 2,
  faults: { duplicate: 1 },
  operations: [{ name: 'pass' }],
});

test('every kind of property that a step or a state decides', async () => {
  const turns = derivePeer(({ turns }: { readonly turns: number }) => turns);
  const holders = derive((w) => w.names.filter((name) => (w.peers[name] as { readonly holds: boolean }).holds).length);
  const properties = [
    always('at most one member holds the token', (w) => holders(w) <= 1),
    never('two tokens are on their way', (w) => w.inFlight().length > 1),
    alwaysStep('turns never go back', (a, b) => a.names.every((name) => turns(b, name)! >= turns(a, name)!)),
    alwaysStep('nobody has a second turn', (a, b) =>
      b.names.every((name) => turns(b, name)! < 2 || turns(a, name)! > 1),
    ),
    sometimes('cid has had three turns', (w) => turns(w, 'cid') === 3),
    whenQuiet('the token is held when nothing is on its way', (w) => holders(w) > 0),
    whenQuiet('cid never rests with the token', (w) => !w.peers.cid.holds),
  ] as unknown as readonly Property[];
  const report = await fuzz(ring as never, properties, runs);
  const searched = check(ring as never, properties, { maxStates: 20_000 });
  const told = ({ findings }: Report) => findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);
  expect(told(report)).toEqual(told(searched));
  expect(report.findings.map(({ verdict }) => verdict)).toEqual([
    'violated',
    'violated',
    'undecided',
    'violated',
    'witnessed',
    'undecided',
    'violated',
  ]);
});

test('a property that throws or answers neither yes nor no is the author’s mistake', async () => {
  const only = (property: unknown) => fuzz(ring as never, [property as Property], runs);
  await expect(only(always('broken', () => undefined as never))).rejects.toMatchObject({
    code: 'PROPERTY_NOT_BOOLEAN',
  });
  const throws = always('broken', () => {
    throw new Error('oh');
  });
  await expect(only(throws)).rejects.toMatchObject({ code: 'PROPERTY_THREW' });
});

test('a machine that goes by something outside, or changes its context in place, is still noticed', async () => {
  let outside = 0;
  const machine = (count: (context: { n: number[] }) => number[]) =>
    setup({ types: { context: {} as { n: number[] }, events: {} as { type: 'tick' } } }).createMachine({
      context: { n: [0] },
      on: { tick: { actions: assign({ n: ({ context }) => count(context) }) } },
    });
  const of = (count: (context: { n: number[] }) => number[]) =>
    system({ name: 'fickle', peers: { one: peer(machine(count)) }, operations: [{ name: 'tick' }] });
  const holds = [always('nothing', () => true)] as never;
  await expect(fuzz(of(() => [outside++]) as never, holds, runs)).rejects.toMatchObject({
    code: 'MACHINE_NOT_DETERMINISTIC',
  });
  const inPlace = ({ n }: { n: number[] }) => {
    n.push(1);
    return n;
  };
  await expect(fuzz(of(inPlace) as never, holds, runs)).rejects.toMatchObject({ code: 'MACHINE_THREW' });
});

test('a remembered answer is the one that a fresh look gives', () => {
  const heard = derivePeer(({ heard: n }: { readonly heard: number }) => n % 2);
  const odd = derive((w) => w.names.filter((name) => heard(w, name) === 1).length);
  const looks = [
    (w: never) => heard(w, 'ann') === 1,
    (w: never) => odd(w) === 1,
    (w: { isUp(name: string): boolean }) => w.isUp('ben'),
    (w: { inFlight(to: string): readonly unknown[] }) => w.inFlight('ann').length > 1,
    (w: { partition(): unknown }) => w.partition() !== undefined,
    (w: { peers: { ben?: { lives: number } } }) => (w.peers.ben?.lives ?? 0) > 1,
    (w: { timers(name: string): readonly string[] }) => w.timers('ann').length > 1,
  ];
  let changes = 0;
  for (let seed = 0; seed < 40; seed++) {
    const village = randomVillage('a village', chance(seed));
    const simulation = new Simulation(village);
    // Properties of which none is ever decided, and that tell what they were last known to answer.
    const known: boolean[] = [];
    const properties = looks.map((look, i) =>
      always(`look ${i}`, (w) => {
        known[i] = look(w as never);
        return true;
      }),
    );
    const stepped = looks.map((look, i) =>
      alwaysStep(`step ${i}`, (a, b) => {
        known[looks.length + i] = look(a as never) === look(b as never);
        return true;
      }),
    );
    const watching = new Watching(simulation, [...properties, ...stepped] as never);
    const dice = chance(seed);
    simulation.begin(0);
    watching.begin(() => {});
    let before = looks.map((look) => look(simulation.after as never));
    for (let i = 0; i < 150 && simulation.take(dice.below(2 ** 31)); i++) {
      watching.atStep(() => {});
      watching.atState(() => {});
      const fresh = looks.map((look) => look(simulation.after as never));
      const steps = fresh.map((answer, l) => answer === before[l]);
      expect(known).toEqual([...fresh, ...steps]);
      changes += steps.filter((same) => !same).length;
      before = fresh;
    }
  }
  expect(changes).toBeGreaterThan(500);
});
