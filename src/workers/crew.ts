/** The threads of one search: started together, heard together, ended together. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { Budget } from '../kernel/index.js';
import { columns, type Place, reasons, ringCapacity } from './place.js';
import { Ring } from './ring.js';
import { Signals } from './signals.js';
import type { Assignment, Word } from './thread.js';

/** What becomes of a worker that was not told to end. @internal */
export interface Loss {
  readonly worker: number;
  readonly why: string;
  /** Whether it would most likely happen again. */
  readonly isHopeless: boolean;
}

const firstKeys = 1 << 12;

/** @internal */
export class Crew {
  readonly progress: Float64Array;
  private readonly signals: Signals;
  private readonly threads: readonly Worker[];
  private readonly homes: readonly MessagePort[];
  private isEnding = false;

  /**
   * @param entry the module that each thread runs
   * @param recipe by which it finds its model
   * @param counted by component, 1 if it says whose a state is
   */
  constructor(
    entry: URL,
    recipe: unknown,
    workers: number,
    counted: Uint8Array,
    properties: number,
    budget: Budget,
    hear: { word(worker: number, word: Word): void; lost(loss: Loss): void },
  ) {
    const all = Array.from({ length: workers }, (_, worker) => worker);
    const shared: Omit<Place, 'worker'> = {
      workers,
      counted,
      signals: Signals.memory(workers),
      progress: new SharedArrayBuffer(8 * columns.width * workers),
      deciding: new SharedArrayBuffer(8 * properties * workers),
      keys: all.map(() => new SharedArrayBuffer(8 * firstKeys)),
      rings: all.map((from) => all.map((to) => Ring.memory(from === to ? 1 : ringCapacity))),
    };
    this.progress = new Float64Array(shared.progress);
    // It never waits, so what it is called does not matter.
    this.signals = new Signals(shared.signals, workers, workers);
    const ports: (MessagePort | undefined)[][] = all.map(() => []);
    for (const a of all)
      for (const b of all.slice(a + 1)) {
        const { port1, port2 } = new MessageChannel();
        (ports[a] as MessagePort[])[b] = port1;
        (ports[b] as MessagePort[])[a] = port2;
      }
    const homes: MessagePort[] = [];
    this.threads = all.map((worker) => {
      const { port1, port2 } = new MessageChannel();
      homes.push(port1);
      port1.on('message', (word: Word) => hear.word(worker, word));
      const mine = all.map((other) => ports[worker]?.[other]);
      const assignment: Assignment = { recipe, place: { ...shared, worker }, budget, ports: mine, home: port2 };
      const transferList = [port2, ...mine.filter((port) => port !== undefined)];
      const thread = new Worker(entry, { workerData: assignment, transferList });
      const lost = (why: string, isHopeless: boolean) => {
        if (this.isEnding) return;
        this.isEnding = true;
        hear.lost({ worker, why, isHopeless });
      };
      thread.on('error', (error: NodeJS.ErrnoException) =>
        lost(error.message, error.code === 'ERR_WORKER_OUT_OF_MEMORY'),
      );
      thread.on('exit', (code) => lost(`it ended with code ${code}`, false));
      return thread;
    });
    this.homes = homes;
  }

  /** Why all were stopped: a name of {@link reasons}, or nothing. */
  get stopped(): (typeof reasons)[number] | undefined {
    return reasons[this.signals.stopped - 1];
  }

  /** Asks all to stop where they are and to tell what they know. */
  stop(): void {
    this.signals.stop(1 + reasons.indexOf('told'));
  }

  /** Asks a worker from where a state was found. */
  ask(worker: number, id: number): void {
    this.homes[worker]?.postMessage(id);
  }

  async end(): Promise<void> {
    this.isEnding = true;
    this.stop();
    await Promise.all(this.threads.map((thread) => thread.terminate()));
    for (const home of this.homes) home.close();
  }

  /** Ends one thread without a word, as an accident would. */
  kill(worker: number): void {
    void this.threads[worker]?.terminate();
  }
}
