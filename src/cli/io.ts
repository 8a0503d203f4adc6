/** What the command line touches of the world outside: streams, environment, interruption. All of it can be replaced. */
import type { Suite } from '../kernel/index.js';
import type { PageAssets } from '../report/index.js';
import type { Service } from '../serve/index.js';

/** @internal */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Keys as they are pressed, by name; nothing when no more will come. @internal */
export interface Keys {
  next(): Promise<string | undefined>;
  close(): void;
}

/** Bundled suites, loaded: of these models, where all of them are bundled; else all that there are. @internal */
export type Catalogue = (models?: readonly string[]) => Promise<readonly Suite[]>;

/** @internal */
export interface Io {
  readonly catalogue: Catalogue;
  /** The module that exports it as `bundled`, by its address; without it no bundled suite can be given to other threads. */
  readonly catalogueAddress?: string;
  /** What `serve` can start. */
  readonly services?: () => Promise<readonly Service[]>;
  /** Folders and files that they are made of, by absolute path; without it no result of theirs is kept for another run. */
  readonly sources?: readonly string[];
  /** The package's folder, where its sources and its certificates are; without it nothing can be certified. */
  readonly home?: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the person at the terminal wants it to stop. */
  readonly interrupted: AbortSignal;
  /** The keyboard, if there is one; by default this process's terminal. */
  readonly keys?: () => Keys | undefined;
  /** What the replay page is made of; by default what the build has left. */
  readonly page?: () => Promise<PageAssets>;
}

/** Whether a line on this stream can be written over. @internal */
export const canUpdate = ({ stderr, env }: Io): boolean =>
  stderr.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined;

/** What is given of it; the suites may have been loaded already. @internal */
export type Given = Partial<Omit<Io, 'catalogue'>> & { readonly catalogue: Catalogue | readonly Suite[] };

/** Runs `work` with an `Io` whose gaps are filled by this process; a second interruption ends it at once. @internal */
export async function withProcess<T>({ catalogue, ...given }: Given, work: (io: Io) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  if (given.stdout === undefined) forgiveClosedPipe();
  try {
    return await work({
      stdout: process.stdout,
      stderr: process.stderr,
      env: process.env,
      interrupted: controller.signal,
      ...given,
      catalogue: typeof catalogue === 'function' ? catalogue : async () => catalogue,
    });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** A reader that has seen enough, as in `churnproof list | head`, is no failure. */
function forgiveClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
