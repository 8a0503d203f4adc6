/** Trace files: what is written is read back, and nothing else gets in, whatever a file was made to hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ChurnproofError, canonical, explainError } from '../../src/kernel/index.js';
import { maxTraceSize, readTrace, type TraceFile, writeTrace } from '../../src/trace/index.js';
import { traceFiles } from './arbitrary.js';

const sample: TraceFile = {
  schemaVersion: 1,
  tool: 'churnproof',
  engine: '0.1.0',
  model: 'stop-and-wait',
  configuration: 'unordered',
  values: { network: 'unordered', packets: 2 },
  property: 'bob never delivers more than alice sent',
  kind: 'always',
  verdict: 'violated',
  start: 0,
  choices: [0, 1, 2],
  moves: [
    { kind: 'timeout', peer: 'alice', timer: 'retry' },
    { kind: 'deliver', from: 'alice', to: 'bob', message: { type: 'data', bit: 0, size: 12n, note: undefined } },
    { kind: 'join', peer: 'carol', args: { via: 'bob' }, event: null },
  ],
  minimal: { proved: true, scope: 'system', states: 1107 },
};

/** The error of a file, which must be one of ours. */
function refusal(text: string): ChurnproofError {
  try {
    readTrace(text, 'some.json');
  } catch (error) {
    if (error instanceof ChurnproofError) return error;
    throw error;
  }
  throw new Error('the file was accepted');
}

const changed = (change: object): string => JSON.stringify({ ...JSON.parse(writeTrace(sample)), ...change });

describe('writing and reading', () => {
  test('one move a line', () => {
    expect(writeTrace(sample)).toMatchInlineSnapshot(`
      "{
        "schemaVersion": 1,
        "tool": "churnproof",
        "engine": "0.1.0",
        "model": "stop-and-wait",
        "configuration": "unordered",
        "values": {"network":"unordered","packets":2},
        "property": "bob never delivers more than alice sent",
        "kind": "always",
        "verdict": "violated",
        "start": 0,
        "choices": [0,1,2],
        "minimal": {"proved":true,"scope":"system","states":1107},
        "moves": [
          {"kind":"timeout","peer":"alice","timer":"retry"},
          {"kind":"deliver","from":"alice","to":"bob","message":{"type":"data","bit":0,"size":{"$plain":"12n"},"note":{"$plain":"undefined"}}},
          {"kind":"join","peer":"carol","args":{"via":"bob"},"event":null}
        ]
      }
      "
    `);
  });

  test('what is written is read back, and written again the same', () => {
    fc.assert(
      fc.property(traceFiles, (file) => {
        const text = writeTrace(file);
        const read = readTrace(text, 'some.json');
        // Vitest's own comparison stumbles over a field named `constructor`.
        expect(canonical(read)).toBe(canonical(file));
        expect(writeTrace(read)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('the order of fields does not matter', () => {
    const turned = Object.fromEntries(Object.entries(sample).reverse()) as unknown as TraceFile;
    expect(writeTrace(turned)).toBe(writeTrace(sample));
  });

  test('what could not be read back is not written', () => {
    const write = () => writeTrace({ ...sample, choices: [0] });
    expect(write).toThrow(expect.objectContaining({ code: 'TRACE_INVALID', where: 'moves' }));
  });
});

describe('a behaviour without end', () => {
  const endless: TraceFile = {
    ...sample,
    kind: 'leadsTo',
    loop: 1,
    critical: { kind: 'lost', step: 3, instead: { move: { kind: 'heal' }, distance: 4 } },
  };
  const recoverable: TraceFile = { ...sample, kind: 'recoverable', critical: { kind: 'lost', step: 0 }, dead: 12 };
  const changed = (file: TraceFile, change: object): string =>
    JSON.stringify({ ...JSON.parse(writeTrace(file)), ...change });

  test('its loop and its fate are written beside the moves, and read back', () => {
    expect(writeTrace(endless).split('\n').slice(9, 15)).toMatchInlineSnapshot(`
      [
        "  "verdict": "violated",",
        "  "start": 0,",
        "  "loop": 1,",
        "  "choices": [0,1,2],",
        "  "minimal": {"proved":true,"scope":"system","states":1107},",
        "  "critical": {"kind":"lost","step":3,"instead":{"move":{"kind":"heal"},"distance":4}},",
      ]
    `);
    expect(readTrace(writeTrace(endless), 'x')).toEqual(endless);
    expect(readTrace(writeTrace(recoverable), 'x')).toEqual(recoverable);
  });

  test('a loop of no moves, and a fate one move after the last', () => {
    const still: TraceFile = { ...endless, loop: 3, critical: { kind: 'open', step: 4 } };
    expect(readTrace(writeTrace(still), 'x')).toEqual(still);
  });

  test.each([
    ['a property of states with a loop', changed(sample, { loop: 1 }), 'loop', '1'],
    ['a recoverable with a loop', changed(recoverable, { loop: 1 }), 'loop', '1'],
    ['an endless one without', changed(endless, { loop: undefined }), 'loop', 'missing'],
    ['a loop after the last move', changed(endless, { loop: 4 }), 'loop', '4'],
    ['a loop below zero', changed(endless, { loop: -1 }), 'loop', '-1'],
    ['a fate of a property of states', changed(sample, { critical: { kind: 'lost', step: 1 } }), 'critical', '{'],
    ['a fate after the last move', changed(endless, { critical: { kind: 'lost', step: 4 } }), 'critical.step', '4'],
    ['an open one after that', changed(endless, { critical: { kind: 'open', step: 5 } }), 'critical.step', '5'],
    ['an open one before the first', changed(endless, { critical: { kind: 'open', step: 0 } }), 'critical.step', '0'],
    ['another fate', changed(endless, { critical: { kind: 'late', step: 1 } }), 'critical.kind', '"late"'],
    ['a step of no number', changed(endless, { critical: { kind: 'lost' } }), 'critical.step', 'missing'],
    [
      'something else instead',
      changed(endless, { critical: { kind: 'lost', step: 1, instead: { move: {}, distance: 1 } } }),
      'critical.instead.move.kind',
      'missing',
    ],
    ['dead states of another kind', changed(endless, { dead: 1 }), 'dead', '1'],
    ['none', changed(recoverable, { dead: 0 }), 'dead', '0'],
    ['witnessed', changed(endless, { verdict: 'witnessed' }), 'verdict', '"witnessed"'],
  ])('%s is an error that names the field', (_what, text, field, found) => {
    const { code, message, where } = refusal(text);
    expect([code, where]).toEqual(['TRACE_INVALID', `some.json, field ${field}`]);
    expect(message.startsWith(`${field} is ${found}`)).toBe(true);
  });
});

describe('what is not a trace file', () => {
  test.each([
    ['nothing', ''],
    ['half a file', writeTrace(sample).slice(0, 300)],
    ['half a string', '{"schemaVersion": 1, "to'],
    ['no end of brackets', '['.repeat(100_000)],
  ])('%s ends too early', (_what, text) => {
    expect(refusal(text)).toMatchObject({ code: 'TRACE_UNREADABLE', message: 'the file ends too early' });
  });

  test('what is not JSON is told with its place', () => {
    expect(refusal('{\n  "schemaVersion": 1,\n  "tool": churnproof\n}').code).toBe('TRACE_UNREADABLE');
    expect(refusal('{\n  "schemaVersion": 1\n  "tool": "churnproof"\n}').where).toBe('some.json:3:3');
  });

  test('too large a file is not even parsed', () => {
    expect(refusal(' '.repeat(maxTraceSize + 1))).toMatchObject({
      code: 'TRACE_UNREADABLE',
      expected: 'at most 64 MiB',
    });
  });

  test.each([
    ['null', 'null', 'some.json'],
    ['a list', '[]', 'some.json, field schemaVersion'],
    ['a missing field', changed({ property: undefined }), 'some.json, field property'],
    ['an unknown field', changed({ extra: 1 }), 'some.json, field extra'],
    ['a field named constructor', changed({ constructor: 1 }), 'some.json, field constructor'],
    ['an unknown schema', changed({ schemaVersion: 0 }), 'some.json, field schemaVersion'],
    ['an empty name', changed({ model: '' }), 'some.json, field model'],
    ['a list of values', changed({ values: [1] }), 'some.json, field values'],
    ['a value that is no value', changed({ values: { n: {} } }), 'some.json, field values'],
    ['another kind', changed({ kind: 'never' }), 'some.json, field kind'],
    ['a verdict of another kind', changed({ verdict: 'witnessed' }), 'some.json, field verdict'],
    ['a start below zero', changed({ start: -1 }), 'some.json, field start'],
    ['a choice that is too large', changed({ choices: [0, 1, 2 ** 31] }), 'some.json, field choices[2]'],
    ['fewer choices than moves', changed({ choices: [0, 1] }), 'some.json, field moves'],
    ['a move of no kind', changed({ moves: [{}, {}, {}] }), 'some.json, field moves[0].kind'],
    [
      'a move of an unknown kind',
      changed({ choices: [0], moves: [{ kind: 'fly' }] }),
      'some.json, field moves[0].kind',
    ],
    [
      'a message without a type',
      changed({ choices: [0], moves: [{ kind: 'lose', from: 'a', to: 'b', message: {} }] }),
      'some.json, field moves[0].message',
    ],
    [
      'an extra field in a move',
      changed({ choices: [0], moves: [{ kind: 'heal', peer: 'a' }] }),
      'some.json, field moves[0].peer',
    ],
    ['a wrong minimality', changed({ minimal: { proved: true } }), 'some.json, field minimal.scope'],
    ['a word for no value', changed({ values: { n: { $plain: 'x' } } }), 'some.json, field values.n.$plain'],
    [
      'a huge bigint',
      changed({ values: { n: { $plain: `${'9'.repeat(5000)}n` } } }),
      'some.json, field values.n.$plain',
    ],
    ['a deep value', changed({ values: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) }), 'some.json'],
  ])('%s is an error that names the field', (_what, text, where) => {
    const error = refusal(text);
    expect(error.code).toBe('TRACE_INVALID');
    expect(error.where?.startsWith(where)).toBe(true);
  });

  test('the whole error is a paragraph', () => {
    expect(explainError(refusal(changed({ start: 'x' })))).toMatchInlineSnapshot(`
      "error TRACE_INVALID: start is "x"
        where: some.json, field start
        expected: number
        try: trace files are written by churnproof; to change the story, change the model and check again"
    `);
  });

  test('too many moves', () => {
    const text = changed({ choices: Array(1_000_001).fill(0) });
    expect(refusal(text)).toMatchObject({ code: 'TRACE_INVALID', where: 'some.json, field choices' });
  });

  test('a prototype cannot be reached', () => {
    for (const text of [
      '{"__proto__": {"polluted": 1}, "schemaVersion": 1}',
      writeTrace(sample).replace('"packets":2', '"__proto__":{"polluted":1}'),
      writeTrace(sample).replace('"bit":0', '"__proto__":{"polluted":1}'),
    ]) {
      const error = refusal(text);
      expect(error.code).toBe('TRACE_INVALID');
      expect(error.where).toContain('__proto__');
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test('a file of another tool or of a later version is foreign, not broken', () => {
    expect(refusal(changed({ tool: 'tlc' })).code).toBe('TRACE_FOREIGN');
    expect(refusal(changed({ schemaVersion: 2, tool: 'churnproof' })).code).toBe('TRACE_FOREIGN');
  });
});

describe('whatever happens to a file', () => {
  const codes = ['TRACE_UNREADABLE', 'TRACE_INVALID', 'TRACE_FOREIGN'];

  /** Reads or refuses with a code of ours; never anything else. */
  function survives(text: string): void {
    try {
      readTrace(text, 'some.json');
    } catch (error) {
      if (!(error instanceof ChurnproofError)) throw error;
      expect(codes).toContain(error.code);
      expect(error.where).toContain('some.json');
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  }

  test('cut anywhere, it is unreadable', () => {
    const text = writeTrace(sample).trimEnd();
    for (let length = 0; length < text.length; length++)
      expect(refusal(text.slice(0, length)).code).toBe('TRACE_UNREADABLE');
  });

  test('with characters changed, removed or added', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat(3),
      fc.oneof(fc.string(), fc.constantFrom('"', '{', '[', ',', '\\', '-1', '1e999')),
    );
    fc.assert(
      fc.property(traceFiles, fc.array(edit, { minLength: 1, maxLength: 4 }), (file, edits) => {
        const text = edits.reduce((before, [at, remove, add]) => {
          const from = at % (before.length + 1);
          return before.slice(0, from) + add + before.slice(from + remove);
        }, writeTrace(file));
        survives(text);
      }),
      { numRuns: 500 },
    );
  });

  test('with values of other types, hostile numbers and fields where none belong', () => {
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(-1, 0.5, 1e308, 2 ** 53, '', null, [], {}, { $plain: 'NaN' }, { $plain: 5 }, { type: 'x' }),
    );
    fc.assert(
      fc.property(
        traceFiles,
        fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
        hostile,
        fc.boolean(),
        (file, path, value, add) => {
          const root = JSON.parse(writeTrace(file)) as Record<string, unknown>;
          let at = root;
          for (const step of path) {
            const keys = Object.keys(at);
            const key = keys[step % keys.length];
            const next = key === undefined ? undefined : at[key];
            if (key === undefined || typeof next !== 'object' || next === null || step === path.at(-1)) {
              at[add || key === undefined ? 'surplus' : key] = value;
              break;
            }
            at = next as Record<string, unknown>;
          }
          survives(JSON.stringify(root));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('any text at all', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), survives), { numRuns: 300 });
  });
});
