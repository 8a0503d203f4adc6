/** Replay: every kind of property, and every way in which a model can have changed since. */
import { expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import {
  always,
  alwaysStep,
  type Move,
  type Property,
  peer,
  type SystemSpec,
  sometimes,
  system,
  whenQuiet,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { describeDrift, replay } from '../../src/trace/index.js';

/** Adds what it is told, and forgets on `reset`. */
const counter = setup({
  types: { context: {} as { n: number }, events: {} as { type: 'add'; by: number } | { type: 'reset' } },
}).createMachine({
  context: { n: 0 },
  on: {
    add: {
      guard: ({ context, event }) => context.n + event.by <= 4,
      actions: assign({ n: ({ context, event }) => context.n + event.by }),
    },
    reset: { guard: ({ context }) => context.n > 0, actions: assign({ n: 0 }) },
  },
});

type Spec = SystemSpec<{ a: ReturnType<typeof peer<typeof counter>> }>;

const add = (by: number) =>
  ({ name: `add${by}`, offer: () => [{ args: { by }, event: { type: 'add', by } }] }) as const;
const spec = (operations: Spec['operations'] = [add(1), add(2), { name: 'reset' }]) =>
  system({ name: 'counter', peers: { a: peer(counter) }, operations });

type Peers = ReturnType<typeof spec>['peers'];
const below = (limit: number): Property<Peers, false> => always(`a stays below ${limit}`, (w) => w.peers.a.n < limit);

/** The trace that a check finds. */
function found(property: Property<Peers, false>) {
  const trace = check(spec(), [property]).findings[0]?.trace;
  if (trace === undefined) throw new Error('nothing was found');
  return trace;
}

const replayed = (property: Property<Peers, false>, trace = found(property), changed = spec()) =>
  replay(compose(changed), property as unknown as Property, trace);

test.each([
  ['always', below(3), 'violated', 2],
  ['sometimes', sometimes<Peers, false>('a reaches 4', (w) => w.peers.a.n === 4), 'witnessed', 2],
  ['whenQuiet', whenQuiet<Peers, false>('a rests at 0', (w) => w.peers.a.n === 0), 'violated', 1],
  ['alwaysStep', alwaysStep<Peers, false>('a never shrinks', (b, a) => a.peers.a.n >= b.peers.a.n), 'violated', 2],
] as const)('%s: what a check found is reproduced', (_kind, property, verdict, length) => {
  const result = replayed(property);
  expect(result).toMatchObject({ verdict, shownAt: length, drift: [] });
  expect(result.steps).toHaveLength(length);
});

test('a witness of no moves is there at the start', () => {
  const property = sometimes<Peers, false>('a begins at 0', (w) => w.peers.a.n === 0);
  expect(replayed(property)).toMatchObject({ verdict: 'witnessed', shownAt: 0, steps: [] });
});

test('twice is the same', () => {
  expect(replayed(below(4))).toEqual(replayed(below(4)));
});

test('a model that was repaired no longer shows it', () => {
  const trace = found(below(3));
  expect(replayed(below(5), trace)).toMatchObject({ verdict: 'undecided', shownAt: undefined, drift: [] });
});

test('a move that got another number is followed by what it means', () => {
  const result = replayed(below(3), found(below(3)), spec([{ name: 'reset' }, add(2), add(1)]));
  expect(result).toMatchObject({ verdict: 'violated', shownAt: 2 });
  expect(result.drift.map(describeDrift)).toEqual([
    'step 1 was choice 0, is now choice 1: the same move, so it was followed',
    'step 2 was choice 2, is now choice 1: the same move, so it was followed',
  ]);
});

test('a move that is gone stops the replay and says what its number means now', () => {
  const trace = found(below(3));
  const result = replayed(below(3), trace, spec([add(1), { name: 'reset' }, add(3)]));
  expect(result).toMatchObject({ verdict: 'undecided', shownAt: undefined });
  expect(result.drift.map(describeDrift)).toMatchInlineSnapshot(`
    [
      "step 2 was a: add2 by 2, is now a: add3 by 3",
    ]
  `);
});

test('a number beyond the moves there are means none', () => {
  const trace = { ...found(below(3)), choices: [99, 99] };
  const gone = replayed(below(3), { ...trace, moves: [{ kind: 'heal' }, { kind: 'heal' }] });
  expect(gone.drift.map(describeDrift)).toEqual(['step 1 was heal, is now no move at all']);
  const followed = replayed(below(3), trace);
  expect(followed).toMatchObject({ verdict: 'violated', drift: [{ kind: 're-anchored', was: 99 }, { was: 99 }] });
});

test('a peer that hears something else in the same move is told', () => {
  const trace = found(below(3));
  const moves = trace.moves.map(
    (move): Move => (move.kind === 'operation' ? { ...move, event: { ...move.event, seen: [1] } } : move),
  );
  const result = replayed(below(3), { ...trace, moves });
  expect(result).toMatchObject({ verdict: 'violated', shownAt: 2 });
  expect(result.drift.map(describeDrift)[0]).toBe(
    'step 1 is the same move, but tells the peer something else (move.event.seen: [1] and then absent): it was followed',
  );
});

test('a start that is gone', () => {
  const result = replayed(below(3), { ...found(below(3)), start: 7 });
  expect(result).toMatchObject({ verdict: 'undecided', steps: [], start: undefined });
  expect(result.drift.map(describeDrift)).toEqual(['the trace begins in start 7, the model now has 1']);
});

test('a property that throws, or does not answer, is an error and no verdict', () => {
  const trace = found(below(3));
  const broken = always<Peers, false>('a is well', () => {
    throw new Error('what is a?');
  });
  expect(() => replayed(broken, trace)).toThrow(expect.objectContaining({ code: 'PROPERTY_THREW' }));
  const silent = always<Peers, false>('a is well', () => undefined as unknown as boolean);
  expect(() => replayed(silent, trace)).toThrow(expect.objectContaining({ code: 'PROPERTY_NOT_BOOLEAN' }));
});
