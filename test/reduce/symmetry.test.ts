/** Symmetry: the verdicts and shortest lengths of the full search, real traces, and what is refused. */
import { expect, test } from 'vitest';
import { createMachine, emit } from 'xstate';
import { stopAndWait } from '../../models/stop-and-wait/index.js';
import { twoPhaseCommit } from '../../models/two-phase-commit/index.js';
import { suite as twoPhase } from '../../properties/two-phase-commit.js';
import {
  always,
  eventually,
  type Peer,
  type Property,
  peer,
  type Report,
  type System,
  sometimes,
  system,
} from '../../src/kernel/index.js';
import type { ReductionName } from '../../src/reduce/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';
import { replay } from '../../src/trace/index.js';
import { fairProperties, randomLikes } from '../support/errands.js';
import { refusal } from '../support/peers.js';
import { chance } from '../support/random.js';

const reduce = ['symmetry'] as const;
const truth = () => true;
const isOfStates = ({ kind }: Property) => kind === 'always' || kind === 'sometimes' || kind === 'whenQuiet';
const claimed = (rms: number) =>
  twoPhase
    .claims({ rms })
    .map(({ property }) => property as Property)
    .filter(isOfStates);

const lengths = ({ findings }: Report) => findings.map(({ verdict, trace }) => [verdict, trace?.moves.length]);

function same(made: System, properties: readonly Property[], by: readonly ReductionName[]) {
  const [full, less] = [check(made, properties as never), check(made, properties as never, { reduce: by })];
  expect(lengths(less), full.model).toEqual(lengths(full));
  for (const [i, { trace, verdict }] of less.findings.entries()) {
    if (trace === undefined) continue;
    const again = replay(compose(made), properties[i] as Property, trace);
    expect([again.verdict, again.shownAt, again.drift.filter(({ kind }) => kind !== 're-anchored')]).toEqual([
      verdict,
      trace.moves.length,
      [],
    ]);
  }
  return [full.coverage.states, less.coverage.states];
}

/** Mutants whose mistake it is that participants are not treated alike. */
const tellsApart = ['counts-votes', 'forgets-one'];

test.each([2, 3, 4, 5])('two-phase commit with %i participants, its mutants too, also with partial order', (rms) => {
  for (const by of [['symmetry'], ['symmetry', 'partial-order']] as const) {
    const [full, less] = same(twoPhaseCommit({ rms }), claimed(rms), by);
    if (rms > 2) expect(less).toBeLessThan((full as number) / 3);
    if (rms > 3) continue;
    for (const { name } of twoPhase.mutants ?? []) {
      const wrong = () => same(twoPhaseCommit({ rms, variant: name as never }), claimed(rms), by);
      if (tellsApart.includes(name)) expect(refusal(wrong).code).toBe('SEARCH_UNSOUND');
      else wrong();
    }
  }
});

test('a property that names a peer is refused', () => {
  for (const named of [
    always('rm1 never aborts', (w) => w.state('rm1') !== 'aborted'),
    sometimes('rm2 commits and rm3 does not', (w) => w.state('rm2') === 'committed' && w.state('rm3') !== 'committed'),
  ]) {
    const error = refusal(() => check(twoPhaseCommit({ rms: 4 }), [named as never], { reduce }));
    expect(error).toMatchObject({ code: 'SEARCH_UNSOUND', message: /answers otherwise when like peers are exchanged/ });
  }
});

test('temporal properties are refused, and systems that name no like peers', () => {
  const late = refusal(() => check(twoPhaseCommit({ rms: 2 }), [eventually('comes', truth, {})], { reduce }));
  expect(late).toMatchObject({ code: 'SEARCH_UNSOUND', message: /'comes' is eventually/ });
  const plain = refusal(() => check(stopAndWait(), [always('so', truth)], { reduce }));
  expect(plain).toMatchObject({ code: 'SEARCH_UNSOUND', message: /says of no peers that they are alike/ });
});

const boss = (favourite: string) =>
  createMachine({
    context: {},
    on: {
      ask: {
        guard: ({ event }: { event: unknown }) => (event as { from: string }).from === favourite,
        actions: emit({ type: 'send', to: favourite, message: { type: 'yes' } } as never),
      },
    },
  } as never);
const asker = createMachine({
  context: ({ input }: { input: unknown }) => input as object,
  initial: 'idle',
  states: {
    idle: {
      on: { go: { target: 'asked', actions: emit({ type: 'send', to: 'boss', message: { type: 'ask' } } as never) } },
    },
    asked: { on: { yes: 'served' } },
    served: {},
  },
} as never);

test('peers that only seem to be alike are refused: somebody tells them apart', () => {
  const made = system({
    name: 'favourites',
    network: 'unordered',
    capacity: 1,
    peers: {
      boss: peer(boss('ben') as never),
      ann: peer(asker as never),
      ben: peer(asker as never),
      cat: peer(asker as never),
    } as Record<string, Peer>,
    operations: [{ name: 'go', peers: ['ann', 'ben', 'cat'] }],
    symmetric: [['ann', 'ben', 'cat']],
  });
  const served = always(
    'at most two are served',
    (w) => w.names.filter((name) => w.state(name) === 'served').length <= 2,
  );
  expect(refusal(() => check(made as never, [served as never], { reduce }))).toMatchObject({
    code: 'SEARCH_UNSOUND',
    message: /tells them apart/,
  });
});

const systems = 80;

test(`${systems} systems of like peers drawn at random, by symmetry, and by symmetry and partial order`, () => {
  const limit = { maxStates: 1500 };
  let compared = 0;
  let smaller = 0;
  for (let seed = 0; seed < systems; seed++) {
    const dice = chance(seed);
    const made = randomLikes(`likes ${seed}`, dice) as never;
    const properties = fairProperties(dice) as never;
    const full = check(made, properties, limit);
    if (full.coverage.kind !== 'exhaustive') continue;
    compared++;
    for (const by of [['symmetry'], ['symmetry', 'partial-order']] as const) {
      const less = check(made, properties, { ...limit, reduce: by });
      expect(lengths(less), `seed ${seed} by ${by}`).toEqual(lengths(full));
      if (less.coverage.states < full.coverage.states) smaller++;
    }
  }
  expect(compared).toBeGreaterThan(systems / 2);
  expect(smaller).toBeGreaterThan(compared);
});

test('nine participants: the verdicts of 10,340,352 states', () => {
  const report = check(twoPhaseCommit({ rms: 9 }), claimed(9) as never, { reduce });
  expect(report).toMatchObject({ reduced: 'symmetry reduction', coverage: { kind: 'exhaustive', states: 2232 } });
  const found = [['holds'], ['holds'], ['holds'], ['witnessed', 28], ['witnessed', 9], ['witnessed', 4]];
  expect(lengths(report)).toEqual(found.map(([verdict, length]) => [verdict, length]));
});
