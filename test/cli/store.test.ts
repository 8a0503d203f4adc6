/** `churnproof check --store`: what is not exact says so in every line and document, and what it cannot do it refuses. */
import { expect, test } from 'vitest';
import { catalogue as bundled } from '../../properties/catalogue.js';
import { run, scratch } from './toy.js';

const out = scratch();
const check = (words: readonly string[]) => run(['check', ...words, '--out', out], { catalogue: bundled });
const commit = ['two-phase-commit/three', '--property', 'no resource manager'];

test('what holds by fingerprints does so but for a chance', async () => {
  const { code, out: text } = await check([...commit, '--store', 'fingerprint', '--seed', '3']);
  expect([code, text.replace(/, \d+\.\d s/, '')]).toEqual([
    0,
    `two-phase-commit/three: breadth-first search by fingerprints of 64 bits from seed 3, 288 states, 1145 transitions, depth 10
  holds      no resource manager commits while another aborts (in all 288 states, with a chance of at most 2.3e-13 % that one was missed)
  note: the chance is over seeds: what a search from another --seed says as well is wrong with the product of both
1 claim, all as expected
`,
  ]);
});

test('and in JSON', async () => {
  const { code, out: text } = await check([...commit, '--store', 'fingerprint', '--json']);
  const missed = (288 * 289) / 2 ** 65;
  expect([code, JSON.parse(text)]).toEqual([
    0,
    expect.objectContaining({
      coverage: expect.objectContaining({
        kind: 'hashed',
        hashed: { store: 'fingerprint', seed: 0, bits: 64, missed },
      }),
      verdicts: [expect.objectContaining({ verdict: 'holds', doubt: missed })],
    }),
  ]);
});

test('a field of bits leaves it undecided', async () => {
  const { code, out: text } = await check([...commit, '--store', 'bitstate', '--bitstate-size', '1']);
  expect(code).toBe(3);
  expect(text).toContain('breadth-first search by a field of 8,388,608 bits from seed 0, 288 states');
  expect(text).toContain('(not refuted in the 288 states that were seen)');
  expect(text).toMatch(/note: of the bits 0\.011 % are set: about \S+ beside the 288 states seen are likely/);
});

test.each(['fingerprint', 'bitstate'])('what is found by %s is found', async (store) => {
  const { code, out: text } = await check(['stop-and-wait/unordered', '--store', store, '--property', 'bob never']);
  expect(text).toMatch(/violated {3}bob never delivers more than alice sent \(as expected, 5 moves/);
  expect(code).toBe(0);
});

test('together with a reduction both are named', async () => {
  const words = ['--store', 'fingerprint', '--reduce', 'symmetry', '--reduce', 'partial-order'];
  const { code, out: text } = await check([...commit, ...words]);
  expect(text).toMatch(
    /breadth-first search under symmetry and partial order reduction by fingerprints of 64 bits from seed 0, \d+ states/,
  );
  expect(text).toMatch(
    /\(in all \d+ states that had to be looked at, with a chance of at most \S+ % that one was missed\)/,
  );
  expect(code).toBe(0);
});

test('another order is refused, with exit code 2', async () => {
  const { code, err } = await check([...commit, '--store', 'bitstate', '--strategy', 'depth-first']);
  expect([code, err]).toEqual([2, expect.stringContaining('SEARCH_INVALID: a bitstate store is for')]);
});
