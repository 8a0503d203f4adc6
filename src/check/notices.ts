/**
 * Who notices a move: which of many functions of the world may answer otherwise after it than before. What each component's
 * change from one number to another means to them is asked once and remembered. Law: who is not named answers as before.
 */
import type { Moves, Noticing, State } from '../kernel/index.js';

/** Changes remembered at most; beyond, all are forgotten and asked anew. */
const limit = 1 << 18;
const firstSize = 1 << 10;

/** @internal */
export class Notices {
  /** Who notices what was looked at last: bit `k % 32` of word `k / 32` for function `k`. */
  private readonly found: Int32Array;
  private readonly words: number;
  /** By slot: a component plus one, from, to, and a bit for each function that notices. */
  private table = new Int32Array(0);
  private mask = 0;
  private count = 0;
  private asOf = -1;
  /** By component: whether anybody ever notices anything of it. */
  private isRead: boolean[] = [];

  /** @param width components of a state */
  constructor(
    private readonly of: readonly Noticing[],
    private readonly width: number,
  ) {
    this.words = Math.ceil(of.length / 32);
    this.found = new Int32Array(this.words);
  }

  /** Looks at move `i`, which starts from `before`. */
  look(before: State, moves: Moves, i: number): void {
    this.lookAt(before, moves.changes, moves.first[i] as number, moves.first[i + 1] as number);
  }

  /** The same of a move whose changes, pairs of a component and its new number, stand from `from` to before `end`. */
  lookAt(before: State, changes: Int32Array, from: number, end: number): void {
    const { found, words } = this;
    if (words === 0) return;
    if ((this.of[0]?.revision ?? this.asOf) !== this.asOf) this.forget();
    for (let w = 0; w < words; w++) found[w] = 0;
    for (let c = from; c < end; c += 2) {
      const component = changes[c] as number;
      if (this.isRead[component] === false) continue;
      const at = this.entry(component, before[component] as number, changes[c + 1] as number);
      for (let w = 0; w < words; w++) found[w] = (found[w] as number) | (this.table[at + 3 + w] as number);
    }
  }

  /** Whether function `k` notices the move that was looked at. */
  has(k: number): boolean {
    return (((this.found[k >> 5] as number) >>> (k & 31)) & 1) === 1;
  }

  /** Whether any does. */
  get any(): boolean {
    let any = 0;
    for (let w = 0; w < this.words; w++) any |= this.found[w] as number;
    return any !== 0;
  }

  private entry(component: number, from: number, to: number): number {
    const { table, mask } = this;
    const stride = 3 + this.words;
    let slot = hash(component, from, to) & mask;
    for (;;) {
      const at = slot * stride;
      const owner = table[at] as number;
      if (owner === 0) break;
      if (owner === component + 1 && table[at + 1] === from && table[at + 2] === to) return at;
      slot = (slot + 1) & mask;
    }
    return this.learn(component, from, to);
  }

  private learn(component: number, from: number, to: number): number {
    if (this.count >= limit) this.forget();
    if (this.count * 2 > this.mask) this.grow();
    const stride = 3 + this.words;
    let slot = hash(component, from, to) & this.mask;
    while (this.table[slot * stride] !== 0) slot = (slot + 1) & this.mask;
    const at = slot * stride;
    this.count++;
    this.table[at] = component + 1;
    this.table[at + 1] = from;
    this.table[at + 2] = to;
    for (const [k, one] of this.of.entries()) {
      if (!one.notices(component, from, to)) continue;
      const w = at + 3 + (k >> 5);
      this.table[w] = (this.table[w] as number) | (1 << (k & 31));
    }
    return at;
  }

  private grow(): void {
    const { table, mask } = this;
    const stride = 3 + this.words;
    this.mask = mask * 2 + 1;
    this.table = new Int32Array((this.mask + 1) * stride);
    for (let at = 0; at < table.length; at += stride) {
      if (table[at] === 0) continue;
      let slot = hash((table[at] as number) - 1, table[at + 1] as number, table[at + 2] as number) & this.mask;
      while (this.table[slot * stride] !== 0) slot = (slot + 1) & this.mask;
      this.table.set(table.subarray(at, at + stride), slot * stride);
    }
  }

  private forget(): void {
    this.asOf = this.of[0]?.revision ?? -1;
    this.count = 0;
    this.mask = firstSize - 1;
    this.table = new Int32Array(firstSize * (3 + this.words));
    this.isRead = Array.from({ length: this.width }, (_, c) => this.of.some((one) => one.reads(c)));
  }
}

function hash(component: number, from: number, to: number): number {
  let h = Math.imul(from, 0x9e3779b1) ^ Math.imul(to + Math.imul(component, 0x27d4eb2f), 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
