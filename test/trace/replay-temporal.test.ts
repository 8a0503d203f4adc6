/** Replays of behaviours without end: what shows a violation, what does not and why, and where the fate was decided. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breadthFirst } from '../../src/check/index.js';
import {
  alwaysEventually,
  type Critical,
  eventually,
  type Fairness,
  type Finding,
  leadsTo,
  type Model,
  type Property,
  recoverable,
  stable,
  traceOf,
  type World,
} from '../../src/kernel/index.js';
import { replay } from '../../src/trace/index.js';
import { at, tableModel } from '../support/table-model.js';
import { operation, type Rule, type Toy, timer, toyModel } from '../support/toy-model.js';

/** 0 off, 1 on, 2 bright, 3 broken. */
const lamp = (rules: readonly Rule[] = allRules): Toy => ({ names: ['lamp'], rules });
const rule = (name: string, ...arrows: readonly (readonly [number, number])[]): Rule =>
  operation('lamp', name, ([from]) => {
    const to = arrows.find(([state]) => state === from)?.[1];
    return to === undefined ? undefined : [to];
  });
const allRules = [
  rule('press', [0, 1], [1, 0], [2, 0]),
  rule('turn', [1, 2]),
  rule('hit', [0, 3], [1, 3], [2, 3]),
  rule('look', [0, 0], [1, 1], [2, 2], [3, 3]),
];

const is =
  (...wanted: readonly number[]) =>
  (world: World) =>
    wanted.includes((world.peers.lamp as { value: number }).value);

const [off, on, bright, broken] = [is(0), is(1), is(2), is(3)];
const calm = { weak: ['press', 'turn'], ceases: ['hit'] } as const;
const shown = { kind: 'shown' };

/** Takes the moves of these names, and replays them. */
function taken(
  property: Property,
  names: readonly string[],
  recorded: { readonly loop?: number; readonly critical?: Critical } = {},
  options: Parameters<typeof replay>[3] = {},
  model: Model = toyModel(lamp()),
) {
  const state = [0];
  const choices = names.map((name) => {
    const enabled = allRules.filter(({ next }) => next(state) !== undefined);
    const index = enabled.findIndex(({ move }) => move.kind === 'operation' && move.operation === name);
    if (index < 0) throw new Error(`${name} is not enabled in ${state}`);
    state.splice(0, 1, ...(enabled[index]?.next(state) ?? []));
    return index;
  });
  return replay(model, property, { ...traceOf(toyModel(lamp()), 0, choices), ...recorded }, options);
}

describe('a loop that shows it', () => {
  test.each<[string, Property, readonly string[], number]>([
    ['eventually', eventually('it gets bright', bright, calm), ['press', 'press'], 0],
    [
      'alwaysEventually',
      alwaysEventually('bright again', bright, calm),
      ['press', 'turn', 'press', 'press', 'press'],
      3,
    ],
    ['stable', stable('it stays on', on, calm), ['press', 'press'], 0],
    [
      'stable, where it is true now and then',
      stable('it is bright or on', is(1, 2), calm),
      ['press', 'turn', 'press'],
      0,
    ],
    ['leadsTo', leadsTo('on leads to bright', on, bright, calm), ['press', 'press'], 0],
    ['leadsTo, given before the loop', leadsTo('off leads to on', off, on, calm), ['hit'], 1],
    ['without a move, where nothing is owed a turn', eventually('it gets on', on, calm), ['hit'], 1],
    ['without a move, where nothing is promised', eventually('it gets on', on, {}), [], 0],
  ])('%s', (_what, property, names, loop) => {
    expect(taken(property, names, { loop })).toMatchObject({
      verdict: 'violated',
      shownAt: names.length,
      proof: shown,
    });
  });
});

describe('one that does not', () => {
  const gets = (holds: (world: World) => boolean, fairness: Fairness = calm) =>
    eventually('it gets there', holds, fairness);
  test.each<[string, Property, readonly string[], number | undefined, string]>([
    ['no loop', gets(bright), ['press'], undefined, 'it ends, and says nothing of how it goes on'],
    ['no way back', gets(bright), ['press'], 0, 'after the last move it is not where it was after move 0'],
    [
      'what ceases',
      gets(on, { ceases: ['look'] }),
      ['look'],
      0,
      'it takes lamp: look again and again, and look is to cease',
    ],
    ['weakly fair', gets(bright), [], 0, 'it is not fair: lamp: press could be taken all along, and never is'],
    ['idle moves pay nothing', gets(on), ['look'], 0, 'it is not fair: lamp: press could be taken all along'],
    [
      'strongly fair',
      gets(bright, { weak: ['press'], strong: ['turn'] }),
      ['press', 'press'],
      0,
      'it is not fair: lamp: turn could be taken again and again, and never is',
    ],
    ['eventually, once', gets(bright), ['press', 'turn', 'press', 'press', 'press'], 3, 'it comes true after move 2'],
    [
      'alwaysEventually',
      alwaysEventually('on again', on, calm),
      ['press', 'press'],
      0,
      'it comes true again and again, after move 1 and each time round',
    ],
    [
      'stable',
      stable('it is off or on', is(0, 1), calm),
      ['press', 'press'],
      0,
      'it is true from move 0 on, each time round',
    ],
    [
      'leadsTo, answered in the loop',
      leadsTo('off leads to on', off, on, calm),
      ['press', 'press'],
      0,
      'it comes true again and again, after move 1',
    ],
    [
      'leadsTo, answered before',
      leadsTo('off leads to on', off, on, calm),
      ['press', 'hit'],
      2,
      'whenever the condition is true, the goal is then or later',
    ],
  ])('%s', (_what, property, names, loop, why) => {
    const result = taken(property, names, loop === undefined ? {} : { loop });
    expect(result).toMatchObject({ verdict: 'undecided', shownAt: undefined, proof: { kind: 'refuted' } });
    expect(result.proof).toHaveProperty('why', expect.stringContaining(why));
  });

  test('strong fairness asks for nothing that is never possible, and what ceases is owed nothing', () => {
    const strict = { strong: ['turn'], weak: ['press'], ceases: ['press', 'turn'] } as const;
    expect(taken(gets(on, strict), [], { loop: 0 }).proof).toEqual(shown);
    expect(taken(gets(bright, { strong: ['turn', 'press'] }), ['hit'], { loop: 1 }).proof).toEqual(shown);
  });

  test('a move that is gone leaves nothing to judge', () => {
    const [press, , hit, look] = allRules as [Rule, Rule, Rule, Rule];
    const model = toyModel(lamp([hit, look]));
    const result = taken(gets(bright), ['press', 'press'], { loop: 0, critical: { kind: 'open', step: 2 } }, {}, model);
    expect(result).toMatchObject({ verdict: 'undecided', shownAt: undefined, drift: [{ kind: 'lost', step: 1 }] });
    expect(result).not.toHaveProperty('proof');
    expect(result).not.toHaveProperty('critical');
    const turned = toyModel(lamp([hit, press]));
    expect(taken(gets(bright), ['press', 'press'], { loop: 0 }, {}, turned)).toMatchObject({
      verdict: 'violated',
      drift: [{ kind: 're-anchored' }, { kind: 're-anchored' }],
    });
  });

  test('two peers with one operation are two units', () => {
    const tick = (peer: string, c: number) =>
      timer(peer, 'tick', (values) => values.map((value, i) => (i === c ? 1 - value : value)));
    const model = toyModel({ names: ['a', 'b'], rules: [tick('a', 0), tick('b', 1)] });
    const ticks = eventually('b ticks', (world) => (world.peers.b as { value: number }).value === 1, {
      weak: ['timeout'],
    });
    const trace = { ...traceOf(model, 0, [0, 0]), loop: 0 };
    expect(replay(model, ticks, trace).proof).toEqual({
      kind: 'refuted',
      why: 'it is not fair: b: timer tick could be taken all along, and never is',
    });
  });
});

describe('recoverable', () => {
  const back = recoverable('it can be lit', is(1, 2), ['press']);

  test('a state from which nothing leads back', () => {
    expect(taken(back, ['press', 'hit'])).toMatchObject({ verdict: 'violated', shownAt: 2, proof: shown });
  });

  test('one from which something does', () => {
    expect(taken(back, ['press', 'press'])).toMatchObject({
      verdict: 'undecided',
      proof: { kind: 'refuted', why: 'press can still lead to the goal, in 1 move' },
    });
  });

  test('only what may repair it counts', () => {
    const byTurning = recoverable('it can be lit', is(1, 2), ['turn', 'look']);
    expect(taken(byTurning, ['press', 'press']).verdict).toBe('violated');
  });

  test('what more states are needed for is not verified, and no verdict', () => {
    const never = recoverable('it can be mended', () => false, ['press', 'turn']);
    expect(taken(never, [], {}, { maxStates: 2 })).toMatchObject({
      verdict: 'undecided',
      shownAt: undefined,
      proof: { kind: 'unverified', states: 2 },
    });
    expect(taken(never, []).verdict).toBe('violated');
  });
});

describe('the critical transition', () => {
  const gets = eventually('it gets bright', bright, calm);
  const [press, turn, hit] = allRules.map(({ move }) => move) as [Rule['move'], Rule['move'], Rule['move']];
  const critical = (kind: Critical['kind'], step: number, instead?: Critical['instead']): Critical => ({
    kind,
    step,
    ...(instead === undefined ? {} : { instead }),
  });
  const killed = (fate: Critical, property: Property = gets, options = {}) =>
    taken(property, ['press', 'press', 'hit'], { loop: 3, critical: fate }, options).critical;

  test.each<[string, Critical, object]>([
    ['confirmed', critical('lost', 3), shown],
    ['with what could be done instead', critical('lost', 3, { move: press, distance: 1 }), shown],
    ['too early', critical('lost', 2), { why: 'the goal can still be reached after it, in 2 moves' }],
    ['open too late', critical('open', 4), { why: 'the goal is out of reach before it' }],
    ['from the start', critical('lost', 0), { why: 'the goal can still be reached after it, in 2 moves' }],
    [
      'farther away',
      critical('lost', 3, { move: press, distance: 4 }),
      { why: 'after lamp: press the goal is 1 move away, recorded as 4' },
    ],
    ['not offered', critical('lost', 3, { move: turn, distance: 0 }), { why: 'lamp: turn cannot be done instead' }],
    ['not allowed', critical('lost', 3, { move: hit, distance: 0 }), { why: 'lamp: hit cannot be done instead' }],
    ['open', critical('open', 3, { move: press, distance: 1 }), shown],
  ])('%s', (_what, fate, expected) => {
    expect(killed(fate)).toMatchObject(expected);
  });

  test('one move too late, and no way on from the move instead', () => {
    const late = taken(gets, ['hit', 'look'], { loop: 1, critical: critical('lost', 2) });
    expect(late).toMatchObject({ proof: shown, critical: { why: 'the goal is out of reach before it' } });
    const shards = eventually('it shines while broken', is(9), { weak: ['press'] });
    expect(taken(shards, ['hit'], { loop: 1, critical: critical('lost', 0) }).critical).toEqual(shown);
  });

  test('lost from the start is confirmed by one search', () => {
    const mended = eventually('it gets mended', is(9), calm);
    expect(taken(mended, ['press', 'press'], { loop: 0, critical: critical('lost', 0) }).critical).toEqual(shown);
  });

  test('for recoverable only what may repair it counts', () => {
    const back = recoverable('it can be lit', is(1, 2), ['press']);
    const fate = critical('lost', 1, { move: press, distance: 0 });
    expect(taken(back, ['hit'], { critical: fate })).toMatchObject({ proof: shown, critical: shown });
    const never = recoverable('it breaks', broken, ['press', 'turn']);
    expect(taken(never, ['press'], { critical: critical('lost', 0) })).toMatchObject({ proof: shown, critical: shown });
  });

  test('of stable it is not looked at: its goal is no state', () => {
    const result = taken(stable('it stays on', on, calm), ['press', 'press'], {
      loop: 0,
      critical: critical('open', 1),
    });
    expect(result.proof).toEqual(shown);
    expect(result).not.toHaveProperty('critical');
  });

  test('what more states are needed for is not verified; the verdict stands', () => {
    const property = alwaysEventually('it gets mended', is(9), calm);
    const result = taken(property, ['press', 'press'], { loop: 0, critical: critical('lost', 0) }, { maxStates: 2 });
    expect(result).toMatchObject({ verdict: 'violated', critical: { kind: 'unverified', states: 2 } });
  });
});

describe('what a check finds is shown again', () => {
  const states = 12;
  const graphs = fc.record({
    edges: fc.array(fc.array(fc.nat(states - 1), { maxLength: 3 }), { minLength: states, maxLength: states }),
    starts: fc.array(fc.nat(states - 1), { minLength: 1, maxLength: 2 }),
  });
  const some = fc.subarray(Array.from({ length: states }, (_, to) => `go ${to}`));
  const fairness: fc.Arbitrary<Fairness> = fc.record({
    weak: some,
    strong: some,
    ceases: fc.oneof(fc.constant([]), some),
  });
  const set = fc.uniqueArray(fc.nat(states - 1), { maxLength: 5 });

  test('on any graph, for every kind and fairness, with its critical transition', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(graphs, fairness, set, set, (table, fair, goal, condition) => {
        const model = tableModel(table);
        const [holds, given] = [goal, condition].map((wanted) => (world: World) => wanted.includes(at(world))) as [
          (world: World) => boolean,
          (world: World) => boolean,
        ];
        const properties = [
          eventually('eventually', holds, fair),
          alwaysEventually('again', holds, fair),
          stable('stable', holds, fair),
          leadsTo('leads', given, holds, fair),
          recoverable('recoverable', holds, fair.weak ?? []),
        ];
        const search = breadthFirst.start(model, properties);
        while (!search.done) search.advance(1000);
        search.report().findings.forEach(({ kind, verdict, trace, critical }: Finding, i) => {
          if (verdict !== 'violated' || trace === undefined) return;
          const result = replay(model, properties[i] as Property, { ...trace, ...(critical && { critical }) });
          expect(result).toMatchObject({ verdict, shownAt: trace.moves.length, drift: [], proof: shown });
          if (critical !== undefined && kind !== 'stable')
            expect([critical, result.critical]).toEqual([critical, shown]);
          const what = `${kind} ${critical?.kind} ${trace.loop === undefined ? '' : trace.loop < trace.moves.length ? 'round' : 'still'}`;
          seen.set(what, (seen.get(what) ?? 0) + 1);
        });
      }),
      { numRuns: 600, seed: 7 },
    );
    // The test is about all of these, so all must have come about.
    const kinds = ['eventually', 'alwaysEventually', 'stable', 'leadsTo'];
    const wanted = kinds.flatMap((kind) =>
      ['lost', 'open'].flatMap((fate) => ['round', 'still'].map((how) => `${kind} ${fate} ${how}`)),
    );
    expect([...seen.keys()]).toEqual(expect.arrayContaining([...wanted, 'recoverable lost ']));
  });
});
