/** `churnproof mutants --generic`: what it lists, what it exits with, and options that do not go together. */
import { expect, test } from 'vitest';
import { claims, run, suiteOf } from './toy.js';

const catalogue = [suiteOf('counted', [claims.bounded, claims.reached])];

test('what no property notices is listed, the rest is counted', async () => {
  const { code, out, err } = await run('mutants --generic counted', { catalogue });
  expect(out).toMatchInlineSnapshot(`
    "counted/three: 16 states, 4 generic mutants
      killed 4 of 4 (100 %)
    "
  `);
  expect([code, err]).toEqual([0, '']);
});

test('every one on demand, and a threshold', async () => {
  const { code, out } = await run('mutants --generic counted --set limit=2 --all --threshold 100', { catalogue });
  expect(out).toMatchInlineSnapshot(`
    "counted/three limit=2: 9 states, 4 generic mutants
      killed      a: on add: guard dropped  nobody passes the limit violated in 3 moves
      killed      a: on add: guard negated  both reach 2 never seen
      killed      a: on add: transition lost  both reach 2 never seen
      killed      a: on add: action assign lost  both reach 2 never seen
      killed 4 of 4 (100 %)
    "
  `);
  expect(code).toBe(0);
  const weak = [suiteOf('weak', [claims.bounded])];
  const short = await run('mutants --generic weak --threshold 90', { catalogue: weak });
  expect(short.code).toBe(4);
  expect(short.out).toContain('weak/three: below the threshold of 90 %');
});

test('a document for programs', async () => {
  const { out } = await run('mutants --generic counted --json', { catalogue });
  const { systems } = JSON.parse(out);
  expect(systems).toMatchObject([{ model: 'counted', config: 'three', score: { share: 1 } }]);
  expect(systems[0].mutants).toHaveLength(systems[0].score.killed + systems[0].score.equivalent);
});

test('an option of one way to use it is refused in the other', async () => {
  const { code, err } = await run('mutants --generic counted --mutant S4', { catalogue });
  expect(code).toBe(2);
  expect(err).toContain('--mutant means nothing with --generic');
  expect((await run('mutants counted --threshold 50', { catalogue })).err).toContain('--threshold needs --generic');
});

test('an interruption ends it', async () => {
  const controller = new AbortController();
  controller.abort();
  expect((await run('mutants --generic counted', { catalogue, interrupted: controller.signal })).code).toBe(130);
});
