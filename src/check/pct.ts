/**
 * The schedule `pct`, probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler
 * with probabilistic guarantees of finding bugs", 2010), for messages as Ozkan, Majumdar, Niksic, Befrouei and Weissenbacher have it
 * ("Randomized testing of distributed systems with probabilistic guarantees", 2018): the threads are chains of events, each
 * caused by the one before it. The chain of the highest priority goes first; at `depth - 1` random moves the chain whose turn it is
 * falls behind all others.
 *
 * An event that becomes enabled was caused by the move just made. So causes form a forest; the first event that a move causes goes on
 * with its chain, each other begins one: that is as few chains as there can be. If n chains make k moves, a bug that shows whenever
 * `depth` given events come in a certain order shows with probability 1/(n k^(depth-1)) at least, provided that the order of events
 * does not decide which events there are. Unlike Ozkan et al. no chain is used again for an event that another caused.
 */
import type { Scheduled } from '../kernel/index.js';
import { Dice } from './dice.js';
import type { Events } from './events.js';
import { entryWidth, head, type Menus } from './menus.js';
import type { Drawn } from './schedule.js';
import { ignore, type Scheduler } from './scheduler.js';

/** @internal */
export class Pct implements Scheduler {
  readonly isBlind = false;
  readonly isWhole = true;
  readonly visit = ignore;
  private readonly dice = new Dice();
  /** By event: its chain while it is pending, and when it was last seen pending. */
  private readonly chainOf: number[] = [];
  private readonly seenAt: number[] = [];
  /** Counts picks over all behaviours, so that nothing need be cleared; it skips one between two of them. */
  private clock = 0;
  /** By chain, of this behaviour; those that have fallen behind are below 0. */
  private readonly priorities: number[] = [];
  /** At which moves a chain falls behind; the i-th to i - depth. */
  private readonly changes: number[] = [];
  private step = 0;
  private lastEvent = -1;
  private lastChain = -1;
  private mostChains = 0;
  private mostMoves = 0;
  private runsSince = 0;
  private unended = 0;

  /** @param weights by class: 0 leaves it out, any other number says nothing here */
  constructor(
    private readonly events: Events,
    private readonly weights: Int32Array,
    private readonly depth: number,
  ) {}

  begin({ start, seed }: Drawn): number {
    this.dice.throw(seed);
    return start;
  }

  behave(): void {
    this.clock++;
    this.step = 0;
    this.priorities.length = 0;
    this.lastEvent = -1;
    this.lastChain = -1;
    this.changes.length = 0;
    for (let i = 1; i < this.depth; i++) this.changes.push(1 + this.dice.below(Math.max(1, this.mostMoves)));
  }

  pick(menus: Menus, at: number): number {
    this.clock++;
    this.step++;
    this.chain(menus, at);
    let picked = this.foremost(menus, at);
    if (picked < 0) return -1;
    for (let i = 0; i < this.changes.length; i++) {
      if (this.changes[i] !== this.step) continue;
      this.priorities[this.chainOf[menus.eventAt(picked)] as number] = i + 1 - this.depth;
      picked = this.foremost(menus, at);
    }
    this.lastEvent = menus.eventAt(picked);
    this.lastChain = this.chainOf[this.lastEvent] as number;
    return picked;
  }

  end(length: number, isCut: boolean): void {
    if (isCut) this.unended++;
    if (length > this.mostMoves || this.priorities.length > this.mostChains) this.runsSince = 0;
    else this.runsSince++;
    this.mostMoves = Math.max(this.mostMoves, length);
    this.mostChains = Math.max(this.mostChains, this.priorities.length);
  }

  told(): Scheduled {
    const { depth, mostChains: chains, mostMoves: moves, runsSince: runs, unended } = this;
    const bound = unended > 0 || chains === 0 ? {} : { bound: 1 / (chains * moves ** (depth - 1)) };
    return { name: 'pct', priorities: { depth, chains, moves, runs, unended, ...bound } };
  }

  /** Finds the chain of each event that has become enabled. */
  private chain(menus: Menus, at: number): void {
    const { chainOf, seenAt, clock, lastEvent } = this;
    const first = menus.pool[at + head.entries] as number;
    const end = lastThatChanges(menus, at);
    let goesOn = this.lastChain;
    // What was done and may be done again goes on with its own chain.
    for (let e = first; e < end; e += entryWidth) if (menus.eventAt(e) === lastEvent) goesOn = -1;
    for (let e = first; e < end; e += entryWidth) {
      const event = menus.eventAt(e);
      if (this.weights[this.events.classes[event] as number] === 0) continue;
      const isPending = seenAt[event] === clock - 1 || seenAt[event] === clock;
      seenAt[event] = clock;
      if (isPending) continue;
      chainOf[event] = goesOn >= 0 ? goesOn : this.begun();
      goesOn = -1;
    }
  }

  private begun(): number {
    return this.priorities.push(this.dice.real()) - 1;
  }

  private foremost(menus: Menus, at: number): number {
    const { chainOf, priorities, weights } = this;
    const { classes } = this.events;
    const end = lastThatChanges(menus, at);
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let e = menus.pool[at + head.entries] as number; e < end; e += entryWidth) {
      const event = menus.eventAt(e);
      const priority = priorities[chainOf[event] as number] as number;
      if (priority <= highest || weights[classes[event] as number] === 0) continue;
      highest = priority;
      best = e;
    }
    return best;
  }
}

/** Behind the last entry that changes anything. @internal */
export function lastThatChanges({ pool }: Menus, at: number): number {
  const changing = (pool[at + head.count] as number) - (pool[at + head.idle] as number);
  return (pool[at + head.entries] as number) + entryWidth * changing;
}
