/**
 * The schedule `pos`, partial order sampling (Yuan, Yang and Gu, "Partial order aware concurrency sampling", 2018): each event gets
 * a random priority when it becomes enabled, the first goes, and those that race with it get new ones. So an event that waits is not
 * thrown for anew at every move that has nothing to do with it.
 *
 * What races is known from the structure: events of one peer, those of the network as a whole with all, those whose peer the move
 * has changed as well, and those that it has made observe something else. Deviation: priorities follow the weights (the smallest of
 * exponentially distributed times, so that of two events the one of twice the weight is twice as likely to be first).
 */
import type { Scheduled } from '../kernel/index.js';
import { Dice } from './dice.js';
import type { Events } from './events.js';
import { entry, entryWidth, head, type Menus } from './menus.js';
import { lastThatChanges } from './pct.js';
import type { Drawn } from './schedule.js';
import { ignore, type Scheduler } from './scheduler.js';

/** @internal */
export class Pos implements Scheduler {
  readonly isBlind = true;
  readonly isWhole = true;
  readonly visit = ignore;
  readonly end = ignore;
  private readonly dice = new Dice();
  /** By event: when its turn is, the code under which it was last seen pending, and when that was. */
  private readonly times: number[] = [];
  private readonly codes: number[] = [];
  private readonly seenAt: number[] = [];
  private clock = 0;
  /** By peer: the pick whose move has last changed it. */
  private readonly touchedAt: number[];
  /** Whether the last move was one of the network as a whole. */
  private wasOfAll = false;

  constructor(
    private readonly events: Events,
    private readonly weights: Int32Array,
    peers: number,
  ) {
    this.touchedAt = Array.from({ length: peers }, () => -1);
  }

  begin({ start, seed }: Drawn): number {
    this.dice.throw(seed);
    return start;
  }

  behave(): void {
    this.clock++;
    this.wasOfAll = false;
  }

  pick(menus: Menus, at: number): number {
    const { times, events, weights } = this;
    const before = this.clock++;
    const { pool } = menus;
    const end = lastThatChanges(menus, at);
    let best = -1;
    let earliest = Number.POSITIVE_INFINITY;
    for (let e = pool[at + head.entries] as number; e < end; e += entryWidth) {
      const event = menus.eventAt(e);
      const weight = weights[events.classes[event] as number] as number;
      if (weight === 0) continue;
      const code = pool[e + entry.code] as number;
      if (this.isRedrawn(event, code, before)) times[event] = -Math.log(1 - this.dice.real()) / weight;
      this.codes[event] = code;
      this.seenAt[event] = this.clock;
      const time = times[event] as number;
      if (time >= earliest) continue;
      earliest = time;
      best = e;
    }
    if (best >= 0) this.touch(menus, best);
    return best;
  }

  told(): Scheduled {
    return { name: 'pos' };
  }

  private isRedrawn(event: number, code: number, before: number): boolean {
    const seen = this.seenAt[event];
    if (seen === this.clock) return false; // the same event stands here twice
    if (seen !== before) return true;
    const peer = this.events.peers[event] as number;
    return this.wasOfAll || peer < 0 || this.touchedAt[peer] === before || this.codes[event] !== code;
  }

  /** Notes whose events race with this one: the peers' own components come first in a state, in the order of the peers. */
  private touch(menus: Menus, place: number): void {
    const { touchedAt, clock } = this;
    const { pool } = menus;
    const peer = this.events.peers[menus.eventAt(place)] as number;
    this.wasOfAll = peer < 0;
    if (peer >= 0) touchedAt[peer] = clock;
    const from = pool[place + entry.changes] as number;
    const end = from + 1 + 2 * (pool[from] as number);
    for (let c = from + 1; c < end; c += 2) {
      const component = pool[c] as number;
      if (component < touchedAt.length) touchedAt[component] = clock;
    }
  }
}
