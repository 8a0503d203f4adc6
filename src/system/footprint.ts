/** Footprints: which components of a state a function of the world has ever read, be it through values derived from them. */

/** @internal */
export class Footprint {
  private readonly own = new Set<number>();
  private readonly parts = new Set<Footprint>();

  component(component: number): void {
    this.own.add(component);
  }

  /** Whatever that one comes to read counts here too. */
  include(part: Footprint): void {
    if (part !== this) this.parts.add(part);
  }

  has(component: number): boolean {
    if (this.own.has(component)) return true;
    for (const part of this.parts) if (part.has(component)) return true;
    return false;
  }
}
