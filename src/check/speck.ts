/**
 * Numbers that look random and come out alike every time: the block cipher Speck64/128 (Beaulieu and others, "The SIMON and SPECK
 * families of lightweight block ciphers", 2013), which needs nothing but 32-bit arithmetic. A key and a counter give two words.
 */

const rounds = 27;

/** @internal */
export class Speck {
  /** The block that was encrypted last. */
  x = 0;
  y = 0;
  private readonly keys = new Int32Array(rounds);

  /** @param key four words, the one that is used first at the front */
  constructor(key: readonly [number, number, number, number]) {
    const [first, ...rest] = key;
    let k = first | 0;
    for (let i = 0; i < rounds; i++) {
      this.keys[i] = k;
      const next = (turned(rest[i % 3] as number, 24) + k) ^ i;
      rest[i % 3] = next;
      k = turned(k, 3) ^ next;
    }
  }

  encrypt(left: number, right: number): void {
    const { keys } = this;
    let x = left | 0;
    let y = right | 0;
    for (let i = 0; i < rounds; i++) {
      x = (turned(x, 24) + y) ^ (keys[i] as number);
      y = turned(y, 3) ^ x;
    }
    this.x = x;
    this.y = y;
  }
}

/** Turned to the left. */
const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
