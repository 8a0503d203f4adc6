/** `churnproof check --workers`: what several workers cannot share is refused, or done by one with a word about it. */
import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue as bundled } from '../../properties/catalogue.js';
import { builtPackage } from '../support/workers.js';
import { run, scratch } from './toy.js';

const out = scratch();
const check = (words: string) => run(['check', ...words.split(' '), '--out', out], { catalogue: bundled });

describe('is refused', () => {
  test.each([
    ['--store fingerprint', 'a search with a fingerprint store cannot be shared by several workers'],
    ['--strategy depth-first', 'a depth-first search cannot be shared'],
    ['--reduce symmetry', 'a search under symmetry cannot be shared'],
    ['--workers 0', 'It must be a whole number from 1'],
    ['--workers 17', 'It must be a whole number from 1 to 16'],
  ])('%s', async (words, said) => {
    const { code, err } = await check(`two-phase-commit/three --workers 2 ${words}`);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });

  test('what is no file that a thread can load', async () => {
    const { code, err } = await run(['check', 'good', '--workers', '2', '--out', out]);
    expect([code, err]).toEqual([2, expect.stringContaining('model good cannot be given to workers')]);
  });
});

test('claims of whole behaviours are looked at by one, which is said', async () => {
  const { code, out: text, err } = await check('stop-and-wait --workers 2');
  expect(err).toContain('the whole graph of states in one place: one worker searches');
  expect(text).toContain('holds      ');
  expect(code).toBe(0);
});

describe('the command', () => {
  const built = builtPackage();
  afterAll(() => built.remove());

  const document = (...words: string[]) => {
    const all = ['check', 'stop-and-wait/unordered', '--property', 'bob never', '--json', '--out', out, ...words];
    const text = execFileSync(process.execPath, [built.bin, ...all], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const told = JSON.parse(text) as { readonly coverage: Readonly<Record<string, unknown>> };
    return { ...told, coverage: { ...told.coverage, seconds: 0 }, effort: undefined };
  };

  test('says with two workers what it says with one', () => {
    const whole = document();
    expect(whole).toMatchObject({ verdicts: [{ verdict: 'violated' }] });
    expect(document('--workers', '2')).toEqual(whole);
  });
});
