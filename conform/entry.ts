/** A campaign as the command line offers it: what it needs, and how large it is in continuous integration and in the long run. */
import type { Campaign, Peers, Schedules } from '../src/index.js';

export interface Size {
  /** What the campaign is told, such as how many blocks a tree has. */
  readonly n: number;
  readonly schedules: Schedules;
}

export interface Entry<P extends Peers, Setup> {
  readonly name: string;
  /** What is done to the implementation. */
  readonly doc: string;
  /** The package without which there is nothing to drive. */
  readonly needs: string;
  campaign(n: number): Omit<Campaign<P, Setup>, 'name'>;
  readonly quick: Size;
  readonly soak: Size;
}

/** Of any model: entries are typed where they are written. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyEntry = Entry<any, any>;
