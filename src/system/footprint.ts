/** Footprints: which components of a state a function of the world has ever read, be it through values derived from them. */

/** @internal */
export class Footprint {
  private readonly own = new Set<number>();
  private readonly parts = new Set<Footprint>();
  private aspect: number | undefined;

  component(component: number): void {
    this.own.add(component);
  }

  /** It is the footprint of this one aspect. */
  isOf(aspect: number): void {
    this.aspect = aspect;
  }

  /** Every single aspect that was read, into `found`. */
  collect(found: Set<number>, seen = new Set<Footprint>()): void {
    if (seen.has(this)) return;
    seen.add(this);
    if (this.aspect !== undefined) found.add(this.aspect);
    for (const part of this.parts) part.collect(found, seen);
  }

  /** Whatever that one comes to read counts here too. Returns whether that is news. */
  include(part: Footprint): boolean {
    if (part === this || this.parts.has(part)) return false;
    this.parts.add(part);
    return true;
  }

  /** Of a single aspect: the component that it is read of. */
  get only(): number {
    const [component] = this.own;
    return component as number;
  }

  has(component: number): boolean {
    if (this.own.has(component)) return true;
    for (const part of this.parts) if (part.has(component)) return true;
    return false;
  }
}
