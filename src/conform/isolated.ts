/**
 * An implementation in a thread of its own, so that it can be given up on whatever it does: a loop without end never gives control
 * back, and a call of `process.exit` would end the campaign. One thread serves one instance after another, until one of them does
 * not answer; then the next gets a new one.
 */
import { Worker } from 'node:worker_threads';
import type { Move, Peers } from '../kernel/index.js';
import type { Adapter, Seen, Session } from './adapter.js';
import { Died } from './drive.js';

/** Where the adapter is that is to run in a thread of its own. @public */
export interface Isolation {
  /** The module that exports the adapter, as a URL. */
  readonly module: URL;
  /** The name of the export. */
  readonly name: string;
  /** Of Node, for the thread; `['--import', 'jiti/register']` where the module is TypeScript. */
  readonly execArgv?: readonly string[];
}

/** What runs in the thread. It is text, so that it runs from sources as well as compiled. */
const thread = `
const { parentPort, workerData } = require('node:worker_threads');
let session;
const does = {
  open: async (adapter, setup) => { session = await adapter.open(setup); },
  perform: (_, move) => session.perform(move),
  observe: () => session.observe(),
  close: () => session?.close?.(),
};
const adapter = import(workerData.module).then((exported) => exported[workerData.name]);
adapter.catch(() => {}); // It is told to whoever asks for an instance.
parentPort.on('message', async ({ id, what, data }) => {
  try {
    parentPort.postMessage({ id, value: await does[what](await adapter, data) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
`;

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** The same adapter, its instances in a thread of their own. What goes to and fro must be plain data. @public */
export function isolated<P extends Peers, Setup>(adapter: Adapter<P, Setup>, isolation: Isolation): Adapter<P, Setup> {
  let post: Post | undefined;
  return {
    ...adapter,
    async open(setup): Promise<Session> {
      if (post === undefined || !post.isAlive) post = new Post(isolation);
      const own = post;
      await own.ask('open', setup);
      return {
        perform: (move: Move) => own.ask('perform', move) as Promise<Seen | undefined>,
        observe: () => own.ask('observe') as Promise<Seen>,
        // One that owes an answer will not give it any more.
        close: () => (own.isAlive && !own.owes ? (own.ask('close') as Promise<void>) : own.end()),
      };
    },
  };
}

/** Questions to a thread, and its answers. */
class Post {
  isAlive = true;
  private next = 0;
  private readonly waiting = new Map<number, { answer(value: unknown): void; fail(error: Error): void }>();
  private readonly worker: Worker;

  constructor({ module, name, execArgv = [] }: Isolation) {
    this.worker = new Worker(thread, {
      eval: true,
      workerData: { module: module.href, name },
      execArgv: [...execArgv],
    });
    // A thread that waits for the next instance keeps no campaign from ending.
    this.worker.unref();
    this.worker.on('message', ({ id, value, error }: Reply) => {
      const waiting = this.waiting.get(id);
      this.waiting.delete(id);
      if (error === undefined) waiting?.answer(value);
      else waiting?.fail(new Error(error));
      if (this.waiting.size === 0) this.worker.unref();
    });
    this.worker.on('error', (error) => this.died(error instanceof Error ? error.message : String(error)));
    this.worker.on('exit', (code) => this.died(`its thread ended with exit code ${code}`));
  }

  get owes(): boolean {
    return this.waiting.size > 0;
  }

  ask(what: 'open' | 'perform' | 'observe' | 'close', data?: unknown): Promise<unknown> {
    if (!this.isAlive) return Promise.reject(new Died('its thread has ended'));
    return new Promise((answer, fail) => {
      const id = this.next++;
      this.waiting.set(id, { answer, fail });
      this.worker.ref();
      this.worker.postMessage({ id, what, data });
    });
  }

  async end(): Promise<void> {
    this.isAlive = false;
    await this.worker.terminate();
  }

  private died(why: string): void {
    this.isAlive = false;
    for (const { fail } of this.waiting.values()) fail(new Died(why));
    this.waiting.clear();
  }
}
