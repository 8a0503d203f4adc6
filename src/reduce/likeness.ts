/** What each of several like peers looks like in a state: a number that does not depend on which of them it is. */
import { canonical, type State } from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import type { Anatomy } from '../system/index.js';
import { renaming } from './renaming.js';

/** @internal */
export class Likeness {
  /** By component and member: by number, what it looks like to that member. */
  private readonly seen: number[][][];
  private readonly looks: Int32Array;
  private readonly renamings;

  constructor(
    private readonly anatomy: Anatomy,
    private readonly group: readonly number[],
  ) {
    const { names } = anatomy;
    this.seen = Array.from({ length: 2 * names.length }, () => group.map(() => []));
    this.looks = new Int32Array(group.length);
    this.renamings = group.map((member) =>
      renaming(
        new Map(group.map((other) => [names[other] as string, other === member ? '\u0000self' : '\u0000other'])),
      ),
    );
  }

  /** By member. The array is used again. */
  of(state: State): Int32Array {
    const { group, looks, anatomy } = this;
    const n = anatomy.names.length;
    for (let m = 0; m < group.length; m++) {
      const self = group[m] as number;
      let own = 0;
      let mates = 0;
      let others = 0;
      for (let c = 0; c < 2 * n; c++) {
        const look = this.look(c, m, state[c] as number);
        const peer = c < n ? c : c - n;
        if (peer === self) own = Math.imul(own, 31) + look;
        else if (group.includes(peer)) mates = (mates + Math.imul(look, look | 1)) | 0;
        else others = (Math.imul(others, 31) + look) | 0;
      }
      looks[m] = (Math.imul(own, 0x9e3779b1) + Math.imul(mates, 0x85ebca6b) + Math.imul(others, 0x2c1b3c6d)) | 0;
    }
    return looks;
  }

  private look(component: number, member: number, value: number): number {
    const known = (this.seen[component] as number[][])[member] as number[];
    known[value] ??= hash(this.textOf(component, member, value));
    return known[value];
  }

  private textOf(component: number, member: number, value: number): string {
    const { names, tables, network } = this.anatomy;
    const rename = this.renamings[member] as (data: unknown) => unknown;
    if (component >= names.length) {
      const messages = network
        .envelopes(component - names.length, value)
        .map((envelope) => canonical(rename(envelope)));
      return messages.sort().join();
    }
    const table = tables[component] as PeerTable;
    const { status, local, stored } = table.slot(value);
    const timers = local?.timers.map(({ id }) => id);
    return canonical([status, table.stateOf(value), rename(table.contextOf(value) ?? stored), timers]);
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
