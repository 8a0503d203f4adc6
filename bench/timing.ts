/**
 * How a process is timed: by GNU time, which asks the kernel what a child used when it has ended (wait4): processor time of all
 * its threads, and the most memory it ever had. One yardstick for every tool, starting up included.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @internal */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** @internal */
export interface Usage {
  /** User and system. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
}

const format = '%U %S %e %M';

/** What GNU time wrote, below its complaint if the command failed. @internal */
export function readUsage(text: string): Usage {
  const [user, system, wall, kilobytes] = (text.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  if (user === undefined || system === undefined || wall === undefined || !(kilobytes !== undefined && kilobytes > 0))
    throw new Error(`not what GNU time writes: ${text}`);
  return { cpuSeconds: user + system, wallSeconds: wall, peakMegabytes: kilobytes / 1024 };
}

/** GNU time as Debian and Homebrew call it; that of a shell or of BSD says nothing of memory. @internal */
export const gnuTime: string | undefined = ['/usr/bin/time', 'gtime'].find(
  (file) => spawnSync(file, ['-f', format, process.execPath, '--version']).status === 0,
);

/** Throws what the command said if it fails. @internal */
export function timed({ file, args, cwd, env = {} }: Command): { readonly usage: Usage; readonly stdout: string } {
  if (gnuTime === undefined) throw new Error('GNU time is missing (apt-get install time)');
  const directory = mkdtempSync(join(tmpdir(), 'churnproof-time-'));
  const used = join(directory, 'used');
  try {
    const { status, stdout, stderr, error } = spawnSync(gnuTime, ['-f', format, '-o', used, file, ...args], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      env: { ...process.env, ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    if (status !== 0) throw new Error(error?.message ?? `${file} failed: ${stderr}${stdout}`.slice(0, 2000));
    return { usage: readUsage(readFileSync(used, 'utf8')), stdout };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
