/** What partial order reduction refuses, and what it says; and bundled models under it. */
import { expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { suites as chord } from '../../properties/chord.js';
import { suite as chordLookup } from '../../properties/chord-lookup.js';
import { suite as twoPhase } from '../../properties/two-phase-commit.js';
import {
  always,
  alwaysStep,
  eventually,
  type Property,
  peer,
  type Suite,
  system as systemOf,
} from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { select } from '../../src/run/suite.js';
import { refusal } from '../support/peers.js';

const truth = () => true;
const reduce = { reduce: ['partial-order'] } as const;

test.each([
  ['a property of steps', alwaysStep('steps', truth), /'steps' is alwaysStep/],
  ['a property of behaviours', eventually('comes', truth, {}), /'comes' is eventually/],
])('%s is refused', (_, property, message) => {
  const error = refusal(() => check(twoPhaseCommit({ rms: 2 }), [property as Property as never], reduce));
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', hint: 'check it without the reduction' });
  expect(error.message).toMatch(message);
});

test('a synchronous network is refused', () => {
  const { system } = select(
    chord[0] as Suite,
    Object.keys((chord[0] as Suite).configurations)[0] as string,
    {},
    () => [],
  );
  const error = refusal(() => check(system, [always('so', truth)], reduce));
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', message: /synchronous/ });
});

test('an offer that looks at another peer is refused', () => {
  const system = twoPhaseCommit({ rms: 2 });
  const nosy = {
    name: 'nosy',
    peers: ['rm1'],
    offer: (w: typeof system extends never ? never : { isUp(name: string): boolean }) =>
      w.isUp('tm') ? [{ event: { type: 'refuse' } }] : [],
  };
  const error = refusal(() =>
    check({ ...system, operations: [...(system.operations ?? []), nosy] } as never, [always('so', truth)], reduce),
  );
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', message: /the offer of 'nosy' looks at more than peer rm1/ });
});

const states = ['always', 'sometimes', 'whenQuiet'];

test('a peer whose own space has no end is refused: the receiver of stop-and-wait counts', () => {
  const error = refusal(() => check(stopAndWait(), [always('so', truth)], reduce));
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', expected: 'machines with small contexts' });
});

test('so is one that keeps all it hears, before its states are too long to be told apart in time', () => {
  const { system } = select(chordLookup, 'failures', {}, () => []);
  const error = refusal(() => check(system, [always('so', truth)], reduce));
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', message: /more than 4000000 letters of local states/ });
});

test('so is one that counts by itself, however deep that goes', () => {
  const clock = setup({
    types: { context: {} as { ticks: number } },
    delays: { tick: 1 },
    actions: { count: assign({ ticks: ({ context }) => context.ticks + 1 }) },
  }).createMachine({
    context: { ticks: 0 },
    initial: 'running',
    states: { running: { after: { tick: { target: 'running', actions: 'count', reenter: true } } } },
  });
  const error = refusal(() =>
    check(systemOf({ name: 'clock', network: 'fifo', peers: { clock: peer(clock) } }), [always('so', truth)], reduce),
  );
  expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', message: /more than 20000 steps/ });
});

test('two-phase commit: the verdicts and lengths of the full search, of the mutants too', () => {
  const right = { system: () => twoPhaseCommit({ rms: 3 }), values: { rms: 3 } };
  for (const { system, values } of [right, ...(twoPhase.mutants ?? [])]) {
    const asked = twoPhase
      .claims(values)
      .map(({ property }) => property)
      .filter(({ kind }) => states.includes(kind));
    const [full, less] = [check(system(), asked), check(system(), asked, reduce)];
    const told = ({ findings }: typeof full) => findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);
    expect(told(less), full.model).toEqual(told(full));
  }
});
