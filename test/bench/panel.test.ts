/** The bench: every text comes to our number of states, and what is made of times is right. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { explore } from '../../bench/own.js';
import { pageWith } from '../../bench/page.js';
import { type Measurement, measure, medianOf, panelOf, type Row } from '../../bench/panel.js';
import { pictureOf } from '../../bench/picture.js';
import { least, type Problem, problems } from '../../bench/problems.js';
import { gnuTime, readUsage, timed } from '../../bench/timing.js';
import { lacking, readRumur, readSpin, spin, type Tool, tools } from '../../bench/tools.js';

test.each(least)('$name has $states states here', (problem) => {
  expect(explore(problem, 'states').states).toBe(problem.states);
});

// Compiled in a hurry: what is asked is the count.
const counting = [
  spin('Spin', ['-O0']),
  spin('Spin, plain text', ['-O0'], 'plain'),
  tools.find(({ name }) => name === 'Rumur') as Tool,
];

describe.each(counting)('$name', (tool) => {
  const why = lacking(tool) ?? (gnuTime === undefined ? 'GNU time is missing' : undefined);
  const taken = least.map(({ graph, ...problem }): Problem => problem).filter((problem) => tool.takes(problem));

  test.skipIf(why !== undefined).concurrent.each(taken)(`$name${why === undefined ? '' : ` (${why})`}`, (problem) => {
    const directory = mkdtempSync(join(tmpdir(), 'churnproof-bench-test-'));
    try {
      const { command, read } = tool.ready(problem, directory);
      const { usage, stdout } = timed(command);
      expect(read(stdout).states).toBe(problem.states);
      expect(usage.peakMegabytes).toBeGreaterThan(0);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

describe('a row', () => {
  const shell = (script: string, states: number): Tool => ({
    name: 'shell',
    flags: '',
    takes: () => true,
    needs: [],
    ready: () => ({ command: { file: 'sh', args: ['-c', script] }, read: () => ({ states }) }),
  });
  const one = [problems[0] as Problem];
  const resultOf = (tool: Tool) => measure(one, [tool], 2, () => {}).rows[0]?.result;

  test.skipIf(gnuTime === undefined)('of a tool with as many states is timed', () => {
    expect(resultOf(shell('exit 0', 1_568))).toMatchObject({ kind: 'timed', rounds: 2, median: { states: 1_568 } });
  });

  test.skipIf(gnuTime === undefined)('of a tool with another number is an error', () => {
    expect(resultOf(shell('exit 0', 1_567))).toEqual({
      kind: 'failed',
      reason: '1567 states, but the problem has 1568',
    });
  });

  test.skipIf(gnuTime === undefined)('of a tool that fails is an error', () => {
    expect(resultOf(shell('echo no >&2; exit 3', 1_568))).toMatchObject({ kind: 'failed' });
  });

  test('of a tool that is not installed is skipped, and says so', () => {
    expect(resultOf({ ...shell('exit 0', 1_568), needs: [['churnproof-has-no-such-tool', '-V']] })).toEqual({
      kind: 'skipped',
      reason: 'not installed: churnproof-has-no-such-tool',
    });
  });
});

describe('what is read', () => {
  test('of GNU time', () => {
    expect(readUsage('Command exited with non-zero status 1\n1.50 0.25 2.00 2048\n')).toEqual({
      cpuSeconds: 1.75,
      wallSeconds: 2,
      peakMegabytes: 2,
    });
    expect(() => readUsage('real 0m1s')).toThrow('not what GNU time writes');
  });

  test('of Spin: all states but those in which nothing has begun, if it came to its end', () => {
    const said =
      'State-vector 28 byte, depth reached 34, errors: 0\n   425 states, stored\n  1795 transitions (= ...)\n';
    expect(readSpin(said, 1)).toEqual({ states: 424, transitions: 1795 });
    expect(() => readSpin(said.replace('errors: 0', 'errors: 1'), 1)).toThrow('did not come to its end');
    expect(() => readSpin(`error: max search depth too small\n${said}`, 1)).toThrow('did not come to its end');
    expect(() => readSpin(`Warning: Search not completed\n${said}`, 1)).toThrow('did not come to its end');
  });

  test('of Rumur', () => {
    const said = 'Status:\n\tNo error found.\nState Space Explored:\n\t8832 states, 37345 rules fired in 0s.';
    expect(readRumur(said)).toEqual({ states: 8832, transitions: 37345 });
    expect(() => readRumur(said.replace('No error', '1 error(s)'))).toThrow('Rumur');
  });
});

describe('what is made of times', () => {
  const used = (cpuSeconds: number, peakMegabytes: number): Measurement => ({
    states: 1_000_000,
    cpuSeconds,
    wallSeconds: 2 * cpuSeconds,
    peakMegabytes,
  });
  const row = (tool: string, cpuSeconds: number): Row => ({
    problem: 'ring <2>',
    tool,
    states: 1_000_000,
    result: { kind: 'timed', rounds: 1, median: used(cpuSeconds, 100) },
  });
  const skipped: Row = { ...row('Rumur', 0), result: { kind: 'skipped', reason: 'not installed: rumur' } };
  const flags = ['churnproof', 'Spin', 'Rumur'].map((name) => ({ name, flags: '' }));
  const panel = panelOf([row('churnproof', 2), row('Spin', 1), skipped], flags, 1);

  test('each number has its own median', () => {
    expect(medianOf([used(3, 10), used(1, 30), used(2, 20)])).toMatchObject({ cpuSeconds: 2, peakMegabytes: 20 });
    expect(medianOf([used(3, 10), used(1, 30)])).toMatchObject({ cpuSeconds: 1, peakMegabytes: 10 });
  });

  test('a ratio is theirs to ours, and none where there is nothing to compare', () => {
    expect(panel.ratios).toEqual({ 'ring <2>': { Spin: 0.5 } });
  });

  test('the page says where we lose, and what was not run', () => {
    const page = pageWith('above\n<!-- measured: begin -->\nstale\n<!-- measured: end -->\nbelow', panel);
    expect(page).toMatch(/^above\n[\s\S]*\nbelow$/);
    expect(page).not.toContain('stale');
    expect(page).toContain('| ring <2> | 1,000,000 | 2.00 s, 100 | 1.00 s, 100 | skipped |');
    expect(page).toContain('| ring <2> | **0.50** |');
    expect(page).toContain('Not run: Rumur (not installed: rumur).');
    expect(() => pageWith('no marks', panel)).toThrow('the page lacks');
  });

  test('the picture is XML, a bar for each time, twice as long for half of it', () => {
    const picture = pictureOf(panel);
    expect(XMLValidator.validate(picture)).toBe(true);
    const { svg } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(picture);
    const [ours, spin] = svg.rect;
    expect(svg.rect).toHaveLength(2);
    expect([ours.class, spin.class]).toEqual(['ours', 'spin']);
    expect(Number(spin.width)).toBe(2 * Number(ours.width));
  });
});
