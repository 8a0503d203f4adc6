/**
 * How a run's time is shared out. Law: whoever is next gets its part of what is left, by shares, so nobody goes without, and
 * what one does not use is for those after it.
 */

/** @internal */
export class Purse {
  private readonly shares: Map<string, number>;

  /** @param shares by name of who will ask */
  constructor(
    private readonly seconds: number,
    shares: Iterable<readonly [string, number]>,
  ) {
    this.shares = new Map(shares);
  }

  /** Takes the part of `name` out, and says how many seconds it is when so many are spent already. */
  take(name: string, spent: number): number {
    const waiting = [...this.shares.values()].reduce((sum, share) => sum + share, 0);
    const share = this.shares.get(name) ?? 0;
    this.shares.delete(name);
    return waiting === 0 ? 0 : Math.max(0, ((this.seconds - spent) * share) / waiting);
  }

  /** Nothing is needed after all. */
  release(name: string): void {
    this.shares.delete(name);
  }
}
