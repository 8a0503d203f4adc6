/**
 * The variables of the Promela model, one array of numbers: a slot for each peer; the cells of each link, filled from the first,
 * or a bit for each message of a message set; what is counted; and the cut. This says which stands where, and reads it off a state.
 */
import type { State } from '../kernel/index.js';
import { type Anatomy, limitsOf } from '../system/index.js';
import type { Explored } from './explored.js';

/** What is on its way from one peer to another: cells of items, each the input that it will be plus one, then zeros. @internal */
export interface Link {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly cells: number;
}

/** A message of a message set: one bit. @internal */
export interface Bit {
  readonly to: number;
  readonly item: number;
  readonly at: number;
}

/** @internal */
export interface Counter {
  readonly name: string;
  readonly limit: number;
  readonly at: number;
}

/** @internal */
export class Variables {
  readonly links: readonly Link[];
  readonly bits: readonly Bit[];
  readonly counters: readonly Counter[];
  /** Where the cut stands: 0 while the network is whole, else its index plus one; -1 where there is none. */
  readonly cut: number;
  readonly width: number;
  /** The largest number that any of them may hold. */
  readonly largest: number;

  constructor(
    private readonly anatomy: Anatomy,
    explored: Explored,
  ) {
    const { names, tables, network, spec } = anatomy;
    let at = names.length;
    let largest = Math.max(...tables.map(({ size }) => size));
    const links: Link[] = [];
    const bits: Bit[] = [];
    for (const [to, most] of fullest(anatomy, explored).entries()) {
      if (spec.network === 'set') {
        for (const item of [...most.keys()].sort((a, b) => a - b)) bits.push({ to, item, at: at++ });
        continue;
      }
      const bySender = new Map<number, number>();
      for (const [item, { of }] of most) {
        largest = Math.max(largest, item + 1);
        const from = network.effects.sender(to, item);
        bySender.set(from, Math.max(bySender.get(from) ?? 0, of));
      }
      for (const [from, cells] of [...bySender].sort(([a], [b]) => a - b)) {
        links.push({ from, to, first: at, cells });
        at += cells;
      }
    }
    this.links = links;
    this.bits = bits;
    this.counters = Object.entries(limitsOf(spec)).flatMap(([name, limit]) =>
      limit === 'unlimited' ? [] : [{ name, limit, at: at++ }],
    );
    for (const { limit } of this.counters) largest = Math.max(largest, limit);
    this.cut = network.cuts.length === 0 ? -1 : at++;
    this.largest = Math.max(largest, network.cuts.length);
    this.width = at;
  }

  /** What the variables are in a state, but for what is counted, which no function of the world can see. */
  read(state: State): Int32Array {
    const { names, network } = this.anatomy;
    const made = new Int32Array(this.width);
    for (let peer = 0; peer < names.length; peer++) made[peer] = state[peer] as number;
    if (this.cut >= 0) made[this.cut] = network.cutOf(state) + 1;
    if (network.inboxes.length === 0) return made;
    for (const { to, item, at } of this.bits) made[at] = this.content(to, state).includes(item) ? 1 : 0;
    for (const { from, to, first } of this.links) {
      const items = this.content(to, state).filter((item) => network.effects.sender(to, item) === from);
      // An inbox lists what is unordered by meaning; the semantics, which knows only numbers, by number.
      if (this.anatomy.spec.network !== 'fifo') items.sort();
      for (const [i, item] of items.entries()) made[first + i] = item + 1;
    }
    return made;
  }

  private content(peer: number, state: State): Int32Array {
    const { network } = this.anatomy;
    return (network.inboxes[peer] as (typeof network.inboxes)[number]).content(
      state[network.inboxComponent(peer)] as number,
    );
  }
}

/** By receiver and item: with how many others of its link it was ever on its way, itself included. */
function fullest({ names, network }: Anatomy, explored: Explored): readonly Map<number, { of: number }>[] {
  const most = names.map(() => new Map<number, { of: number }>());
  if (network.inboxes.length === 0) return most;
  const contents = names.map(() => new Set<number>());
  for (let id = 0; id < explored.count; id++) {
    const state = explored.state(id);
    for (let peer = 0; peer < names.length; peer++) contents[peer]?.add(state[network.inboxComponent(peer)] as number);
  }
  for (const [to, ids] of contents.entries()) {
    for (const id of ids) {
      const content = (network.inboxes[to] as (typeof network.inboxes)[number]).content(id);
      const senders = Array.from(content, (item) => network.effects.sender(to, item));
      for (const [i, item] of content.entries()) {
        const of = senders.filter((sender) => sender === senders[i]).length;
        const known = (most[to] as Map<number, { of: number }>).get(item);
        if (known === undefined || known.of < of) most[to]?.set(item, { of });
      }
    }
  }
  return most;
}
