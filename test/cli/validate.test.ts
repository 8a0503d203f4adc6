/** `churnproof validate`: what it prints of a log that fits, of one that does not, and of one that is none. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, scratch } from './toy.js';

const folder = scratch();
let files = 0;
function saved(...lines: readonly object[]): string {
  const file = join(folder, `${files++}.jsonl`);
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  return file;
}
const add = (peer: string, n: number) => ({
  kind: 'operation',
  peer,
  operation: 'add',
  after: { [peer]: { context: { n } } },
});

test('a log that some behaviour explains', async () => {
  const file = saved(add('a', 1), add('b', 1), { after: { a: { context: { n: 2 } } } });
  const { code, out } = await run(['validate', 'good', file, '--hidden', 'add', '--traces']);
  expect(out).toMatchInlineSnapshot(`
    "good/three: 3 lines, 37 states looked at, not logged: add
      accepted  explained with 1 move that was not logged
         1. a: add
         2. a: add  (not logged)
         3. b: add
    "
  `);
  expect(code).toBe(0);
});

test('one that none does: the first line, and what could have been', async () => {
  const file = saved(add('a', 1), add('a', 3));
  const { code, out } = await run(['validate', 'good', file]);
  expect(out).toMatchInlineSnapshot(`
    "good/three: 2 lines, 2 states looked at, not logged: deliver, timeout
      REJECTED at line 2: operation {"peer":"a","operation":"add"} then {"a":{"context":{"n":3}}}
      the model can do that, but then a stands otherwise
      what the model could have done there:
        a: add
        b: add
    "
  `);
  expect(code).toBe(1);
});

test('a document for programs', async () => {
  const { out } = await run(['validate', 'good', saved(add('a', 1)), '--json']);
  expect(JSON.parse(out)).toMatchObject({
    schemaVersion: 1,
    verdict: 'accepted',
    lines: 1,
    trace: { moves: ['a: add'] },
  });
});

test('a limit is no verdict', async () => {
  const { code, out } = await run(['validate', 'good', saved(add('a', 3)), '--hidden', 'add', '--max-states', '2']);
  expect(code).toBe(3);
  expect(out).toContain('undecided at line 1');
});

test('a file that is not there, or is no log', async () => {
  expect(await run(['validate', 'good', join(folder, 'none.jsonl')])).toMatchObject({
    code: 2,
    err: expect.stringContaining('LOG_UNREADABLE'),
  });
  const { code, err } = await run(['validate', 'good', saved({ kind: 'operation', pier: 'a' })]);
  expect(code).toBe(2);
  expect(err).toContain('pier is an unknown field');
});
