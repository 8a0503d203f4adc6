/**
 * Choices out of a number: each natural that stands for a move is stretched to as many small choices as the move needs, and a
 * seed to as many naturals as a run needs. The same number gives the same choices. (The mixing is that of Christopher
 * Wellons's hash `lowbias32`, over a Weyl sequence as in Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014.)
 */
const golden = 0x9e3779b9;

/** @internal */
export class Dice {
  private state = 0;

  throw(natural: number): void {
    // The upper half counts too, where a natural is larger than 32 bits.
    this.state = (natural ^ Math.imul(natural / 0x1_0000_0000, golden)) | 0;
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    this.state = (this.state + golden) | 0;
    return mixed(this.state) % end;
  }

  /** A number from 0, below 1, of 53 random bits. */
  real(): number {
    const high = this.below(1 << 27);
    return (high * (1 << 26) + this.below(1 << 26)) / 2 ** 53;
  }
}

/** The naturals of a run. @internal */
export const naturalOf = (seed: number, index: number): number =>
  mixed((Math.imul(index + 1, golden) ^ seed) | 0) >>> 1;

function mixed(value: number): number {
  let z = value;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0xd35a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
