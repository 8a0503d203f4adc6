/** Rotation: as many states as there are when all turns count as one, the verdicts of the full search, real traces, refusals. */
import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { type ChordPeers, chordOriginal, chordZave, type ZaveContext } from '../../models/chord/index.js';
import { suites as chord } from '../../properties/chord.js';
import {
  always,
  alwaysStep,
  eventually,
  Moves,
  type Property,
  peer,
  type Report,
  type Suite,
  type System,
  sometimes,
  system,
  type Values,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { replay } from '../../src/trace/index.js';
import { trials } from '../support/mutants.js';
import { refusal } from '../support/peers.js';

const reduce = { reduce: ['rotation'] } as const;
const isDecidable = ({ kind }: Property) =>
  kind === 'always' || kind === 'sometimes' || kind === 'whenQuiet' || kind === 'alwaysStep';
const suiteOf = (model: string) => chord.find((suite) => suite.model === model) as Suite;
const claimed = (suite: Suite, values: Values) =>
  suite
    .claims(values)
    .map(({ property }) => property as Property)
    .filter(isDecidable);

/** Every state of a system as text, found without the search of the project. */
function picturesOf(made: System) {
  const model = compose(made);
  const seen = new Map(model.starts.map(({ state }) => [state.join(), state]));
  const moves = new Moves();
  // Entries that are added meanwhile are visited too.
  for (const [, state] of seen) {
    model.expand(state, moves);
    for (let i = 0; i < moves.count; i++) {
      const next = state.slice();
      moves.apply(i, next);
      if (!seen.has(next.join())) seen.set(next.join(), next);
    }
  }
  return [...seen.values()].map((state) => model.picture(state));
}

/** The least of all turns, written without the machinery of the reduction: identifiers are numbers, but for `n`. */
function leastTurn({ peers }: ReturnType<typeof picturesOf>[number]): string {
  const n = peers.length;
  const on = (data: unknown, by: number): unknown => {
    if (typeof data === 'number') return (data + by) % n;
    return Array.isArray(data) ? data.map((part) => on(part, by)) : data;
  };
  const plain = peers.map(({ name, status, state, context = {} }) => {
    const fields = Object.entries(context as object).filter(([key]) => key !== 'n');
    return { id: Number(name), standing: [status, state ?? null], fields: fields.sort(([a], [b]) => (a < b ? -1 : 1)) };
  });
  const turns = Array.from({ length: n }, (_, by) => {
    const turned = plain.map(({ id, standing, fields }) => [on(id, by), standing, on(fields, by)] as const);
    return JSON.stringify(turned.sort(([a], [b]) => Number(a) - Number(b)));
  });
  return turns.sort()[0] as string;
}

const shapes: readonly (readonly [string, () => System])[] = [
  ['corrected, 4', () => chordZave({ n: 4, r: 2, rejoin: false })],
  ['corrected, 5', () => chordZave({ n: 5, r: 2, rejoin: false })],
  ['corrected, 4, names used again', () => chordZave({ n: 4, r: 2, rejoin: true })],
  ['corrected, 5, lists of one', () => chordZave({ n: 5, r: 1, rejoin: false })],
  ['patient, 4', () => chordZave({ n: 4, r: 2, rejoin: false, patient: true })],
  ['original, 3', () => chordOriginal({ n: 3, rejoin: true, split: false, jfix: true, sfix: true })],
  ['original, 4', () => chordOriginal({ n: 4, rejoin: false, split: false, jfix: true, sfix: true })],
] as never;

test.each(shapes)('as many states as there are orbits: %s', (_, make) => {
  const pictures = picturesOf(make());
  const orbits = new Set(pictures.map(leastTurn)).size;
  const { coverage } = check(make(), [], reduce);
  expect(coverage).toMatchObject({ kind: 'exhaustive', states: orbits });
  expect(orbits).toBeLessThan(pictures.length / 2);
});

const lengths = ({ findings }: Report) => findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);

/** The full search and the reduced one agree, and each trace of the reduced one is a behaviour of the system itself. */
function same(make: () => System, properties: readonly Property[], full = check(make(), properties as never)) {
  const less = check(make(), properties as never, reduce);
  expect(lengths(less), full.model).toEqual(lengths(full));
  for (const [i, { trace, verdict }] of less.findings.entries()) {
    if (trace === undefined) continue;
    const again = replay(compose(make()), properties[i] as Property, trace);
    expect([again.verdict, again.shownAt, again.drift.filter(({ kind }) => kind !== 're-anchored')]).toEqual([
      verdict,
      trace.moves.length,
      [],
    ]);
  }
}

test.each([
  ['chord-zave', { n: 5, r: 2, rejoin: false, patient: false }],
  ['chord-zave', { n: 4, r: 2, rejoin: true, patient: false }],
  ['chord-zave', { n: 5, r: 3, rejoin: false, patient: true }],
  ['chord-orig', { n: 4, rejoin: false, split: false, jfix: true, sfix: true }],
  ['chord-orig', { n: 3, rejoin: true, split: false, jfix: false, sfix: true }],
])('%s has the verdicts and the lengths of the full search, of states and of steps: %o', (model, values) => {
  const suite = suiteOf(model);
  const properties = claimed(suite, values);
  expect(new Set(properties.map(({ kind }) => kind))).toContain('alwaysStep');
  same(() => suite.system(values), properties);
});

/** Seeded bugs whose mistake it is that the place where numbers begin anew is special. */
const knowsZero = ['S9'];

/** Twenty thousand states and more, each of which would be searched twice. */
const tooLarge = ['S1', 'S5', 'S6', 'S7', 'S8', 'R1-patient', 'R4-patient', 'E5', 'X1'];

test('the seeded bugs of the corrected Chord fall alike', () => {
  let fell = 0;
  for (const { mutant } of trials(suiteOf('chord-zave'))) {
    if (tooLarge.includes(mutant.name)) continue;
    const make = () => mutant.system() as System;
    const properties = claimed(suiteOf('chord-zave'), mutant.values as Values);
    if (knowsZero.includes(mutant.name)) {
      expect(refused(properties, make()).message).toMatch(/have different moves/);
      continue;
    }
    const full = check(make(), properties as never, { maxStates: 20_000 });
    expect(full.coverage.kind, mutant.name).toBe('exhaustive');
    same(make, properties, full);
    fell += Object.keys(mutant.kills).filter((name) => properties.some((one) => one.name.startsWith(name))).length;
  }
  expect(fell).toBe(14);
});

const zave = () => chordZave({ n: 4, r: 2, rejoin: false });

const refused = (properties: readonly unknown[], made: unknown = zave()) =>
  refusal(() => check(made as System, properties as never, reduce));

test.each([
  ['a state', always('nobody fails at 1', (w) => w.isUp('1') || !w.isUp('0'))],
  ['a witness', sometimes('2 is there and 3 is not', (w) => w.isUp('2') && !w.isUp('3'))],
  ['a step', alwaysStep('0 stays', (before, after) => !before.isUp('0') || after.isUp('0'))],
])('a property of %s that names a place is refused', (_, property) => {
  expect(refused([property])).toMatchObject({
    code: 'SEARCH_UNSOUND',
    message: /answers otherwise when the circle is turned/,
  });
});

test('properties of behaviours are left undecided', () => {
  const { findings } = check(zave(), [eventually('comes', () => true, {})] as never, reduce);
  expect(findings).toEqual([
    expect.objectContaining({ verdict: 'undecided', why: expect.stringMatching(/reduction/) }),
  ]);
});

test('systems without a circle, messages on their way, and other reductions beside it are refused', () => {
  const { circle, ...flat } = zave();
  expect(refused([], flat)).toMatchObject({ code: 'SEARCH_UNSOUND', message: /no circle/ });
  const posted = { ...zave(), network: 'unordered', capacity: 1 };
  expect(refused([], posted)).toMatchObject({ code: 'SEARCH_UNSOUND', message: /on their way/ });
  const both = refusal(() => check(zave(), [], { reduce: ['rotation', 'symmetry'] }));
  expect(both).toMatchObject({ code: 'SEARCH_UNSOUND', expected: 'rotation alone' });
});

test('a rule that knows a place is found out', () => {
  const made = zave();
  const { crash } = made.churn ?? {};
  type World = Parameters<NonNullable<NonNullable<typeof crash>['when']>>[0];
  const spared = {
    ...made,
    churn: {
      ...made.churn,
      crash: { ...crash, when: (w: World, self: string) => self !== '3' && crash?.when?.(w, self) },
    },
  };
  expect(refused([], spared)).toMatchObject({ code: 'SEARCH_UNSOUND', message: /have different moves/ });
});

test('a machine that knows a place is found out', () => {
  const idle = createMachine({
    context: ({ input }: { input: unknown }) => ({ id: (input as { id: number }).id }),
    initial: 'low',
    states: {
      low: { on: { rise: { guard: ({ context }: { context: { id: number } }) => context.id !== 2, target: 'high' } } },
      high: {},
    },
  } as never);
  const made = system({
    name: 'one stays low',
    network: 'synchronous',
    peers: Object.fromEntries([0, 1, 2, 3].map((id) => [String(id), peer(idle as never, { id } as never)])) as never,
    operations: [{ name: 'rise' }],
    circle: {
      peers: ['0', '1', '2', '3'],
      turned: (data, places) => ({ id: ((data as { id: number }).id + places) % 4 }),
    },
  });
  expect(refused([], made)).toMatchObject({ code: 'SEARCH_UNSOUND', message: /have different moves/ });
});

test('a turn that forgets a part of what a member knows is found out', () => {
  const made = zave();
  const turned = (data: unknown, places: number) => {
    const { prdc } = data as ZaveContext;
    return { ...(made.circle?.turned(data, places) as ZaveContext), prdc };
  };
  const circle = { peers: made.circle?.peers ?? [], turned };
  expect(refused([], { ...made, circle } as System<ChordPeers<ZaveContext>>)).toMatchObject({
    code: 'SEARCH_UNSOUND',
    message: /have different moves/,
  });
});

test('a circle names every peer once', () => {
  const { turned } = zave().circle ?? { turned: (data: unknown) => data };
  for (const peers of [
    ['0', '1', '2'],
    ['0', '1', '2', '2'],
    ['0', '1', '2', '9'],
  ])
    expect(refused([], { ...zave(), circle: { peers, turned } })).toMatchObject({ code: 'SYSTEM_INVALID' });
});
