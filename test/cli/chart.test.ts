/** The picture that a suite draws: below a story, at the end of a replay, beside a mutant; and a family of models by its name. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Frame, Mutant, Suite } from '../../src/kernel/index.js';
import { claims, run, scratch, suiteOf } from './toy.js';

const out = scratch();

/** How far each counter has come, a line a state. */
const chart = (frames: readonly Frame[]): readonly string[] =>
  frames.map(({ step, move, picture }) => {
    const bars = picture.peers.map(({ context }) => '#'.repeat((context as { readonly n: number }).n).padEnd(3, '.'));
    return `${step} ${bars.join(' ')} ${move?.kind ?? 'start'}   `;
  });

const drawn = suiteOf('drawn', [claims.refuted], { chart, family: 'counting' });
const told = ['0 ... ... start', '1 #.. ... operation', '2 ##. ... operation'];

const lines = (text: string, indent: number): readonly string[] =>
  text
    .split('\n')
    .flatMap((line) => (line.startsWith(`${' '.repeat(indent)}0 `) || /^ +[12] [#.]/.test(line) ? [line] : []));

test('it stands below the story, before the line to paste', async () => {
  const { out: text } = await run(`check drawn --out ${out}`, { catalogue: [drawn] });
  expect(lines(text, 4)).toEqual(told.map((line) => `    ${line}`));
  expect(text.indexOf('2 ##.')).toBeLessThan(text.indexOf('replay: '));
});

test('a replay ends with it', async () => {
  await run(`check drawn --out ${out}`, { catalogue: [drawn] });
  const { code, out: text } = await run(`replay ${join(out, 'drawn-three-a-stays-below-2.json')}`, {
    catalogue: [drawn],
  });
  expect(code).toBe(0);
  expect(lines(text, 2)).toEqual(told.map((line) => `  ${line}`));
});

test('one that throws costs only itself', async () => {
  const broken = suiteOf('broken', [claims.refuted], {
    chart: () => {
      throw new Error('no ink');
    },
  });
  const { code, out: text } = await run(`check broken --out ${out}`, { catalogue: [broken] });
  expect(code).toBe(1);
  expect(text).toContain("no picture: the suite's chart() threw: no ink");
  expect(text).toContain('replay: ');
});

test('a mutant is drawn as it behaves, and found by the family of its model', async () => {
  const mutant: Mutant = {
    name: 'far',
    doc: 'it goes on',
    values: { limit: 1 },
    system: () => drawn.system({ limit: 2 }),
    kills: { 'a stays below 2': 2 },
  };
  const suite: Suite = { ...drawn, mutants: [mutant] };
  const { code, out: text } = await run('mutants counting --traces', { catalogue: [suite] });
  expect(code).toBe(0);
  expect(lines(text, 8)).toEqual(told.map((line) => `        ${line}`));
});
