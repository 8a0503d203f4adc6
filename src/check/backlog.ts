/**
 * States that wait for their moves to be looked at, first in, first out, packed into pages. A page keeps the layout that it was begun
 * with: when a number outgrows the layout, a new page begins with a wider one, and nothing that waits is touched.
 */
import type { State } from '../kernel/index.js';
import { Layout } from './layout.js';

const pageWords = 1 << 14;

interface Page {
  readonly layout: Layout;
  readonly words: Int32Array<ArrayBuffer>;
  readonly room: number;
  count: number;
}

/** @internal */
export class Backlog {
  bytes = 0;
  private layout: Layout;
  /** Of each component, all bits that any state has set. */
  private readonly largest: State;
  private pages: Page[] = [];
  /** In the first page: how many have been taken. */
  private taken = 0;
  /** Pages in which nothing waits any more, to be used again. */
  private readonly spare: Int32Array<ArrayBuffer>[] = [];
  /** Pages at the front of the list that are done with; the list is cut when they are many. */
  private head = 0;

  constructor(width: number) {
    this.largest = new Int32Array(width);
    this.layout = new Layout(this.largest);
  }

  /** Bytes that will be taken when `more` are added, if their numbers are no larger than those before. */
  bytesFor(more: number): number {
    return this.bytes + 4 * (pageWords + more * this.layout.words);
  }

  push(state: State): void {
    let page = this.pages[this.pages.length - 1];
    if (page === undefined || page.count === page.room) page = this.begin();
    while (!this.pack(state, page)) {
      this.widen(state);
      page = this.begin();
    }
  }

  next(into: State): void {
    let page = this.pages[this.head] as Page;
    while (this.taken === page.count) {
      this.release(page);
      page = this.pages[this.head] as Page;
    }
    page.layout.unpack(page.words, this.taken++ * page.layout.words, into);
  }

  /** Writes the state at the end of the page; false if a number of it does not fit. */
  private pack(state: State, page: Page): boolean {
    const { largest } = this;
    const { words, layout } = page;
    const { mask, shift, word } = layout;
    const start = page.count * layout.words;
    for (let w = 0; w < layout.words; w++) words[start + w] = 0;
    let isFitting = true;
    for (let c = 0; c < state.length; c++) {
      const value = state[c] as number;
      if ((value & (mask[c] as number)) !== value) isFitting = false;
      largest[c] = (largest[c] as number) | value;
      const at = start + (word[c] as number);
      words[at] = (words[at] as number) | (value << (shift[c] as number));
    }
    if (isFitting) page.count++;
    return isFitting;
  }

  private widen(state: State): void {
    const growing = [...state.keys()].filter((c) => !this.layout.fits(c, state[c] as number));
    this.layout = new Layout(this.largest, growing);
  }

  private begin(): Page {
    const wanted = Math.max(pageWords, this.layout.words);
    const spare = wanted === pageWords ? this.spare.pop() : undefined;
    const words = spare ?? new Int32Array(wanted);
    if (spare === undefined) this.bytes += words.byteLength;
    const page = { layout: this.layout, words, room: Math.floor(words.length / this.layout.words), count: 0 };
    this.pages.push(page);
    return page;
  }

  private release(page: Page): void {
    if (page.words.length === pageWords) this.spare.push(page.words);
    else this.bytes -= page.words.byteLength;
    this.taken = 0;
    this.head++;
    if (this.head < 64 || this.head * 2 < this.pages.length) return;
    this.pages = this.pages.slice(this.head);
    this.head = 0;
  }
}
