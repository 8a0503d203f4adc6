/**
 * A set of fingerprints of two words, in little more memory than these take: open addressing with linear probing, in which a
 * fingerprint's place grows with its first word and all lie in that order (Amble and Knuth, "Ordered hash tables", 1974). So a search
 * for one that is not there ends early even in a table that is nearly full, and the table grows in place: in pages that are added at
 * its end, with nothing copied elsewhere and nothing left to a garbage collector.
 */
import { none } from './zobrist.js';

const pageBits = 15;
const pageSlots = 1 << pageBits;
const pageWords = 2 * pageSlots;
/** Slots at the end of the table that are no fingerprint's first choice. */
const slack = 1 << 10;
const fullest = 0.875;
/** By how much it grows while it is small, and from this many pages (256 MiB) on. */
const growth = { small: 1 / 3, large: 1 / 8, from: 1 << 10 };
const half = 2 ** 31;

/** @internal */
export class Fingerprints {
  count = 0;
  private readonly pages: Int32Array<ArrayBuffer>[] = [new Int32Array(pageWords)];
  /** Slots for one step of the first word. */
  private scale = scaleOf(1);
  private room = roomOf(1);

  get bytes(): number {
    return this.pages.length * pageWords * 4;
  }

  /** Bytes that will be taken when `more` are added. */
  bytesFor(more: number): number {
    let pages = this.pages.length;
    while (this.count + more > roomOf(pages)) pages = grown(pages);
    return pages * pageWords * 4;
  }

  /** Where a fingerprint with that first word has its first choice. */
  slotOf(high: number): number {
    return Math.floor((high + half) * this.scale);
  }

  /** The first word in a slot: to have it on its way from memory. */
  glance(slot: number): number {
    return (this.pages[slot >>> pageBits] as Int32Array)[2 * (slot & (pageSlots - 1))] as number;
  }

  /** @param first its first choice */
  has(high: number, low: number, first = this.slotOf(high)): boolean {
    let slot = first;
    let page = this.pages[slot >>> pageBits] as Int32Array;
    for (let at = 2 * (slot & (pageSlots - 1)); ; ) {
      const there = page[at] as number;
      if (there === high) {
        if (page[at + 1] === low) return true;
      } else if (there === none || there > high) return false;
      slot++;
      at += 2;
      if (at < pageWords) continue;
      page = this.pages[slot >>> pageBits] as Int32Array;
      at = 0;
    }
  }

  /** Whether it was not there. */
  add(high: number, low: number): boolean {
    let slot = this.slotOf(high);
    let page = this.pages[slot >>> pageBits] as Int32Array;
    let at = 2 * (slot & (pageSlots - 1));
    for (;;) {
      const there = page[at] as number;
      if (there === high && page[at + 1] === low) return false;
      if (there === none || there > high) break;
      slot++;
      at += 2;
      if (at < pageWords) continue;
      page = this.pages[slot >>> pageBits] as Int32Array;
      at = 0;
    }
    // Those behind it move on by one, up to the next empty slot.
    let carriedHigh = high;
    let carriedLow = low;
    for (;;) {
      const nextHigh = page[at] as number;
      const nextLow = page[at + 1] as number;
      page[at] = carriedHigh;
      page[at + 1] = carriedLow;
      if (nextHigh === none) break;
      carriedHigh = nextHigh;
      carriedLow = nextLow;
      slot++;
      at += 2;
      if (at < pageWords) continue;
      page = this.pages[slot >>> pageBits] as Int32Array;
      at = 0;
    }
    this.count++;
    // The last slot stays empty, so that every search ends.
    if (this.count > this.room || slot === this.slots - 1) this.grow();
    return true;
  }

  private get slots(): number {
    return this.pages.length * pageSlots;
  }

  private grow(): void {
    let used = this.slots;
    for (let isFitting = false; !isFitting; used = this.slots) {
      for (let more = grown(this.pages.length) - this.pages.length; more > 0; more--)
        this.pages.push(new Int32Array(pageWords));
      this.scale = scaleOf(this.pages.length);
      this.room = roomOf(this.pages.length);
      isFitting = this.pushToEnd(used);
    }
    this.spread(this.slots - this.count);
  }

  /**
   * Moves all to the end of the table, in their order, without a gap. Returns whether they have room before its last slot when each
   * goes to its first choice or as few slots behind it as can be.
   */
  private pushToEnd(used: number): boolean {
    const { slots } = this;
    let isFitting = true;
    let to = slots;
    for (let slot = used - 1; slot >= 0; slot--) {
      const page = this.pages[slot >>> pageBits] as Int32Array;
      const at = 2 * (slot & (pageSlots - 1));
      const high = page[at] as number;
      if (high === none) continue;
      const low = page[at + 1] as number;
      page[at] = none;
      this.put(--to, high, low);
      if (this.slotOf(high) + (slots - to) >= slots) isFitting = false;
    }
    return isFitting;
  }

  /** Moves each from the end of the table to where it belongs, which is never further back than where it is. */
  private spread(from: number): void {
    const { slots } = this;
    let free = 0;
    for (let slot = from; slot < slots; slot++) {
      const page = this.pages[slot >>> pageBits] as Int32Array;
      const at = 2 * (slot & (pageSlots - 1));
      const high = page[at] as number;
      const low = page[at + 1] as number;
      page[at] = none;
      const to = Math.max(free, this.slotOf(high));
      this.put(to, high, low);
      free = to + 1;
    }
  }

  private put(slot: number, high: number, low: number): void {
    const page = this.pages[slot >>> pageBits] as Int32Array;
    const at = 2 * (slot & (pageSlots - 1));
    page[at] = high;
    page[at + 1] = low;
  }
}

const grown = (pages: number): number =>
  pages + Math.max(1, Math.floor(pages * (pages < growth.from ? growth.small : growth.large)));
const roomOf = (pages: number): number => Math.floor((pages * pageSlots - slack) * fullest);
const scaleOf = (pages: number): number => (pages * pageSlots - slack) / 2 ** 32;
