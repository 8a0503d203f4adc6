/**
 * The weather: what faults, churn and limited operations have used up so far, and the cut that divides the network, as
 * one number. A system in which nothing is counted and nothing is cut has one weather only, and no component for it.
 */
import type { Limit } from '../kernel/index.js';

/** What {@link Weather.spend} answers when a budget is used up. @internal */
export const spent = -1;

const uncut = -1;

/** @internal */
export interface ToldWeather {
  readonly used: readonly number[];
  readonly cut: number;
}

/** Equal for equal weathers alone. @internal */
export const keyOf = ({ used, cut }: ToldWeather): string => `${used.join()}|${cut}`;

/** @internal */
export class Weather {
  readonly start: number;
  private readonly names: string[] = [];
  private readonly limits: number[] = [];
  private readonly states: ToldWeather[] = [];
  private readonly ids = new Map<string, number>();
  private readonly afterSpending: number[][] = [];

  /** @param limits what may happen how often, by name; the unlimited is not counted */
  constructor(
    limits: Readonly<Record<string, Limit>>,
    private readonly cuts: number,
  ) {
    for (const [name, limit] of Object.entries(limits)) {
      if (limit === 'unlimited') continue;
      this.names.push(name);
      this.limits.push(limit);
    }
    this.start = this.intern({ used: this.limits.map(() => 0), cut: uncut });
  }

  get isConstant(): boolean {
    return this.cuts === 0 && this.limits.every((limit) => limit === 0);
  }

  /** The index to {@link spend}, or -1 for what is unlimited. */
  counter(name: string): number {
    return this.names.indexOf(name);
  }

  /** The weather after one more use, or {@link spent}. */
  spend(weather: number, counter: number): number {
    if (counter < 0) return weather;
    const row = this.afterSpending[weather] as number[];
    const known = row[counter];
    if (known !== undefined) return known;
    const { used, cut } = this.at(weather);
    const mayBeUsed = (used[counter] as number) < (this.limits[counter] as number);
    const after = mayBeUsed ? this.intern({ used: used.map((n, i) => (i === counter ? n + 1 : n)), cut }) : spent;
    row[counter] = after;
    return after;
  }

  /** The index of the cut in force, or -1. */
  cut(weather: number): number {
    return this.at(weather).cut;
  }

  withCut(weather: number, cut: number): number {
    return this.intern({ used: this.at(weather).used, cut });
  }

  healed(weather: number): number {
    return this.withCut(weather, uncut);
  }

  /** What has been used up and cut, as data. */
  at(weather: number): ToldWeather {
    return this.states[weather] as ToldWeather;
  }

  /** The weather in which that has been used up and cut. */
  intern(state: ToldWeather): number {
    const key = keyOf(state);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.states.length;
    this.states.push(state);
    this.ids.set(key, id);
    this.afterSpending.push([]);
    return id;
  }
}
