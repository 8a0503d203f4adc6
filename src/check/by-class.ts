/**
 * Picks by class: each natural picks a class of move by weight (a kind, or one of the operations), then a move of that class, so
 * that a class with many moves does not drown the others; moves that change nothing are a class of their own. Law: every natural
 * picks a move wherever there is one.
 */
import { naturalOf } from './dice.js';
import { entryWidth, head, headWidth, type Menus } from './menus.js';
import type { Picker } from './walk.js';

/** @internal */
export class ByClass implements Picker {
  private naturals: ArrayLike<number> | undefined;
  private seed = 0;
  private next = 0;
  private dials: readonly number[] | undefined;

  /** @param weights by class: how often it is picked beside the others, 0 for never */
  constructor(private readonly weights: Int32Array) {}

  /** From now on by these naturals, those from `first` on. @param dials by class: a factor of its weight */
  follow(naturals: ArrayLike<number>, first: number, dials?: readonly number[]): void {
    this.naturals = naturals;
    this.next = first;
    this.dials = dials;
  }

  /** From now on by the naturals of a seed. */
  draw(seed: number, first: number, dials?: readonly number[]): void {
    this.naturals = undefined;
    this.seed = seed;
    this.next = first;
    this.dials = dials;
  }

  pick(menus: Menus, at: number): number {
    const index = this.next++;
    const natural = this.naturals === undefined ? naturalOf(this.seed, index) : (this.naturals[index] as number);
    const { dials } = this;
    const picked = this.pickBy(natural, menus, at, dials);
    // What is switched off has its turn when nothing else would change anything, so that every run goes on.
    return picked === undecided ? this.pickBy(natural, menus, at, undefined) : picked;
  }

  /** A natural that picks this entry, all dials being 1. */
  naturalFor(menus: Menus, at: number, wanted: number): number {
    const { pool } = menus;
    const { weights } = this;
    const classes = pool[at + head.classes] as number;
    let total = 0;
    let ticket = -1;
    let nth = 0;
    let first = pool[at + head.entries] as number;
    for (let i = 0; i < classes; i++) {
      const count = classCount(pool, at, i);
      const end = first + count * entryWidth;
      if (wanted >= first && wanted < end) {
        ticket = total;
        nth = (wanted - first) / entryWidth;
      }
      total += weights[classAt(pool, at, i)] as number;
      first = end;
    }
    if (pool[at + head.idle] !== 0) {
      if (wanted >= first) {
        ticket = total;
        nth = (wanted - first) / entryWidth;
      }
      total += 1;
    }
    return ticket + total * nth;
  }

  private pickBy(natural: number, { pool }: Menus, at: number, dials: readonly number[] | undefined): number {
    const classes = pool[at + head.classes] as number;
    const idle = pool[at + head.idle] as number;
    let total = 0;
    for (let i = 0; i < classes; i++) total += this.share(classAt(pool, at, i), dials);
    if (total === 0 && dials !== undefined) return undecided;
    if (idle !== 0) total += 1;
    if (total === 0) return -1;
    let ticket = natural % total;
    const nth = (natural - ticket) / total;
    let first = pool[at + head.entries] as number;
    for (let i = 0; i < classes; i++) {
      const count = classCount(pool, at, i);
      ticket -= this.share(classAt(pool, at, i), dials);
      if (ticket < 0) return first + entryWidth * (nth % count);
      first += entryWidth * count;
    }
    return first + entryWidth * (nth % idle);
  }

  /** How often a class is picked, beside the others. */
  private share(c: number, dials: readonly number[] | undefined): number {
    return (this.weights[c] as number) * (dials === undefined ? 1 : (dials[c] as number));
  }
}

const undecided = -2;

const classAt = (pool: Int32Array, at: number, i: number): number => pool[at + headWidth + 2 * i] as number;
const classCount = (pool: Int32Array, at: number, i: number): number => pool[at + headWidth + 2 * i + 1] as number;
