/** Debian's Spin and a C compiler, where they can be had: how many states it stores, and how deep a claim falls. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const answers = (command: string, flag: string) => spawnSync(command, [flag]).status === 0;

/** What is missing, for the names of tests that are skipped. */
export const missing = [...(answers('spin', '-V') ? [] : ['spin']), ...(answers('gcc', '--version') ? [] : ['gcc'])];

export interface Pan {
  /** States stored; the one in which nothing has begun is among them. */
  count(): Promise<number>;
  /** The least number of moves to a violation (of a `sometimes`: to a witness) of the claim of that number, from 1. */
  depth(claim: number): Promise<number | undefined>;
  close(): void;
}

/** Throws what Spin or the model says when it does not come to an end of its search. */
export async function compile(text: string): Promise<Pan> {
  const cwd = mkdtempSync(join(tmpdir(), 'churnproof-spin-'));
  writeFileSync(join(cwd, 'model.pml'), text);
  await run('spin', ['-a', 'model.pml'], { cwd });
  await run('gcc', ['-w', '-DSAFETY', '-DNOREDUCE', '-DBFS', '-o', 'pan', 'pan.c'], { cwd });
  const search = async (claim: number): Promise<string> => {
    const { stdout } = await run('./pan', ['-w20'], { cwd, env: { ...process.env, CLAIM: String(claim) } });
    if (/^Warning: Search not completed/m.test(stdout) && !/errors: 1\b/.test(stdout)) throw new Error(stdout);
    return stdout;
  };
  return {
    count: async () => Number(/(\d[\d.e+]*) states, stored/.exec(await search(0))?.[1]),
    depth: async (claim) => {
      const told = await search(claim);
      if (/errors: 0\b/.test(told)) return undefined;
      return Number(/assertion violated .*\(at depth (\d+)\)/.exec(told)?.[1]);
    },
    close: () => rmSync(cwd, { recursive: true, force: true }),
  };
}
