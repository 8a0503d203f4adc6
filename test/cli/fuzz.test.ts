/** `churnproof fuzz`: what it finds is shrunk, written and replayed; what it does not find is not said to hold. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claims, run, scratch, suiteOf } from './toy.js';

const out = scratch();
const fuzz = (words: string, given?: Parameters<typeof run>[1]) => run(`fuzz ${words} --out ${out}`, given);

test('a violation is shrunk to its shortest form and can be replayed', async () => {
  const { code, out: text } = await fuzz('bad --seed 7 --runs 20 --moves 50');
  expect(code).toBe(1);
  expect(text).toContain('VIOLATED   a stays below 2 (2 moves, proved minimal)');
  expect(text).toContain('undecided  nobody passes the limit (not refuted in');
  const again = await run(`replay ${join(out, 'bad-three-a-stays-below-2.json')}`);
  expect(again).toMatchObject({ code: 0 });
});

test('the same seed gives the same report; a fresh one is told', async () => {
  const words = 'published/hundred --seed 11 --runs 5 --moves 20';
  expect(await fuzz(words)).toEqual(await fuzz(words));
  expect((await fuzz('good --runs 2 --moves 5')).out).toMatch(/2 random runs from seed \d+/);
});

test('nothing found against a claim is as expected, but a witness that is missing is not', async () => {
  const holding = suiteOf('holding', [claims.bounded]);
  const { code, out: text } = await fuzz('holding --seed 1 --runs 3 --moves 10', { catalogue: [holding] });
  expect(code).toBe(0);
  expect(text).not.toContain('holds');
  expect((await fuzz('vacuous --seed 1 --runs 3 --moves 10')).code).toBe(3);
});

test('weights and swarm reach the engine', async () => {
  const { out: text } = await fuzz('good --seed 1 --runs 3 --moves 10 --no-swarm --weight add=0');
  expect(text).toContain('1 state, 0 transitions');
  const { code, err } = await fuzz('good --weight fly=2');
  expect(code).toBe(2);
  expect(err).toContain("a weight is given for 'fly'");
});

test('a schedule is named by the configuration or by the person, and told', async () => {
  const own = suiteOf('own', [claims.bounded], {
    configurations: { three: { doc: 'up to 3', set: { limit: 3 }, fuzz: { schedule: 'pos', runs: 3, moves: 10 } } },
  });
  const given = { catalogue: [own] };
  expect((await fuzz('own --seed 1', given)).out).toContain('3 random runs (pos) from seed 1');
  expect((await fuzz('own --seed 1 --no-swarm', given)).out).toContain('3 random runs (uniform) from seed 1');
  const { out: text } = await fuzz('own --seed 1 --schedule pct --depth 1', given);
  expect(text).toContain('3 random runs (pct) from seed 1');
  expect(text).toMatch(
    /note: a run by pct shows a bug of depth 1 with probability 1\/\d+ at least \(\d chains? and \d moves? at/,
  );
  const document = JSON.parse((await fuzz('own --seed 1 --schedule coverage --json', given)).out);
  expect(document.coverage.schedule).toMatchObject({ name: 'coverage', corpus: { local: expect.any(Number) } });
});

test('a schedule that is none, or that a simulation does not know, is a mistake', async () => {
  expect((await fuzz('good --seed 1 --schedule fair')).code).toBe(2);
  const { code, err } = await fuzz('good --seed 1 --schedule pct --simulate');
  expect(code).toBe(2);
  expect(err).toContain("a simulation cannot pick moves by the schedule 'pct'");
});

test('what was not seen is estimated where something is undecided', async () => {
  const { out: text } = await fuzz('good/hundred --property nobody --seed 1 --runs 50 --moves 30');
  expect(text).toMatch(
    /note: unseen, as 50 runs let one estimate: \d+ states, at least \d+ more, [\d.]+ new in one more run; /,
  );
  expect(text).toMatch(/note: of one state drawn from each run: .* \(0?[\d.]+ at most, with confidence 0.95\)/);
  const document = JSON.parse((await fuzz('good/hundred --property nobody --seed 1 --runs 50 --moves 30 --json')).out);
  expect(document.coverage.estimate).toMatchObject({ runs: 50, states: { seen: document.coverage.states } });
  expect((await fuzz('bad --seed 7 --runs 20 --moves 50 --property "a stays"')).out).not.toContain('unseen');
});

test('an interruption and a time limit end it', async () => {
  const controller = new AbortController();
  controller.abort();
  const interrupted = await fuzz('good/hundred --property nobody --runs 1000000', { interrupted: controller.signal });
  expect(interrupted.code).toBe(130);
  const timed = await fuzz('good/hundred --property nobody --runs 100000000 --time-limit 0.05');
  expect(timed.code).toBe(0);
  expect(timed.out).toContain('stopped because the time was up');
});

test('the document carries the seed', async () => {
  const document = JSON.parse((await fuzz('bad --seed 3 --runs 20 --moves 50 --json')).out);
  expect(document).toMatchObject({ seed: 3, coverage: { kind: 'sampled' } });
  expect(document.verdicts[1].shrunk.minimal.proved).toBe(true);
});

test('a machine that is not deterministic exits with 5', async () => {
  expect((await fuzz('fickle --seed 1')).code).toBe(5);
});

test('without a configuration it takes the first that is meant to be fuzzed', async () => {
  const { configurations } = suiteOf('sized', []);
  const sized = suiteOf('sized', [claims.bounded], {
    configurations: { ...configurations, huge: { doc: 'up to 400', set: { limit: 400 }, fuzz: {} } },
  });
  const given = { catalogue: [sized] };
  expect((await fuzz('sized --seed 1 --runs 2 --moves 5', given)).out).toContain('sized/huge: ');
  expect((await fuzz('sized/three --seed 1 --runs 2 --moves 5', given)).out).toContain('sized/three: ');
  expect((await run('check sized', given)).out).toContain('sized/three: ');
});

test('a simulation is asked for by the configuration or by the person, who has the last word', async () => {
  const simulated = suiteOf('simulated', [claims.refuted, claims.reached], {
    configurations: {
      large: {
        doc: 'up to 400',
        set: { limit: 400 },
        fuzz: { simulate: true, runs: 3, moves: 40, weights: { add: 2 } },
      },
    },
  });
  const given = { catalogue: [simulated] };
  const { code, out: text } = await fuzz('simulated --seed 1', given);
  expect(code).toBe(1);
  expect(text).toMatch(/simulated\/large: \d random runs? from seed 1, \d+ simulated moves \([\d,]+\/s\), depth \d+/);
  expect(text).toContain('VIOLATED   a stays below 2 (2 moves, proved minimal)');
  expect(text).toMatch(/xstate took \d+ of \d+ steps of machines too, with the same outcome/);
  expect((await fuzz('simulated --seed 1 --no-simulate', given)).out).toMatch(/3 random runs|\d+ states, /);
  expect((await fuzz('good --seed 1 --simulate --runs 2 --moves 5')).out).toContain('simulated moves');
  const document = JSON.parse((await fuzz('simulated --seed 1 --json', given)).out);
  expect(document).toMatchObject({
    strategy: 'simulate',
    coverage: { kind: 'sampled', simulated: { notCompiled: [] } },
  });
  expect(document.coverage.movesPerSecond).toBeGreaterThan(0);
  const again = await run(`replay ${join(out, 'simulated-large-a-stays-below-2.json')}`, given);
  expect(again.code).toBe(0);
});
