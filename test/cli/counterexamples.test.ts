/** A counterexample's file is there in full before anybody is told of it, and a write that fails leaves what was there. */
import fs, { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { readTrace } from '../../src/trace/index.js';
import { catalogue, run, scratch } from './toy.js';

const home = scratch();
afterEach(() => vi.restoreAllMocks());

const name = 'bad-three-a-stays-below-2.json';

/** What a reader finds in each file at the instant at which a line names it: how many moves, or what is wrong with it. */
async function readAtOnce(words: readonly string[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const hear = (text: string): void => {
    for (const [file] of text.matchAll(/\S+\.json/g))
      found.push(readTrace(readFileSync(file, 'utf8'), file).moves.length);
  };
  const stream = { write: hear };
  await main([...words], { catalogue, env: {}, stdout: stream, stderr: stream });
  return found;
}

test.each([
  ['check', ['check', 'bad']],
  ['fuzz', ['fuzz', 'bad', '--seed', '1']],
  ['ci', ['ci', '--no-cache', '--quiet', '--config']],
])('%s: whoever reads the line finds the file, whole', async (command, words) => {
  const folder = mkdtempSync(join(home, 'told-'));
  const config = join(folder, 'churnproof.config.js');
  writeFileSync(config, `export default { suites: ['bad'], counterexamples: ${JSON.stringify(folder)} };`);
  const found = await readAtOnce([...words, ...(command === 'ci' ? [config] : ['--out', folder])]);
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found)).toEqual(new Set([2]));
});

test('a disk that is full in the middle of it: told, exit code 2, and what was there before is there still', async () => {
  const folder = mkdtempSync(join(home, 'full-'));
  writeFileSync(join(folder, name), 'the file of an earlier run');
  let written = 0;
  vi.spyOn(fs, 'write').mockImplementation(((fd: number, text: string, ...rest: unknown[]) => {
    written = fs.writeSync(fd, text.slice(0, text.length / 2));
    (rest.at(-1) as (error: Error) => void)(new Error('ENOSPC: no space left on device, write'));
  }) as typeof fs.write);
  const { code, out, err } = await run(['check', 'bad', '--out', folder]);
  expect(written).toBeGreaterThan(100);
  expect(code).toBe(2);
  expect(err).toContain('cannot write the counterexample: ENOSPC');
  expect(out).not.toContain(name);
  expect(readdirSync(folder)).toEqual([name]);
  expect(readFileSync(join(folder, name), 'utf8')).toBe('the file of an earlier run');
});
