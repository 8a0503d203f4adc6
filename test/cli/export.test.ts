/** `export`, `replay --export` and `replay --step`: what is written, what is refused, what keys do. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readAut } from '../support/aut.js';
import { checkItf } from '../support/itf.js';
import { run, scratch } from './toy.js';

const folder = scratch();
let file = '';
beforeAll(async () => {
  await run(`check bad --out ${folder}`);
  file = join(folder, readdirSync(folder)[0] as string);
});

describe('export', () => {
  test('writes the graph of all states, by default for tools of transition systems', async () => {
    const { code, out } = await run('export good');
    expect(code).toBe(0);
    expect(readAut(out)).toMatchObject({ first: 0, states: 16 });
    const path = join(folder, 'deep', 'good.dot');
    const written = await run(`export good/three --format dot --out ${path} --set limit=2`);
    expect(written).toEqual({ code: 0, err: '', out: `good/three limit=2: 9 states, 12 transitions are in ${path}\n` });
    expect(readFileSync(path, 'utf8')).toMatch(/^digraph "counters" \{/);
  });

  test('refuses half a graph, and says how to get a whole one', async () => {
    const path = join(folder, 'half.aut');
    const { code, err } = await run(`export good/hundred --max-states 100 --out ${path}`);
    expect(code).toBe(3);
    expect(err).toBe('good/hundred has more than 100 states: nothing was written; --max-states raises the limit\n');
    expect(existsSync(path)).toBe(false);
  });

  test('a file that cannot be written is a mistake', async () => {
    const { code, err } = await run('export good --out /dev/null/x.aut');
    expect(code).toBe(2);
    expect(err).toContain('cannot write the file');
  });
});

describe('replay --export', () => {
  test('prints a trace of Apalache and Quint, or writes it', async () => {
    const { code, out } = await run(['replay', file, '--export', 'itf']);
    expect(code).toBe(0);
    expect(checkItf(out).states).toHaveLength(3);
    const path = join(folder, 'trace.itf.json');
    expect(await run(['replay', file, '--export', 'itf', '--out', path])).toEqual({ code: 0, out: '', err: '' });
    expect(readFileSync(path, 'utf8')).toBe(out);
  });

  test('prints a sequence diagram', async () => {
    const { out } = await run(['replay', file, '--export', 'mermaid']);
    expect(out).toContain('  Note over p0: add\n  Note over p0: add\n  Note over p0,p1: VIOLATED: a stays below 2\n');
  });

  test.each([
    ['--out', 'x'],
    ['--json', '--export', 'itf'],
    ['--step', '--json'],
  ])('%s %s is refused', async (...options) => {
    const { code, err } = await run(['replay', file, ...options]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error USAGE: --/);
  });
});

describe('replay --step', () => {
  const stepped = async (...pressed: readonly string[]) => {
    const left = [...pressed];
    let isClosed = false;
    const keys = () => ({
      next: async () => left.shift(),
      close() {
        isClosed = true;
      },
    });
    const result = await run(['replay', file, '--step'], { keys });
    expect(isClosed).toBe(true);
    return result;
  };

  test('a key, a move, and the properties that flip; the end as in one go', async () => {
    const { code, out } = await stepped('space', 'right');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "bad/three limit=3 loud=false order=up: a stays below 2
        recorded: violated in 2 moves
           0. start 1
                a: {"n":0,"limit":3}
                b: {"n":0,"limit":3}
        space, enter or right: next   left: back   a: all the rest   q: quit
           1. a: add
                a: n 0 -> 1
           2. a: add
                a: n 1 -> 2
        VIOLATED here: a stays below 2
              false now: a stays below 2
        reproduced: violated after 2 moves
      "
    `);
  });

  test('back, all the rest, and what no key means', async () => {
    const { out } = await stepped('space', 'left', 'x', 'a');
    expect(out.match(/back at the start/g)).toHaveLength(1);
    expect(out.match(/space, enter or right/g)).toHaveLength(2);
    expect(out.match(/1\. a: add/g)).toHaveLength(2);
    expect(out).toContain('reproduced: violated after 2 moves');
  });

  test('who leaves early is told where; the verdict is the same', async () => {
    for (const last of [['q'], ['escape'], []]) {
      const { code, out } = await stepped('n', ...last);
      expect(code).toBe(0);
      expect(out).toMatch(/left after move 1 of 2\n$/);
    }
  });

  test('without a terminal it is told in one go', async () => {
    const { code, out, err } = await run(['replay', file, '--step']);
    expect(code).toBe(0);
    expect(out).toBe((await run(['replay', file])).out);
    expect(err).toBe('--step needs a terminal with a keyboard: told in one go\n');
  });
});
