/** Reading a log: every line is understood or refused by a code, with its place and what would have been right. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLog } from '../../src/conform/index.js';
import { ChurnproofError } from '../../src/kernel/index.js';

test('moves, looks, remarks and empty lines', () => {
  const log = `{"kind":"deliver","from":"a","message":{"type":"x"},"note":{"at":12.5}}

{"after":{"a":{"state":"done","context":{"n":1}}}}
{"kind":"crash","peer":"b","after":{"b":{"status":"crashed"}}}`;
  expect(readLog(log, 'l')).toEqual([
    { line: 1, kind: 'deliver', fields: { from: 'a', message: { type: 'x' } } },
    { line: 3, fields: {}, after: { a: { state: 'done', context: { n: 1 } } } },
    { line: 4, kind: 'crash', fields: { peer: 'b' }, after: { b: { status: 'crashed' } } },
  ]);
});

describe('what is refused', () => {
  test.each([
    ['', 'LOG_UNREADABLE', 'the log is empty'],
    ['{"kind":"timeout"}\n{', 'LOG_UNREADABLE', 'the line is not JSON'],
    ['[]', 'LOG_INVALID', 'after is missing'],
    ['7', 'LOG_INVALID', 'the line is 7'],
    ['{"kind":"explode"}', 'LOG_INVALID', 'kind is "explode"'],
    ['{"kind":"timeout","form":"a"}', 'LOG_INVALID', 'form is an unknown field'],
    ['{"kind":"deliver","message":"x"}', 'LOG_INVALID', 'message is "x"'],
    ['{"after":{"a":{"colour":1}}}', 'LOG_INVALID', 'after.a.colour is an unknown field'],
    ['{"after":{"a":{"status":"ill"}}}', 'LOG_INVALID', 'after.a.status is "ill"'],
    ['{"kind":"deliver","message":{"__proto__":{"x":1}}}', 'LOG_UNREADABLE', 'a field is called __proto__'],
  ])('%s', (log, code, message) => {
    expect(() => readLog(log, 'l')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test('the place is told', () =>
    expect(() => readLog('{"kind":"timeout"}\n{"kind":"deliver","to":3}', 'log.jsonl')).toThrow(
      expect.objectContaining({ where: 'log.jsonl:2, field to' }),
    ));
});

test('whatever a file holds, the answer is lines or one coded error', () => {
  const good =
    '{"kind":"deliver","from":"a","to":"b","message":{"type":"x","n":[1,2]},"after":{"a":{"context":{"n":1}}}}';
  const spliced = fc
    .tuple(fc.nat(good.length), fc.nat(20), fc.string({ maxLength: 12 }))
    .map(([at, cut, text]) => good.slice(0, at) + text + good.slice(at + cut));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), spliced), (log) => {
      try {
        readLog(log, 'l');
      } catch (error) {
        expect(error).toBeInstanceOf(ChurnproofError);
        expect((error as ChurnproofError).code).toMatch(/^LOG_/);
      }
    }),
    { numRuns: 500 },
  );
});
