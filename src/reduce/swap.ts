/** A swap of two peers that are alike: what becomes of slots, messages, inboxes and whole states when each is taken for the other. */
import { canonical, type Envelope, type Message, type State } from '../kernel/index.js';
import { type PeerTable, refused } from '../machine/index.js';
import type { Anatomy } from '../system/index.js';
import { type Rename, renaming } from './renaming.js';

/** @internal */
export class Swap {
  readonly rename: Rename;
  private readonly slots: number[][];
  private readonly contents: number[][];
  private readonly items: number[][];
  private readonly inputs: number[][];
  /** By effect: what it says, as text, and under the other names. */
  private readonly said: readonly [string[], string[]] = [[], []];

  constructor(
    private readonly anatomy: Anatomy,
    readonly a: number,
    readonly b: number,
  ) {
    const { names } = anatomy;
    const [left, right] = [names[a] as string, names[b] as string];
    this.rename = renaming(
      new Map([
        [left, right],
        [right, left],
      ]),
    );
    this.slots = names.map(() => []);
    this.contents = names.map(() => []);
    this.items = names.map(() => []);
    this.inputs = names.map(() => []);
  }

  peer(peer: number): number {
    if (peer === this.a) return this.b;
    return peer === this.b ? this.a : peer;
  }

  slot(peer: number, slot: number): number {
    const known = this.slots[peer] as number[];
    const { tables } = this.anatomy;
    known[slot] ??= (tables[this.peer(peer)] as PeerTable).adopt((tables[peer] as PeerTable).slot(slot), this.rename);
    return known[slot];
  }

  item(peer: number, item: number): number {
    const known = this.items[peer] as number[];
    const { effects } = this.anatomy.network;
    known[item] ??= effects.item(this.peer(peer), this.rename(effects.envelope(peer, item)) as Envelope);
    return known[item];
  }

  content(peer: number, content: number): number {
    const known = this.contents[peer] as number[];
    const { inboxes } = this.anatomy.network;
    const items = () =>
      Array.from((inboxes[peer] as (typeof inboxes)[number]).content(content), (i) => this.item(peer, i));
    known[content] ??= (inboxes[this.peer(peer)] as (typeof inboxes)[number]).arranged(items());
    return known[content];
  }

  /** Turns a state into what it is with the two peers taken for each other. */
  apply(state: State): void {
    const n = this.anatomy.names.length;
    for (let peer = 0; peer < n; peer++) {
      state[peer] = this.slot(peer, state[peer] as number);
      state[n + peer] = this.content(peer, state[n + peer] as number);
    }
    exchange(state, this.a, this.b);
    exchange(state, n + this.a, n + this.b);
  }

  /** Whether a remembered step, taken under the other names, comes to the same under the other names. */
  respects(peer: number, slot: number, input: number, next: number, effect: number): boolean {
    const { tables } = this.anatomy;
    const table = tables[peer] as PeerTable;
    const other = tables[this.peer(peer)] as PeerTable;
    const at = this.slot(peer, slot);
    other.step(at, this.input(peer, table, other, slot, at, input));
    const [found, said] = [other.next, other.effect];
    if (next === refused || found === refused) return next === found;
    return this.slot(peer, next) === found && this.saysOf(effect, true) === this.saysOf(said, false);
  }

  private input(peer: number, table: PeerTable, other: PeerTable, slot: number, at: number, input: number): number {
    const timer = table.timers(slot).indexOf(input);
    if (timer >= 0) return other.timers(at)[timer] as number;
    const known = this.inputs[peer] as number[];
    known[input] ??= other.hears(this.rename(table.event(input)) as Message);
    return known[input];
  }

  /** What an effect says to each peer, as text. */
  private saysOf(effect: number, isRenamed: boolean): string {
    const known = this.said[isRenamed ? 1 : 0];
    known[effect] ??= this.textOf(effect, isRenamed);
    return known[effect];
  }

  private textOf(effect: number, isRenamed: boolean): string {
    const { effects } = this.anatomy.network;
    const pairs = effects.of(effect);
    const said: string[][] = [];
    for (let i = 0; i < pairs.length; i += 2) {
      const [to, item] = [pairs[i] as number, pairs[i + 1] as number];
      const receiver = isRenamed ? this.peer(to) : to;
      said[receiver] ??= [];
      (said[receiver] as string[]).push(String(isRenamed ? this.item(to, item) : item));
    }
    return canonical(Array.from(said, (items = []) => items));
  }
}

function exchange(state: State, a: number, b: number): void {
  const kept = state[a] as number;
  state[a] = state[b] as number;
  state[b] = kept;
}
