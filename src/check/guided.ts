/**
 * The schedule `coverage`: behaviours that showed something new are kept, and most runs begin like one of them and then go on at
 * random (as in AFL by Zalewski; where to begin, the states that were seldom seen before others, is from Ecoffet, Huizinga, Lehman,
 * Stanley and Clune, "First return, then explore", 2021). New is a move that was never made, a local state of a peer, or a pair of these.
 *
 * A run does one of these: all anew (1 in 8); a kept behaviour, and then at random; the same cut off somewhere; the same without a few
 * of its moves. The random part is that of a swarm, or that of `uniform`, by turns.
 */
import type { Model, Scheduled, State } from '../kernel/index.js';
import { ByClass } from './by-class.js';
import { Dice } from './dice.js';
import type { Explored } from './explored.js';
import { entryWidth, head, type Menus } from './menus.js';
import { lastThatChanges } from './pct.js';
import type { Drawn } from './schedule.js';
import type { Scheduler } from './scheduler.js';
import { noRoom, Seen, widen } from './seen.js';

/** A behaviour that ended with something new. */
interface Kept {
  readonly start: number;
  /** Its moves, as events. */
  readonly events: Int32Array;
  /** The state that it comes to. */
  readonly state: number;
  readonly worth: number;
}

/** What a new thing is worth, beside the others. */
const worths = { move: 8, local: 8, pair: 1 };

const mostKept = 512;
/** Bytes of the pairs; those that come later are not called new. */
const pairBytes = 1 << 26;

/** @internal */
export class Guided implements Scheduler {
  readonly isBlind = false;
  readonly isWhole = true;
  private readonly dice = new Dice();
  private readonly byClass: ByClass;
  private readonly kept: Kept[] = [];
  private readonly local = new Seen(2);
  private readonly pairs = new Seen(4, pairBytes);
  private readonly isMade: boolean[] = [];
  private readonly state: State;
  private readonly one = new Int32Array(2);
  private readonly two = new Int32Array(4);
  /** States that were looked at, and how often each was come to. */
  private known = 0;
  private visits = new Int32Array(256);

  private start = 0;
  private prefix: ArrayLike<number> = [];
  private followed = 0;
  /** The events of this run, whether the latest is a move that was never made, and what led to the latest new pair. */
  private readonly path: number[] = [];
  private isNewMove = false;
  private pairAt = 0;
  private pairState = noRoom;

  /** @param peers how many; their own components come first in a state */
  constructor(
    private readonly explored: Explored,
    weights: Int32Array,
    private readonly peers: number,
  ) {
    this.byClass = new ByClass(weights);
    this.state = new Int32Array(explored.model.width);
  }

  begin({ start, dials, seed }: Drawn): number {
    const { dice } = this;
    dice.throw(seed);
    this.byClass.draw(seed, 0, dice.below(2) === 0 ? dials : undefined);
    this.path.length = 0;
    this.pairAt = 0;
    this.followed = 0;
    const model: Model = this.explored.model;
    const one = dice.below(8) === 0 ? undefined : this.choose();
    this.start = one?.start ?? start % model.starts.length;
    this.prefix = one === undefined ? [] : this.vary(one.events);
    return this.start;
  }

  behave(): void {}

  pick(menus: Menus, at: number): number {
    const picked = this.follow(menus, at);
    const place = picked >= 0 ? picked : this.byClass.pick(menus, at);
    if (place < 0) return place;
    const event = menus.eventAt(place);
    this.path.push(event);
    this.isNewMove = this.isMade[event] !== true;
    this.isMade[event] = true;
    return place;
  }

  visit(id: number): void {
    if (id === noRoom) return;
    if (id >= this.visits.length) this.visits = widen(this.visits, 2 * id);
    this.visits[id] = (this.visits[id] as number) + 1;
    // States are numbered in the order in which they are found.
    const found = id >= this.known ? this.look(id) : undefined;
    const what = this.isNewMove && found !== 'local' ? 'move' : found;
    this.isNewMove = false;
    if (what === 'pair') {
      // One for each run is enough: nearly every state of a large system is a new pair.
      this.pairAt = this.path.length;
      this.pairState = id;
    } else if (what !== undefined) this.keep(this.path.length, id, what);
  }

  end(): void {
    if (this.pairAt > 0) this.keep(this.pairAt, this.pairState, 'pair');
  }

  told(): Scheduled {
    const { kept, local, pairs } = this;
    return { name: 'coverage', corpus: { behaviours: kept.length, local: local.count, pairs: pairs.count } };
  }

  /** What is new about a state that was never seen. */
  private look(id: number): 'local' | 'pair' | undefined {
    this.known = id + 1;
    const { state, peers, local, pairs, one, two } = this;
    this.explored.states.read(id, state);
    let found: 'local' | 'pair' | undefined;
    for (let a = 0; a < peers; a++) {
      one[0] = two[0] = a;
      one[1] = two[1] = state[a] as number;
      local.add(one);
      if (local.isNew) found = 'local';
      for (let b = a + 1; b < peers; b++) {
        two[2] = b;
        two[3] = state[b] as number;
        if (pairs.add(two) !== noRoom && pairs.isNew) found ??= 'pair';
      }
    }
    return found;
  }

  /** The next event of the prefix that is enabled, if one is. */
  private follow(menus: Menus, at: number): number {
    const { prefix } = this;
    if (this.followed === prefix.length) return -1;
    const first = menus.pool[at + head.entries] as number;
    const end = lastThatChanges(menus, at);
    while (this.followed < prefix.length) {
      const event = prefix[this.followed++];
      for (let e = first; e < end; e += entryWidth) if (menus.eventAt(e) === event) return e;
    }
    return -1;
  }

  private choose(): Kept | undefined {
    const { kept } = this;
    let total = 0;
    for (const one of kept) total += this.chanceOf(one);
    let ticket = this.dice.real() * total;
    return kept.find((one) => {
      ticket -= this.chanceOf(one);
      return ticket < 0;
    });
  }

  /** How likely it is to be chosen, beside the others. */
  private chanceOf({ state, worth }: Kept): number {
    return worth / (this.visits[state] as number);
  }

  private vary(events: Int32Array): ArrayLike<number> {
    const { dice } = this;
    const { length } = events;
    switch (dice.below(4)) {
      case 0:
        return events.subarray(0, dice.below(length + 1));
      case 1: {
        const at = dice.below(length + 1);
        const left = at + 1 + dice.below(4);
        return [...events.subarray(0, at), ...events.subarray(left)];
      }
      default:
        return events;
    }
  }

  private keep(length: number, state: number, what: keyof typeof worths): void {
    const { kept } = this;
    const one: Kept = {
      start: this.start,
      events: Int32Array.from(this.path.slice(0, length)),
      state,
      worth: worths[what],
    };
    if (kept.length < mostKept) {
      kept.push(one);
      return;
    }
    const chances = kept.map((other) => this.chanceOf(other));
    const least = chances.indexOf(Math.min(...chances));
    if ((chances[least] as number) <= one.worth) kept[least] = one;
  }
}
