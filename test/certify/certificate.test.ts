/** Certificates at the border, and what follows from a difference: whatever a file holds, it is understood or refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Certificate,
  describeDifference,
  differencesOf,
  readCertificate,
  renderCertificate,
  type Verified,
  verifiedOutcomes,
} from '../../src/certify/index.js';
import { ChurnproofError } from '../../src/kernel/index.js';
import type { Outcome } from '../../src/report/index.js';

const hash = '0'.repeat(64);

const sample: Certificate = {
  schemaVersion: 1,
  tool: 'churnproof',
  kind: 'certificate',
  model: 'light',
  summary: 'A light',
  sources: { hash, files: { 'models/light/machine.ts': hash } },
  engine: { version: '0.1.0', hash, packages: { xstate: '5.0.0' } },
  configurations: [
    {
      name: 'once',
      quick: true,
      values: { left: 1, loud: false, order: 'up' },
      strategy: 'breadth-first',
      reductions: [],
      coverage: { kind: 'exhaustive', states: 4, transitions: 3, depth: 3 },
      claims: [
        { property: 'it lasts', kind: 'always', verdict: 'holds', expected: 'holds' },
        { property: 'it is on', kind: 'sometimes', verdict: 'witnessed', expected: 'witnessed', length: 1 },
      ],
      machines: [
        {
          machine: 'lamp',
          peers: ['lamp'],
          states: { of: 3, unused: [] },
          transitions: { of: 4, unused: ['on mend'] },
          guards: { of: 0, always: [], never: [], unasked: [] },
        },
      ],
    },
  ],
  witnesses: [{ property: 'it is on', seen: { once: 1 } }],
  neverTaken: { lamp: ['on mend'] },
  mutants: {
    killed: 1,
    of: 1,
    survivors: 0,
    tried: [{ name: 'A', doc: 'a', values: {}, survivor: false, outcome: 'killed', fell: { 'it lasts': 2 } }],
  },
  generic: { configuration: 'once', killed: 3, of: 4, equivalent: 0, survived: ['lamp: x'], undecided: [] },
};

// biome-ignore lint/suspicious/noExplicitAny: a file may hold anything
type Any = any;

const changed = (change: (copy: Any) => unknown): Certificate => {
  const copy = structuredClone(sample);
  change(copy);
  return copy;
};

const problemOf = (text: string): string => {
  try {
    readCertificate(text, 'c.json');
  } catch (error) {
    if (error instanceof ChurnproofError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
};

describe('what is read', () => {
  test('is what was written', () => {
    expect(readCertificate(renderCertificate(sample), 'c.json')).toEqual(sample);
    expect(renderCertificate(readCertificate(renderCertificate(sample), 'c.json'))).toBe(renderCertificate(sample));
  });

  test.each([
    ['', 'CERTIFICATE_UNREADABLE: the file is not JSON'],
    ['[1', 'CERTIFICATE_UNREADABLE: the file is not JSON'],
    [' '.repeat(17 * 1024 * 1024), 'CERTIFICATE_UNREADABLE: the file is too large for a certificate'],
    ['null', 'CERTIFICATE_INVALID: the file is null'],
    ['{"tool":"churnproof","schemaVersion":1}', 'CERTIFICATE_FOREIGN: it is not a certificate of churnproof'],
    [JSON.stringify({ ...sample, schemaVersion: 2 }), 'CERTIFICATE_FOREIGN: written by a later churnproof'],
    [JSON.stringify({ ...sample, more: 1 }), 'CERTIFICATE_INVALID: more is an unknown field'],
    [JSON.stringify({ ...sample, model: '../../etc' }), 'CERTIFICATE_INVALID: model is "../../etc"'],
    [JSON.stringify({ ...sample, configurations: [] }), 'CERTIFICATE_INVALID: configurations is []'],
  ])('is refused otherwise: %.40s', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  test.each<[string, (copy: Any) => unknown]>([
    [
      'configurations.0.coverage.kind is "bounded"',
      (c) => {
        c.configurations[0].coverage.kind = 'bounded';
      },
    ],
    [
      'configurations.0.claims.0.verdict is "true"',
      (c) => {
        c.configurations[0].claims[0].verdict = 'true';
      },
    ],
    [
      'configurations.0.claims.1.length is -1',
      (c) => {
        c.configurations[0].claims[1].length = -1;
      },
    ],
    [
      'mutants.tried.0.outcome is "survived"',
      (c) => {
        c.mutants.tried[0].outcome = 'survived';
      },
    ],
    [
      'sources.files.../x.ts',
      (c) => {
        c.sources.files['../x.ts'] = hash;
      },
    ],
  ])('names the field: %s', (problem, change) => {
    expect(problemOf(renderCertificate(changed(change)))).toContain(problem);
  });

  test('or refused with a code, whatever it is', () => {
    const fields = fc.constantFrom(...Object.keys(sample));
    fc.assert(
      fc.property(fields, fc.jsonValue(), (field, value) => {
        expect(problemOf(JSON.stringify({ ...sample, [field]: value }))).toMatch(/^(none$|CERTIFICATE_)/);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('what differs', () => {
  test('is told of every field that there is', () => {
    const paths: (readonly (string | number)[])[] = [];
    const visit = (value: unknown, path: readonly (string | number)[]): void => {
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
      else paths.push(path);
    };
    const { sources: _, engine: __, ...found } = sample;
    visit(found, []);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) {
      const other = changed((copy) => {
        const inside = path.slice(0, -1).reduce((at: Any, key) => at[key], copy);
        inside[path.at(-1) as string] = 'something else';
      });
      expect([path, differencesOf(sample, other).length]).not.toEqual([path, 0]);
    }
  });

  test('in words', () => {
    const now = changed((c) => {
      c.configurations[0].claims[0].verdict = 'violated';
      c.configurations[0].claims[0].length = 3;
      c.mutants.tried.push({ ...c.mutants.tried[0], name: 'B' });
      delete c.generic;
    });
    expect(differencesOf(sample, now).map(describeDifference)).toEqual([
      'configuration once, claim "it lasts": verdict was holds, is violated',
      'configuration once, claim "it lasts": length is new: 3',
      'mutant B is new',
      'generic is gone',
    ]);
  });
});

describe('what follows', () => {
  const outcomeOf = (now: Certificate, change: Partial<Verified> = {}) =>
    verifiedOutcomes({
      model: 'light',
      stale: [],
      engine: [],
      certified: sample,
      now,
      differences: differencesOf(sample, now),
      ...change,
    });

  test.each<[string, Outcome, (copy: Any) => unknown]>([
    ['nothing differs', 'asExpected', () => {}],
    [
      'another count',
      'notAsExpected',
      (c) => {
        c.configurations[0].coverage.states = 5;
      },
    ],
    [
      'another verdict',
      'notAsExpected',
      (c) => {
        c.configurations[0].claims[0].verdict = 'violated';
      },
    ],
    ['a mutant that survives', 'vacuous', (c) => Object.assign(c.mutants.tried[0], { outcome: 'survived', fell: {} })],
    [
      'fewer generic mutants killed',
      'vacuous',
      (c) => {
        c.generic.killed = 2;
      },
    ],
    ['no generic mutants any more', 'vacuous', (c) => Reflect.deleteProperty(c, 'generic')],
    [
      'a mutant that was not decided',
      'undecided',
      (c) => {
        c.mutants.tried[0].outcome = 'undecided';
      },
    ],
    [
      'a search that was cut',
      'undecided',
      (c) => {
        c.configurations[0].coverage = { kind: 'bounded', cut: 'time', states: 2, transitions: 1, depth: 1 };
        for (const claim of c.configurations[0].claims) claim.verdict = 'undecided';
      },
    ],
    [
      'a search that was cut, and a violation in it',
      'notAsExpected',
      (c) => {
        c.configurations[0].coverage = { kind: 'bounded', cut: 'time', states: 2, transitions: 1, depth: 1 };
        c.configurations[0].claims[0].verdict = 'violated';
      },
    ],
  ])('of %s: %s', (_what, outcome, change) => {
    expect(outcomeOf(changed(change))).toEqual([outcome]);
  });

  test('of a source that has changed, though all else is the same: it must be certified again', () => {
    expect(outcomeOf(sample, { stale: ['models/light/machine.ts has changed'] })).toEqual(['notAsExpected']);
  });
});
