/**
 * A breadth-first search by several workers, seen from the thread that reports. A worker that is lost takes its part of the states with
 * it, so then the search begins again; it never says anything that rests on a search with a part missing.
 */
import { setTimeout } from 'node:timers/promises';
import { unseen } from '../check/unseen.js';
import {
  type Budget,
  ChurnproofError,
  type Coverage,
  type Cut,
  type Effort,
  type Finding,
  isTemporal,
  type Model,
  type Progress,
  type Property,
  type Report,
  type Search,
  settle,
  type Trace,
} from '../kernel/index.js';
import { Crew, type Loss } from './crew.js';
import { mergedMachines } from './merge.js';
import { partition } from './partition.js';
import { columns, type Decision, type PartResult } from './place.js';
import { retell, type Told } from './retell.js';
import { errorOf, type Word } from './thread.js';

/** @internal */
export interface Party {
  /** The module that each thread runs: it calls `work` with what makes the model of a recipe. */
  readonly entry: URL;
  /** By which a thread finds the model; it must be data that can be cloned. */
  readonly recipe: unknown;
  readonly workers: number;
  /** Told when a worker is lost and the search begins again. */
  lost?(loss: Loss): void;
}

/** As often does a search begin again for a worker that was lost. */
const patience = 3;
/** Milliseconds between two looks at how far it is. */
const glance = 40;

interface Origin {
  readonly worker: number;
  readonly id: number;
  readonly texts: Told;
}

/** @internal */
export class WorkerSearch implements Search {
  done = false;
  private readonly counted: Uint8Array;
  private crew: Crew;
  private losses = 0;
  private results: (PartResult | undefined)[] = [];
  private failure: Error | undefined;
  private ended: Report | undefined;
  private cut: Cut | undefined;
  private readonly origins = new Map<string, Origin>();
  private readonly asked = new Map<string, (origin: Origin) => void>();
  private wake: () => void = () => {};

  /** @param model of the same recipe, made here: the traces are told by it */
  constructor(
    private readonly party: Party,
    private readonly model: Model,
    private readonly properties: readonly Property[],
    private readonly budget: Budget,
  ) {
    this.counted = partition(model, party.workers);
    this.crew = this.start();
  }

  /** Does nothing but throw what a worker has thrown: the workers go on by themselves. */
  advance(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits for a moment, or until it is done. */
  async pause(): Promise<void> {
    if (this.done || this.failure !== undefined) return;
    const waiting = new AbortController();
    this.wake = () => waiting.abort();
    await setTimeout(glance, undefined, { signal: waiting.signal }).catch(() => {});
  }

  /** Stops it where it is. */
  async stop(cut: Cut): Promise<Report> {
    this.cut ??= cut;
    this.crew.stop();
    while (!this.done) {
      this.advance();
      await this.pause();
    }
    return this.report();
  }

  progress(): Progress {
    const { progress } = this.crew;
    const of = (column: number) =>
      Array.from({ length: this.party.workers }, (_, w) => progress[w * columns.width + column] as number);
    const sum = (column: number) => of(column).reduce((all, one) => all + one, 0);
    return {
      states: sum(columns.states),
      transitions: sum(columns.transitions),
      depth: Math.max(...of(columns.depth)),
      queue: sum(columns.queue),
      bytes: sum(columns.bytes),
    };
  }

  report(): Report {
    if (this.ended === undefined) throw new Error('the workers have not told yet what they found');
    return this.ended;
  }

  /** Ends every thread. */
  async close(): Promise<void> {
    await this.crew.end();
  }

  /** Ends one thread as an accident would, to see what comes of it. */
  kill(worker: number): void {
    this.crew.kill(worker);
  }

  private start(): Crew {
    const { entry, recipe, workers } = this.party;
    this.results = Array.from({ length: workers }, () => undefined);
    this.origins.clear();
    this.asked.clear();
    const crew: Crew = new Crew(entry, recipe, workers, this.counted, this.properties.length, this.budget, {
      word: (worker, word) => {
        if (crew === this.crew) this.hear(worker, word);
      },
      lost: (loss) => {
        if (crew === this.crew) void this.lose(loss);
      },
    });
    return crew;
  }

  private hear(worker: number, word: Word): void {
    if (this.done || this.failure !== undefined) return;
    if ('failure' in word) {
      this.fail(errorOf(word.failure));
    } else if ('origin' in word) {
      const key = `${worker} ${word.of}`;
      this.origins.set(key, word.origin);
      this.asked.get(key)?.(word.origin);
    } else {
      this.results[worker] = word.result;
      this.concludeIfAll();
    }
  }

  private concludeIfAll(): void {
    if (this.results.every((result) => result !== undefined))
      this.conclude(this.crew).catch((thrown: Error) => this.fail(thrown));
  }

  private fail(failure: Error): void {
    this.failure ??= failure;
    this.wake();
  }

  private async lose(loss: Loss): Promise<void> {
    if (this.done || this.failure !== undefined) return;
    const crew = this.crew;
    this.losses++;
    if (loss.isHopeless || this.losses > patience) {
      this.fail(
        new ChurnproofError('WORKER_LOST', `worker ${loss.worker + 1} of ${this.party.workers} is lost: ${loss.why}`, {
          expected: 'every worker to live until the search is over; nothing is said of a search with a part missing',
          hint: 'fewer --workers, a lower --memory-limit, or more memory for each by --max-old-space-size in NODE_OPTIONS',
        }),
      );
      return;
    }
    this.party.lost?.(loss);
    await crew.end();
    if (this.failure !== undefined) return;
    this.crew = this.start();
    if (this.cut !== undefined) this.crew.stop();
  }

  /** Puts together what all have told. */
  private async conclude(crew: Crew): Promise<void> {
    const results = this.results as readonly PartResult[];
    const decisions = this.properties.map((_, property) => nearest(results, property));
    const traces: (Trace | undefined)[] = [];
    for (const decided of decisions)
      traces.push(decided === undefined ? undefined : await this.trace(crew, decided.worker, decided.decision));
    // A worker was lost meanwhile: another crew begins again.
    if (crew !== this.crew || this.done) return;
    const coverage = this.coverage();
    this.ended = {
      model: this.model.name,
      strategy: 'breadth-first',
      coverage,
      findings: this.properties.map((property, at) => finding(property, traces[at], coverage)),
      effort: { ...effortOf(results), bytesPerState: this.progress().bytes / coverage.states },
      ...(results.every(({ machines }) => machines === undefined)
        ? {}
        : { machines: mergedMachines(results.map(({ machines = [] }) => machines)) }),
    };
    this.done = true;
    this.wake();
  }

  private coverage(): Coverage {
    const { states, transitions, depth, queue } = this.progress();
    const { stopped } = this.crew;
    const cut = stopped === undefined || stopped === 'told' ? (this.cut ?? 'depth') : stopped;
    return {
      kind: queue === 0 ? 'exhaustive' : 'bounded',
      ...(queue === 0 ? {} : { cut }),
      states,
      transitions,
      depth,
      queue,
    };
  }

  private async trace(crew: Crew, worker: number, { state, move }: Decision): Promise<Trace> {
    const told: Told[] = [];
    let at = await this.origin(crew, worker, state);
    for (; at.worker >= 0; at = await this.origin(crew, at.worker, at.id)) told.unshift(at.texts);
    return retell(this.model, at.id, told, move);
  }

  private async origin(crew: Crew, worker: number, id: number): Promise<Origin> {
    const key = `${worker} ${id}`;
    const known = this.origins.get(key);
    if (known !== undefined) return known;
    return new Promise((resolve) => {
      this.asked.set(key, resolve);
      crew.ask(worker, id);
    });
  }
}

/** What decided a property first, of all that any worker knows. */
function nearest(
  results: readonly PartResult[],
  property: number,
): { readonly worker: number; readonly decision: Decision } | undefined {
  return results
    .flatMap(({ decisions }, worker) => decisions.map((decision) => ({ worker, decision })))
    .filter(({ decision }) => decision.property === property)
    .sort(({ decision: a }, { decision: b }) => a.level - b.level || a.key - b.key)[0];
}

function finding(property: Property, trace: Trace | undefined, coverage: Coverage): Finding {
  const { name, kind } = property;
  if (isTemporal(property))
    return { property: name, kind, verdict: 'undecided', why: 'only a search by one worker decides it' };
  if (trace === undefined) return { property: name, kind, ...unseen(kind, coverage) };
  return { property: name, kind, verdict: settle(kind, true, true), trace };
}

const effortOf = (results: readonly { readonly effort: Effort }[]): Effort => ({
  machineCalls: results.reduce((sum, { effort }) => sum + effort.machineCalls, 0),
  blocked: results.reduce((sum, { effort }) => sum + effort.blocked, 0),
  fullestInbox: Math.max(...results.map(({ effort }) => effort.fullestInbox)),
});
