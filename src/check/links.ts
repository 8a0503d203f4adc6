/**
 * From which state each was found, and by which of its moves, so that the way to a state can be told although the state itself is
 * gone. For searches that look at states in the order in which they found them: then what is found from a state lies together, and two
 * bits and a byte a state are enough. In `ones`, each state is a one, and a zero goes to the next state they are found from
 * (Jacobson, "Space-efficient static trees and graphs", 1989).
 */

const pageBits = 15;
/** Words in a page. */
const pageWords = 1 << (pageBits - 5);
const choicePage = 1 << pageBits;
/** Written for a choice that needs more than a byte, which is then kept apart. */
const large = 255;

/** @internal */
export interface Link {
  readonly parent: number;
  readonly choice: number;
}

/** @internal */
export class Links {
  /** States that were found from others. */
  count = 0;
  private readonly ones: Int32Array<ArrayBuffer>[] = [];
  /** By page: how many ones are before it. */
  private readonly onesBefore: number[] = [];
  private readonly choices: Uint8Array<ArrayBuffer>[] = [];
  private readonly largeChoices = new Map<number, number>();
  private bits = 0;
  /** The state that the next ones are found from: zeros so far. */
  private parent = 0;

  get bytes(): number {
    return this.ones.length * pageWords * 4 + this.choices.length * choicePage;
  }

  /** Bytes that will be taken when `more` are added, but for a page. */
  bytesFor(more: number): number {
    return this.bytes + choicePage + 2 * pageWords * 4 + 2 * more;
  }

  /** A state found by a move of `parent`, which is that of the one before or a later one. */
  add(parent: number, choice: number): void {
    for (; this.parent < parent; this.parent++) this.append(0);
    this.append(1);
    const at = this.count++;
    if (at % choicePage === 0) this.choices.push(new Uint8Array(choicePage));
    (this.choices[this.choices.length - 1] as Uint8Array)[at % choicePage] = Math.min(choice, large);
    if (choice >= large) this.largeChoices.set(at, choice);
  }

  /** The n-th state that was found from another, counted from 0. */
  of(n: number): Link {
    const page = this.pageOf(n);
    let seen = this.onesBefore[page] as number;
    const words = this.ones[page] as Int32Array;
    let w = 0;
    for (let here = population(words[w] as number); seen + here <= n; here = population(words[w] as number)) {
      seen += here;
      w++;
    }
    let word = words[w] as number;
    for (; seen < n; seen++) word &= word - 1;
    const at = (page << pageBits) + 32 * w + (31 - Math.clz32(word & -word));
    const short = (this.choices[Math.floor(n / choicePage)] as Uint8Array)[n % choicePage] as number;
    return { parent: at - n, choice: short === large ? (this.largeChoices.get(n) as number) : short };
  }

  /** The last page before which there are no more than n ones. */
  private pageOf(n: number): number {
    let low = 0;
    let high = this.onesBefore.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.onesBefore[middle] as number) <= n) low = middle;
      else high = middle;
    }
    return low;
  }

  private append(bit: number): void {
    const at = this.bits++ % (1 << pageBits);
    if (at === 0) {
      this.ones.push(new Int32Array(pageWords));
      this.onesBefore.push(this.count);
    }
    if (bit === 0) return;
    const page = this.ones[this.ones.length - 1] as Int32Array;
    page[at >>> 5] = (page[at >>> 5] as number) | (1 << (at & 31));
  }
}

/** How many bits of a word are set. */
function population(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
