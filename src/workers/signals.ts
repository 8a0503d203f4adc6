/**
 * How workers wait for each other: numbers in shared memory that only grow, and for each worker a bell that is rung when one of
 * them has grown. Law: who waits is woken by any change it could wait for, or by the word to stop.
 */
const bell = 0;
const isWaiting = 1;
const met = 2;
const finished = 3;
/** Words of one worker, a line of the processor's cache: none waits for memory because another writes beside it. */
const stride = 16;
/** Even a worker that was not woken looks again after so long. */
const patience = 50;

/** @internal */
export class Signals {
  private readonly words: Int32Array;
  private meetings = 0;

  /** @param me the worker that waits here; the first of none watches from outside */
  constructor(
    readonly memory: SharedArrayBuffer,
    private readonly workers: number,
    private readonly me: number,
  ) {
    this.words = new Int32Array(memory);
  }

  static memory(workers: number): SharedArrayBuffer {
    return new SharedArrayBuffer(4 * stride * (workers + 1));
  }

  /** Why all shall stop; 0 while they shall not. */
  get stopped(): number {
    return Atomics.load(this.words, this.workers * stride);
  }

  /** The first reason is kept. */
  stop(reason: number): void {
    Atomics.compareExchange(this.words, this.workers * stride, 0, reason);
    this.wakeAll();
  }

  /** Waits until it is so; false if all shall stop. */
  wait(isSo: () => boolean): boolean {
    const { words } = this;
    const mine = this.me * stride;
    while (this.stopped === 0) {
      if (isSo()) return true;
      const rung = Atomics.load(words, mine + bell);
      Atomics.store(words, mine + isWaiting, 1);
      // Once more, for who changed something before it could see that somebody waits.
      if (!isSo() && this.stopped === 0) Atomics.wait(words, mine + bell, rung, patience);
      Atomics.store(words, mine + isWaiting, 0);
    }
    return false;
  }

  /** Waits until every worker has come to as many meetings; false if all shall stop. */
  meet(): boolean {
    this.meetings++;
    Atomics.store(this.words, this.me * stride + met, this.meetings);
    this.wakeAll();
    return this.wait(() => this.haveAll(met, this.meetings));
  }

  /** Says that this worker has sent all that it sends in so many rounds. */
  finish(rounds: number): void {
    Atomics.store(this.words, this.me * stride + finished, rounds);
    this.wakeAll();
  }

  haveFinished(rounds: number): boolean {
    return this.haveAll(finished, rounds);
  }

  wake(worker: number): void {
    const at = worker * stride;
    if (Atomics.load(this.words, at + isWaiting) === 0) return;
    Atomics.add(this.words, at + bell, 1);
    Atomics.notify(this.words, at + bell);
  }

  private wakeAll(): void {
    for (let worker = 0; worker < this.workers; worker++) if (worker !== this.me) this.wake(worker);
  }

  private haveAll(word: number, least: number): boolean {
    for (let worker = 0; worker < this.workers; worker++)
      if (Atomics.load(this.words, worker * stride + word) < least) return false;
    return true;
  }
}
