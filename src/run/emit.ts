/** A recorded trace as a test of its own: what it must show is what its claim expects when the test runs. */
import type { TraceFile } from '../trace/index.js';
import { writeTrace } from '../trace/index.js';

/** @public */
export type EmitFormat = 'vitest' | 'node';

/**
 * The source of a stand-alone test.
 * @param suite what to import the suite from: the claims file as seen from the test, or nothing for a bundled one
 * @public
 */
export function emitTest(trace: TraceFile, format: EmitFormat, suite: string | undefined): string {
  const imports =
    suite === undefined
      ? `import { catalogue as suites } from 'churnproof/properties/catalogue';\n`
      : `import own from ${JSON.stringify(suite)};\n`;
  const suites = suite === undefined ? '' : '\nconst suites = [own].flat();\n';
  const [head, check] =
    format === 'vitest'
      ? [`import { expect, test } from 'vitest';\n`, '  expect(shown, notes.join()).toBe(expected);']
      : [
          `import assert from 'node:assert/strict';\nimport test from 'node:test';\n`,
          '  assert.equal(shown, expected, notes.join());',
        ];
  const title = JSON.stringify(`${trace.model}/${trace.mutant ?? trace.configuration}: ${trace.property}`);
  return `/** A recorded behaviour of ${trace.model}, written by churnproof replay --emit ${format}. */
${format === 'node' ? head : ''}import { readTrace, replayTrace } from 'churnproof';
${imports}${format === 'vitest' ? head : ''}${suites}
const recorded = ${literal(writeTrace(trace).trimEnd())};

test(${title}, () => {
  const { shown, expected, notes } = replayTrace(suites, readTrace(recorded, 'recorded'));
${check}
});
`;
}

/** Readable line by line, and safe in a template. */
const literal = (text: string): string =>
  `String.raw\`${text.replace(/[`$\\]/g, (sign) => `\${${JSON.stringify(sign)}}`)}\``;
