/** Logs of real runs and of random behaviours: what happened is accepted whatever was left out, what could not is rejected. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { mutants, receiver, sender, stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { classesOf } from '../../src/check/schedule.js';
import { type LogLine, readLog, validateLog } from '../../src/conform/index.js';
import { describeMove, type Model, type Move, Moves, moveClass, type State } from '../../src/kernel/index.js';
import { compose } from '../../src/system/index.js';
import { replay } from '../../src/trace/index.js';

const systems = {
  'stop-and-wait': stopAndWait({ network: 'fifo', packets: 3 }),
  unordered: stopAndWait({ network: 'unordered', packets: 2 }),
  'two-phase commit': twoPhaseCommit({ rms: 3 }),
} as const;

/** The moves of a random behaviour, with the state after each. */
function walk(model: Model, picks: readonly number[]): readonly { readonly move: Move; readonly after: State }[] {
  const moves = new Moves();
  const state = (model.starts[0] as Model['starts'][number]).state.slice();
  return picks.flatMap((pick) => {
    model.expand(state, moves);
    if (moves.count === 0) return [];
    const choice = pick % moves.count;
    const move = model.move(moves, choice);
    moves.apply(choice, state);
    return [{ move, after: state.slice() }];
  });
}

const lineOf = (move: Move, line: number): LogLine => {
  const { kind, ...fields } = move;
  return { line, kind, fields: fields as LogLine['fields'] };
};

describe.each(Object.entries(systems))('%s', (_name, system) => {
  const model = compose(system);
  const classes = classesOf(system);

  test('what was done is accepted, however much of it was not logged', () => {
    const logged = fc.subarray([...classes], { minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 25 }), logged, fc.boolean(), (picks, told, looks) => {
        const done = walk(model, picks);
        const log = done.flatMap(({ move, after }, at): readonly LogLine[] => {
          if (!told.includes(moveClass(move))) return [];
          const [first] = model.picture(after).peers;
          const { name, ...stands } = first as NonNullable<typeof first>;
          const { status, state } = stands;
          const look = looks
            ? { after: { [name]: { status, ...(state === undefined ? {} : { state: state as string }) } } }
            : {};
          return [{ ...lineOf(move, at + 1), ...look }];
        });
        const hidden = classes.filter((one) => !told.includes(one));
        const validation = validateLog(model, classes, log, { hidden });
        expect(validation.verdict).toBe('accepted');
        if (validation.verdict !== 'accepted') return;
        // What explains it is a behaviour of the model, and has the logged moves in their order.
        const { trace, upTo } = validation;
        const { steps, drift } = replay(model, { kind: 'always', name: '', holds: () => true }, trace);
        expect([steps.length, drift]).toEqual([trace.moves.length, []]);
        const explained = upTo.map((moves) => describeMove(trace.moves[moves - 1] as Move));
        expect(explained).toEqual(log.map(({ kind, fields }) => describeMove({ kind, ...fields } as Move)));
      }),
      { numRuns: 60 },
    );
  });

  test('it is accepted exactly when some behaviour, tried one by one, has these moves', () => {
    const told = classes.slice(0, 1);
    const hidden = classes.slice(1);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 2, maxLength: 8 }), fc.nat(), fc.nat(), (picks, from, to) => {
        const moves = walk(model, picks).filter(({ move }) => told.includes(moveClass(move)));
        if (moves.length < 2) return;
        // Two lines change places: sometimes that could have been, sometimes not.
        const order = [...moves.keys()];
        [order[from % order.length], order[to % order.length]] = [
          order[to % order.length] as number,
          order[from % order.length] as number,
        ];
        const log = order.map((at, line) => lineOf((moves[at] as (typeof moves)[number]).move, line + 1));
        const wanted = log.map(({ kind, fields }) => describeMove({ kind, ...fields } as Move));
        const { verdict } = validateLog(model, classes, log, { hidden });
        expect(verdict).toBe(couldBe(model, new Set(hidden), wanted) ? 'accepted' : 'rejected');
      }),
      { numRuns: 40 },
    );
  });
});

/** The same question, answered by trying every way there is from every pair of a state and a place in the log, once. */
function couldBe(model: Model, hidden: ReadonlySet<string>, wanted: readonly string[]): boolean {
  const tried = new Set<string>();
  const open: [State, number][] = model.starts.map(({ state }) => [state.slice(), 0]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [state, at] = next;
    if (at === wanted.length) return true;
    const key = `${at} ${state.join()}`;
    if (tried.has(key)) continue;
    tried.add(key);
    const moves = new Moves();
    model.expand(state, moves);
    for (let i = 0; i < moves.count; i++) {
      const move = model.move(moves, i);
      const after = state.slice();
      moves.apply(i, after);
      if (hidden.has(moveClass(move))) open.push([after, at]);
      if (describeMove(move) === wanted[at]) open.push([after, at + 1]);
    }
  }
  return false;
}

/** The log of a run of the machines by themselves, over a wire that loses the second packet's first message. */
function run(bobsMachine: typeof receiver): string {
  const clock = new SimulatedClock();
  const alice = createActor(sender, { input: { to: 'bob', packets: 3, patience: 10 }, clock });
  const bob = createActor(bobsMachine, { clock });
  const log: object[] = [];
  let said = 0;
  alice.on('send', ({ message }) => {
    said++;
    if (said === 2) return;
    clock.setTimeout(() => {
      bob.send({ ...message, from: 'alice' });
      const { delivered } = bob.getSnapshot().context;
      log.push({ kind: 'deliver', from: 'alice', to: 'bob', message, after: { bob: { context: { delivered } } } });
    }, 1);
    // The first one comes twice.
    if (said === 1) clock.setTimeout(() => bob.send({ ...message, from: 'alice' }), 2);
  });
  bob.on('send', ({ message }) => clock.setTimeout(() => alice.send({ ...message, from: 'bob' }), 1));
  bob.start();
  alice.start();
  for (let at = 0; at < 100; at++) clock.increment(1);
  log.push({ after: { alice: { state: 'done' } } });
  return log.map((line) => JSON.stringify(line)).join('\n');
}

describe('a run of the machines themselves', () => {
  const system = stopAndWait({ network: 'fifo', packets: 3 });
  const judge = (bob: typeof receiver) =>
    validateLog(compose(system), classesOf(system), readLog(run(bob), 'run'), {
      // Bob hears more than was logged, and so does alice.
      hidden: ['timeout', 'lose', 'duplicate', 'deliver'],
    });

  test('is what the model can do', () => expect(judge(receiver)).toMatchObject({ verdict: 'accepted', lines: 4 }));

  test('is not, where bob takes a copy for a packet', () =>
    expect(judge(mutants['ignores-bit'].receiver)).toMatchObject({
      verdict: 'rejected',
      line: { line: 2, fields: { to: 'bob' } },
      misplaced: ['bob'],
    }));
});

describe('limits and mistakes', () => {
  const system = stopAndWait({ network: 'fifo', packets: 2 });
  const judge = (log: string, options = {}) =>
    validateLog(compose(system), classesOf(system), readLog(log, 'log'), options);

  test('a limit of states is no verdict', () =>
    expect(judge('{"kind":"timeout"}', { hidden: ['deliver'], maxStates: 3 })).toMatchObject({
      verdict: 'undecided',
      line: { line: 1 },
    }));
  test('what no line names was not logged', () =>
    expect(judge('{"kind":"timeout"}').hidden).toEqual(['deliver', 'lose', 'duplicate']));
  test('a peer that there is not', () =>
    expect(() => judge('{"kind":"deliver","to":"carol"}')).toThrow("names a peer 'carol'"));
  test('a class of move that there is not', () =>
    expect(() => judge('{"kind":"timeout"}', { hidden: ['fly'] })).toThrow("'fly' is no class of move"));
  test('what could have been done is told, the like first', () => {
    const rejected = judge('{"kind":"deliver","from":"bob"}', { hidden: [] });
    expect(rejected).toMatchObject({
      verdict: 'rejected',
      candidates: [
        'deliver alice -> bob {"type":"data","bit":0}',
        'alice: timer retry',
        'lose alice -> bob {"type":"data","bit":0}',
        'duplicate alice -> bob {"type":"data","bit":0}',
      ],
    });
  });
});
