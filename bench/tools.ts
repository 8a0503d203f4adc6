/** The tools of the panel: how each is made ready for a problem, with which flags, and how its answer is read. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promelaOf } from '../src/promela/index.js';
import type { Outcome, Turn } from './own.js';
import { isHuge, type Problem, systemOf, type Text } from './problems.js';
import type { Command } from './timing.js';

/** Ready to be timed, as often as one likes. @internal */
export interface Ready {
  readonly command: Command;
  /** It reads no text of its own, but tables that our search has filled; so it has less to compute. */
  readonly exported?: boolean;
  read(stdout: string): Outcome;
}

/** @internal */
export interface Tool {
  readonly name: string;
  /** What is said of it on the page. */
  readonly flags: string;
  /** Whether it has anything to do with the problem. */
  takes(problem: Problem): boolean;
  /** Commands it needs, with the option that they answer to. */
  readonly needs: readonly (readonly [command: string, option: string])[];
  /** Writes and compiles what it needs, in that directory; none of it is timed. */
  ready(problem: Problem, directory: string): Ready;
}

const run = fileURLToPath(new URL('run.js', import.meta.url));

/** The texts lie beside the sources, also when this is run from `dist`. */
function textOf(kind: 'promela' | 'murphi', { name }: Text): string {
  const ending = kind === 'promela' ? 'pml' : 'm';
  const beside = fileURLToPath(import.meta.url).includes('/dist/bench/') ? '../../bench/' : './';
  return fileURLToPath(new URL(`${beside}${kind}/${name}.${ending}`, import.meta.url));
}

const own = (name: string, turn: Turn, flags: string): Tool => ({
  name,
  flags,
  takes: ({ graph }) => turn !== 'graph' || graph !== undefined,
  needs: [],
  ready: (problem) => ({
    command: { file: process.execPath, args: [run, '--one', problem.name, turn] },
    read: (stdout) => JSON.parse(stdout) as Outcome,
  }),
});

/** @internal */
export function readSpin(stdout: string, spare: number): Outcome {
  const states = /^\s*(\d+) states, stored/m.exec(stdout)?.[1];
  const transitions = /^\s*(\d+) transitions/m.exec(stdout)?.[1];
  if (states === undefined || /not completed|depth too small/.test(stdout) || !/errors: 0\b/.test(stdout))
    throw new Error(`Spin did not come to its end:\n${stdout.slice(0, 1000)}`);
  return { states: Number(states) - spare, ...(transitions === undefined ? {} : { transitions: Number(transitions) }) };
}

const panFlags = ['-n', '-E', '-m1000000'];

/** A hash table of about as many places as there are states. */
const places = (states: number): string => `-w${Math.max(20, Math.ceil(Math.log2(states)))}`;

/** @internal */
export const spin = (name: string, compile: readonly string[], reads: 'promela' | 'plain' = 'promela'): Tool => {
  const flags = [...compile, '-DSAFETY', '-DNOREDUCE'];
  return {
    name,
    flags: `gcc ${flags.join(' ')}; pan ${panFlags.join(' ')} -w20 to -w24, by the number of states`,
    takes: (problem) => problem.graph === undefined && (reads === 'promela' || problem.plain !== undefined),
    needs: [
      ['spin', '-V'],
      ['gcc', '--version'],
    ],
    ready(problem, directory) {
      const { [reads]: text, spare } = problem;
      const cwd = mkdtempSync(join(directory, 'spin-'));
      if (text === undefined) writeFileSync(join(cwd, 'model.pml'), exported(problem));
      else copyFileSync(textOf('promela', text), join(cwd, 'model.pml'));
      execFileSync('spin', [`-DN=${text?.size ?? 0}`, '-a', 'model.pml'], { cwd, stdio: 'pipe' });
      execFileSync('gcc', ['-w', ...flags, '-o', 'pan', 'pan.c'], { cwd, stdio: 'pipe' });
      return {
        command: { file: './pan', args: [...panFlags, places(problem.states)], cwd, env: { CLAIM: '0' } },
        exported: text === undefined,
        read: (stdout) => readSpin(stdout, spare),
      };
    },
  };
};

const texts = new Map<string, string>();

/** Once for all of Spin's turns. */
function exported(problem: Problem): string {
  const text = texts.get(problem.name) ?? promelaOf(systemOf(problem), [], problem.states)?.text;
  if (text === undefined) throw new Error(`more than ${problem.states} states`);
  texts.set(problem.name, text);
  return text;
}

/** @internal */
export function readRumur(stdout: string): Outcome {
  const [, states, rules] = /(\d+) states, (\d+) rules fired/.exec(stdout) ?? [];
  if (states === undefined || !/No error found/.test(stdout)) throw new Error(`Rumur:\n${stdout.slice(0, 1000)}`);
  return { states: Number(states), transitions: Number(rules) };
}

const rumurFlags = ['--threads', '1', '--deadlock-detection', 'off'];
const rumurCompile = ['-std=c11', '-O3', '-march=native', ...(process.arch === 'x64' ? ['-mcx16'] : [])];

const rumur: Tool = {
  name: 'Rumur',
  flags: `rumur ${rumurFlags.join(' ')}; cc ${rumurCompile.join(' ')}`,
  takes: (problem) => problem.murphi !== undefined && problem.graph === undefined && !isHuge(problem),
  needs: [
    ['rumur', '--version'],
    ['cc', '--version'],
  ],
  ready(problem, directory) {
    const text = problem.murphi as Text;
    const cwd = mkdtempSync(join(directory, 'rumur-'));
    writeFileSync(join(cwd, 'model.m'), readFileSync(textOf('murphi', text), 'utf8').replaceAll('@N@', `${text.size}`));
    execFileSync('rumur', [...rumurFlags, '--output', 'model.c', 'model.m'], { cwd, stdio: 'pipe' });
    execFileSync('cc', ['-w', ...rumurCompile, '-o', 'model', 'model.c', '-lpthread', '-latomic'], {
      cwd,
      stdio: 'pipe',
    });
    return { command: { file: './model', args: [], cwd }, read: readRumur };
  },
};

/** Ours first: the others are compared with it. @internal */
export const tools: readonly Tool[] = [
  own('churnproof', 'states', 'breadth first, exact, one thread'),
  own('churnproof, with claims', 'claims', 'the same, watching all claims of the suite about states and steps'),
  spin('Spin', ['-O2']),
  spin('Spin, breadth first', ['-O2', '-DBFS']),
  spin('Spin, best flags', ['-O3', '-DNOCOMP', '-DNOBOUNDCHECK', '-DNOFAIR']),
  spin('Spin, plain text', ['-O2'], 'plain'),
  rumur,
  own('xstate/graph', 'graph', 'the whole system as one machine'),
];

/** Why the tool cannot be run here, if it cannot. @internal */
export const lacking = ({ needs }: Tool): string | undefined => {
  const missing = needs.filter(([command, option]) => spawnSync(command, [option]).status !== 0);
  return missing.length === 0 ? undefined : `not installed: ${missing.map(([command]) => command).join(', ')}`;
};
