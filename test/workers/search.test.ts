/** A search by several workers beside the same search by one: states, steps, depth, verdicts, and every move of every trace. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import type { Report, Suite } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { begin, builtPackage, ended, type Wanted, wanted } from '../support/workers.js';

const built = builtPackage();
afterAll(() => built.remove());

const suiteOf = (model: string) => catalogue.find((suite) => suite.model === model) as Suite;
const of = (path: string, more: Partial<Wanted> = {}): Wanted => {
  const [model = '', configuration = ''] = path.split('/');
  return { suite: suiteOf(model), configuration, ...more };
};

/** What does not depend on who searched; calls of machines do, for each worker steps its own. */
const told = ({ coverage, findings, machines, model, strategy, effort }: Report) => ({
  model,
  strategy,
  coverage,
  findings,
  machines,
  blocked: effort.blocked,
  fullestInbox: effort.fullestInbox,
});

const byOne = (one: Wanted) => {
  const { system, properties } = wanted(one);
  return check(system, properties);
};

describe('is told the same by', () => {
  test.each([
    ['two-phase-commit/three', 2, of('two-phase-commit/three')],
    ['two-phase-commit/three', 3, of('two-phase-commit/three', { set: { rms: 4 } })],
    ['stop-and-wait/unordered', 2, of('stop-and-wait/unordered')],
    ['chord-orig/reuse', 2, of('chord-orig/reuse')],
    ['chord-zave/five', 3, of('chord-zave/five', { set: { n: 4 } })],
    ['leader-election/five', 2, of('leader-election/five')],
    ['tracker/remember', 2, of('tracker/remember')],
    ['swarm/churn', 2, of('swarm/churn')],
    ['chain-network/hasty', 3, of('chain-network/hasty')],
  ])('%s, %i workers', async (_name, workers, one) => {
    const whole = byOne(one);
    expect(whole.coverage.kind).toBe('exhaustive');
    expect(told(await ended(begin(built.folder, one, workers)))).toEqual(told(whole));
  });

  test('a system with a seeded bug, whose traces end at a step, and where nothing is left to do', async () => {
    const bugs = suiteOf('two-phase-commit').mutants ?? [];
    expect(bugs.length).toBeGreaterThan(2);
    for (const { name } of bugs.slice(0, 4)) {
      const one = of('two-phase-commit/three', { mutant: name });
      const whole = byOne(one);
      const kinds = whole.findings.flatMap(({ kind, verdict }) => (verdict === 'violated' ? [kind] : []));
      expect(kinds, name).not.toEqual([]);
      expect(told(await ended(begin(built.folder, one, 2))), name).toEqual(told(whole));
    }
  });
});

describe('a limit', () => {
  const one = of('two-phase-commit/three', { set: { rms: 5 } });

  test('of depth ends all at one level, with the counts of one worker', async () => {
    const { system, properties } = wanted(one);
    const whole = check(system, properties, { maxDepth: 8 });
    const shared = await ended(begin(built.folder, one, 2, { budget: { maxDepth: 8 } }));
    expect(shared.coverage).toMatchObject({ kind: 'bounded', cut: 'depth', depth: 8 });
    expect(shared.coverage.states).toBe(whole.coverage.states);
    expect(shared.findings.map(({ verdict }) => verdict)).toEqual(whole.findings.map(({ verdict }) => verdict));
  });

  test.each([
    ['states', { maxStates: 1_000 }],
    ['memory', { maxBytes: 100_000 }],
  ] as const)('of %s leaves what was not found undecided', async (cut, budget) => {
    const { coverage, findings } = await ended(begin(built.folder, one, 2, { budget }));
    expect(coverage).toMatchObject({ kind: 'bounded', cut });
    expect(coverage.states).toBeLessThan(8_832);
    expect(coverage.queue).toBeGreaterThan(0);
    for (const { verdict } of findings) expect(['undecided', 'witnessed']).toContain(verdict);
    expect(findings[0]?.verdict).toBe('undecided');
  });

  test('ends a search as soon as every property is decided', async () => {
    const both = of('stop-and-wait/unordered');
    const { properties } = wanted(both);
    const open = byOne(both).findings.filter(({ trace }) => trace === undefined);
    expect(open.length).toBeLessThan(properties.length);
    const stopped = await ended(begin(built.folder, both, 2, { budget: { stopWhenDecided: true } }));
    expect(stopped.coverage.cut ?? 'none').toBe(open.length === 0 ? 'decided' : 'none');
  });

  test('is what a person is who has had enough', async () => {
    const search = begin(built.folder, of('two-phase-commit/three', { set: { rms: 8 } }), 2);
    while (search.progress().states < 5_000) await search.pause();
    const { coverage, findings } = await search.stop('interrupted');
    await search.close();
    expect(coverage).toMatchObject({ kind: 'bounded', cut: 'interrupted' });
    expect(findings[0]?.verdict).toBe('undecided');
  });
});

describe('a worker that is lost', () => {
  const one = of('two-phase-commit/three', { set: { rms: 5 } });

  test('takes its states with it: the search begins again, and says the same', async () => {
    let lost = 0;
    const search = begin(built.folder, one, 2, { lost: () => lost++ });
    while (search.progress().states < 1_000 && !search.done) await search.pause();
    search.kill(1);
    expect(told(await ended(search))).toEqual(told(byOne(one)));
    expect(lost).toBe(1);
  });

  test('time and again is an error, never a verdict', async () => {
    const search = begin(built.folder, one, 2);
    const killing = setInterval(() => search.kill(0), 20);
    await expect(ended(search)).rejects.toMatchObject({ code: 'WORKER_LOST', message: /worker 1 of 2 is lost/ });
    clearInterval(killing);
  });

  test('with a mistake of the model is that mistake', async () => {
    const file = join(built.folder, 'fickle.js');
    writeFileSync(file, fickle);
    const { suites } = (await import(file)) as { readonly suites: readonly Suite[] };
    const suite = suites[0] as Suite;
    // A walk before the search may meet it, or a worker.
    const searched = async () => ended(begin(built.folder, { suite, configuration: 'only' }, 2, { file }));
    await expect(searched()).rejects.toMatchObject({ code: 'MACHINE_NOT_DETERMINISTIC' });
  });
});

/** A machine that remembers outside how often it was asked. */
const fickle = `
import { assign, setup } from 'xstate';
import { always, peer, system } from './dist/src/index.js';
let asked = 0;
const machine = setup({}).createMachine({
  context: { n: 0 },
  on: { go: { guard: ({ context }) => context.n < 9, actions: assign({ n: ({ context }) => context.n + 1 + (++asked % 7 === 0 ? 1 : 0) }) } },
});
const made = () => system({ name: 'fickle', network: 'fifo', peers: { a: peer(machine), b: peer(machine) }, operations: [{ name: 'go' }] });
export const suites = [{
  model: 'fickle', summary: 'is not deterministic', parameters: {}, configurations: { only: { doc: 'the only one', set: {} } },
  system: made, claims: () => [{ property: always('so', () => true), expect: 'holds' }],
}];
export default suites;
`;
