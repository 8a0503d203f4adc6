/**
 * `ci --watch`: everything once, then whatever a changed file is part of. Each run is a process of its own, because a module that
 * was loaded stays what it was.
 */
import { spawn } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { settleProfile } from '../../ci/index.js';
import { exitCode } from '../exit-code.js';
import type { Io } from '../io.js';
import { isPath } from '../suite-file.js';
import type { CiWishes } from './ci.js';
import { fromConfig, loadConfig } from './load-config.js';
import { moduleGraph } from './module-graph.js';

/** Editors write in several steps. */
const settleMs = 150;

/** @internal */
export async function watchCi(wishes: CiWishes, io: Io): Promise<number> {
  const { config, path, folder } = await loadConfig(wishes.config);
  const { suites } = settleProfile(config, wishes.profile, path);
  const words = suites.map((choice) => (typeof choice === 'string' ? choice : choice.suite));
  const claims = [...new Set(words.filter(isPath).map((word) => fromConfig(word, folder)))];
  const own = wishes.suites.length === 0 ? claims : claims.filter((file) => wishes.suites.includes(file));
  const watched = new Watched(resolve(path), own);
  await watched.read();
  await runOnce(wishes, wishes.suites, io);
  while (!io.interrupted.aborted) {
    io.stdout.write('\nwaiting for a change; Ctrl-C ends it\n');
    const touched = await watched.next(io.interrupted);
    if (touched === 'config') {
      io.stderr.write(`${path} has changed: begin again to watch what it names now\n`);
      return exitCode.usage;
    }
    if (touched.length > 0) await runOnce(wishes, touched, io);
  }
  return exitCode.interrupted;
}

/** What is watched: the config, and each claims file with whatever it imports. */
class Watched {
  /** Texts of files, by absolute path, as they were when last looked at. */
  private texts = new Map<string, string | undefined>();
  private readonly parts = new Map<string, readonly string[]>();

  constructor(
    private readonly config: string,
    private readonly claims: readonly string[],
  ) {}

  async read(): Promise<void> {
    for (const file of this.claims) {
      // While it cannot be read, what it was made of before is what to wait for.
      const graph = await moduleGraph(file).catch(() => undefined);
      if (graph !== undefined) this.parts.set(file, [...graph.files.keys()]);
      else if (!this.parts.has(file)) this.parts.set(file, [resolve(file)]);
    }
    const files = [this.config, ...[...this.parts.values()].flat()];
    this.texts = new Map(
      await Promise.all([...new Set(files)].map(async (file) => [file, await textOf(file)] as const)),
    );
  }

  /** The claims files that have changed, or a file of theirs; empty when it was interrupted. */
  async next(interrupted: AbortSignal): Promise<'config' | readonly string[]> {
    while (!interrupted.aborted) {
      const bell = new Bell([...new Set([...this.texts.keys()].map((file) => dirname(file)))], interrupted);
      try {
        // Listening comes before looking, so that nothing falls between the two.
        const changed = await this.changed();
        if (changed.length === 0) {
          await bell.rung;
          continue;
        }
        if (changed.includes(this.config)) return 'config';
        const touched = this.claims.filter((file) => this.parts.get(file)?.some((part) => changed.includes(part)));
        await this.read();
        return touched;
      } finally {
        bell.close();
      }
    }
    return [];
  }

  private async changed(): Promise<readonly string[]> {
    const now = await Promise.all(
      [...this.texts].map(async ([file, was]) => [file, was !== (await textOf(file))] as const),
    );
    return now.filter(([, isOther]) => isOther).map(([file]) => file);
  }
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** Rings when something in these folders has happened, and a moment has passed. */
class Bell {
  readonly rung: Promise<void>;
  private readonly watchers: readonly FSWatcher[];
  private ring = () => {};

  constructor(
    folders: readonly string[],
    private readonly interrupted: AbortSignal,
  ) {
    let timer: NodeJS.Timeout | undefined;
    this.rung = new Promise((done) => {
      this.ring = done;
    });
    this.watchers = folders.map((folder) =>
      watch(folder, () => {
        clearTimeout(timer);
        timer = setTimeout(this.ring, settleMs);
      }),
    );
    interrupted.addEventListener('abort', this.ring);
  }

  close(): void {
    for (const watcher of this.watchers) watcher.close();
    this.interrupted.removeEventListener('abort', this.ring);
  }
}

/** One run, whose texts go where this process's go. */
function runOnce(wishes: CiWishes, suites: readonly string[], io: Io): Promise<void> {
  const { config, profile, seed, timeLimit, cache, traces, quiet } = wishes;
  const words = [
    ...(config === undefined ? [] : ['--config', config]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(timeLimit === undefined ? [] : ['--time-limit', String(timeLimit)]),
    ...(cache === false ? ['--no-cache'] : []),
    ...(traces ? ['--traces'] : []),
    ...(quiet ? ['--quiet'] : []),
  ];
  const argv = [process.argv[1] as string, 'ci', '--profile', profile, ...words, ...suites];
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'inherit', 'inherit'] });
    // A terminal tells both of a Ctrl-C, and a second one would end the run before it could say what it knows.
    const stop = () => process.stdin.isTTY !== true && child.kill('SIGINT');
    io.interrupted.addEventListener('abort', stop);
    child.on('error', fail);
    child.on('exit', () => {
      io.interrupted.removeEventListener('abort', stop);
      done();
    });
  });
}
