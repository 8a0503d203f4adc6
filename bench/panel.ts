/** The panel: every tool on every problem, taking turns, and what came of it in numbers. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './own.js';
import { isHuge, type Problem } from './problems.js';
import { timed, type Usage } from './timing.js';
import { lacking, type Ready, type Tool } from './tools.js';

/** @internal */
export type Measurement = Outcome & Usage;

/** @internal */
export interface Row {
  readonly problem: string;
  readonly tool: string;
  readonly states: number;
  /** The tool read what our own search had exported: see {@link Ready}. */
  readonly exported?: true;
  readonly result:
    | { readonly kind: 'skipped' | 'failed'; readonly reason: string }
    | { readonly kind: 'timed'; readonly rounds: number; readonly median: Measurement };
}

/** @internal */
export interface Panel {
  readonly schemaVersion: 2;
  readonly node: string;
  readonly machine: string;
  readonly rounds: number;
  readonly tools: readonly Pick<Tool, 'name' | 'flags'>[];
  readonly rows: readonly Row[];
  /** For each problem and each other tool: its states per CPU second go into ours so many times. */
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** One entry of the panel while it is being timed. */
interface Entry {
  readonly problem: Problem;
  readonly tool: Tool;
  readonly ready?: Ready;
  /** Why not, in the end. */
  trouble?: { readonly kind: 'skipped' | 'failed'; readonly reason: string };
  readonly taken: Measurement[];
}

/** @internal */
export function measure(
  problems: readonly Problem[],
  tools: readonly Tool[],
  rounds: number,
  say: (line: string) => void,
): Panel {
  const directory = mkdtempSync(join(tmpdir(), 'churnproof-bench-'));
  try {
    const entries = problems.flatMap((problem) =>
      tools.filter((tool) => tool.takes(problem)).map((tool) => prepared(problem, tool, directory)),
    );
    for (const { problem, tool, trouble } of entries)
      if (trouble !== undefined) say(`${trouble.kind}: ${tool.name} on ${problem.name}: ${trouble.reason}`);
    for (let round = 0; round < rounds; round++)
      for (const entry of entries) {
        if (entry.ready === undefined || entry.trouble !== undefined || (isHuge(entry.problem) && round > 0)) continue;
        const told = takeTurn(entry, entry.ready);
        say(`round ${round + 1} of ${rounds}: ${entry.tool.name} on ${entry.problem.name}: ${told}`);
      }
    return panelOf(entries.map(rowOf), tools, rounds);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function prepared(problem: Problem, tool: Tool, directory: string): Entry {
  const lack = lacking(tool);
  if (lack !== undefined) return { problem, tool, taken: [], trouble: { kind: 'skipped', reason: lack } };
  try {
    return { problem, tool, taken: [], ready: tool.ready(problem, directory) };
  } catch (error) {
    return { problem, tool, taken: [], trouble: { kind: 'failed', reason: (error as Error).message } };
  }
}

/** Returns what there is to say of it. */
function takeTurn(entry: Entry, { command, read }: Ready): string {
  try {
    const { usage, stdout } = timed(command);
    const outcome = read(stdout);
    if (outcome.states !== entry.problem.states)
      throw new Error(`${outcome.states} states, but the problem has ${entry.problem.states}`);
    entry.taken.push({ ...outcome, ...usage });
    return `${usage.cpuSeconds.toFixed(2)} s, ${Math.round(usage.peakMegabytes)} MB`;
  } catch (error) {
    const { message } = error as Error;
    entry.trouble = { kind: 'failed', reason: message };
    return message;
  }
}

const rowOf = ({ problem, tool, ready, taken, trouble }: Entry): Row => ({
  problem: problem.name,
  tool: tool.name,
  states: problem.states,
  ...(ready?.exported ? { exported: true } : {}),
  result: trouble ?? { kind: 'timed', rounds: taken.length, median: medianOf(taken) },
});

/** Of each number by itself; of an even number of rounds the better of the two in the middle. @internal */
export function medianOf(taken: readonly Measurement[]): Measurement {
  const middle = (value: (one: Measurement) => number) =>
    round(taken.map(value).sort((a, b) => a - b)[Math.floor((taken.length - 1) / 2)] as number);
  const first = taken[0] as Measurement;
  return {
    ...first,
    cpuSeconds: middle((one) => one.cpuSeconds),
    wallSeconds: middle((one) => one.wallSeconds),
    peakMegabytes: Math.round(middle((one) => one.peakMegabytes)),
    ...(first.searchCpuSeconds === undefined
      ? {}
      : { searchCpuSeconds: middle((one) => one.searchCpuSeconds as number) }),
  };
}

/** @internal */
export function panelOf(rows: readonly Row[], tools: readonly Pick<Tool, 'name' | 'flags'>[], rounds: number): Panel {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return {
    schemaVersion: 2,
    node: process.version,
    machine: `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, ${gigabytes} GB`,
    rounds,
    tools: tools.map(({ name, flags }) => ({ name, flags })),
    rows,
    ratios: ratiosOf(rows),
  };
}

/** The processor time of a row, if there is one. @internal */
export const cpuOf = (rows: readonly Row[], problem: string, tool: string): number | undefined => {
  const result = rows.find((row) => row.problem === problem && row.tool === tool)?.result;
  return result?.kind === 'timed' ? result.median.cpuSeconds : undefined;
};

/** All tools have the same states, so the times alone are compared. @internal */
export function ratiosOf(rows: readonly Row[]): Panel['ratios'] {
  const ratios: Record<string, Record<string, number>> = {};
  for (const { problem, tool } of rows) {
    const ours = cpuOf(rows, problem, 'churnproof');
    const theirs = cpuOf(rows, problem, tool);
    if (tool.startsWith('churnproof') || ours === undefined || theirs === undefined || ours === 0) continue;
    ratios[problem] = { ...ratios[problem], [tool]: round(theirs / ours) };
  }
  return ratios;
}

const round = (value: number): number => Math.round(value * 100) / 100;
