/** Graphs in the Aldebaran format are read by somebody else's tool, which finds the same states, transitions and labels. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { StateGraph } from '../../src/index.js';
import { renderAut } from '../../src/report/index.js';
import { scratch } from '../cli/toy.js';
import { readAut } from '../support/aut.js';
import { projectRoot } from '../support/source.js';

/** A class path with AutomataLib's AUT module and what that needs. */
const classes = process.env.AUTOMATALIB ?? '';
const reason = classes === '' ? ' (skipped: no class path in AUTOMATALIB)' : '';

export function askAutomataLib(graphOf: (words: string) => StateGraph): void {
  describe.skipIf(classes === '')(`AutomataLib reads the Aldebaran format${reason}`, () => {
    const folder = scratch();
    const counts = (text: string) => {
      const file = join(folder, 'graph.aut');
      writeFileSync(file, text);
      const count = join(projectRoot, 'test/fixtures/automatalib/Count.java');
      const { status, stdout, stderr } = spawnSync('java', ['-cp', classes, count, file], { encoding: 'utf8' });
      const [sizes, ...labels] = stdout.trim().split('\n');
      return { status, stderr, sizes, labels: labels.sort() };
    };

    test.each(['stop-and-wait/fifo', 'two-phase-commit/three', 'chain/malformed', 'leader-election/five'])(
      '%s',
      (of) => {
        const text = renderAut(graphOf(of));
        const { states, edges } = readAut(text);
        expect(counts(text)).toEqual({
          status: 0,
          stderr: '',
          sizes: `${states} states, ${edges.length} transitions`,
          labels: [...new Set(edges.map(({ label }) => label))].sort(),
        });
      },
    );

    test('it refuses what is no such graph', () => {
      const { status, stderr } = counts('des (0,1,2)\n(0,"a",1\n');
      expect(status).toBe(1);
      expect(stderr).toContain('InternalAUTParser');
    });
  });
}
