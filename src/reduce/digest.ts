/** A digest of numbers in order, and of groups of numbers in any order: equal for equal things, and hardly ever for others. */

/** @internal */
export class Digest {
  private a = 0x243f6a88;
  private b = 0x13198a2e;
  private groupA = 0;
  private groupB = 0;
  private groups = 0;
  private outerA = 0;
  private outerB = 0;

  add(value: number): void {
    this.a = mix(this.a ^ value, 0x85ebca6b);
    this.b = mix(this.b ^ value, 0xc2b2ae35);
  }

  /** Begins a group: what is added until its end counts as one, and groups count in any order. */
  begin(): void {
    this.outerA = this.a;
    this.outerB = this.b;
    this.a = 0x9e3779b9;
    this.b = 0x7f4a7c15;
  }

  end(): void {
    this.groupA = (this.groupA + this.a) | 0;
    this.groupB = (this.groupB + this.b) | 0;
    this.groups++;
    this.a = this.outerA;
    this.b = this.outerB;
  }

  equals({ a, b, groupA, groupB, groups }: Digest): boolean {
    return this.a === a && this.b === b && this.groupA === groupA && this.groupB === groupB && this.groups === groups;
  }
}

/** A round of MurmurHash3's finalizer. */
function mix(value: number, by: number): number {
  let h = Math.imul(value ^ (value >>> 16), by);
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
  return h ^ (h >>> 16);
}
