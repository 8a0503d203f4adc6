/**
 * Who must look again after a move. A function of the world that is watched is asked again only when something that it ever
 * read has changed; what is derived stands between: whoever read it is told only when its value came out different. Law: the
 * answer that is remembered is the one that a fresh look would give.
 */
import type { Peers, World } from '../kernel/index.js';
import type { Context } from '../machine/index.js';
import type { Scene, Situation } from './situation.js';

/** @internal */
export type AnyWorld = World<Peers, true>;

/** A function of the world, and what it has read so far. @internal */
export class Watcher {
  /** Whether something it read has changed since it was last asked. */
  isStale = true;
  /** Components that it read, be it through what is derived from them; complete where it is not told of changes. */
  readonly reads: number[] = [];
  private readonly hasRead: Uint8Array;
  private readonly isToldOf: Uint8Array;

  /** @param isTold whether changes are told to it; otherwise it must ask for them */
  constructor(
    components: number,
    readonly isTold: boolean,
  ) {
    this.hasRead = new Uint8Array(components);
    this.isToldOf = new Uint8Array(components);
  }

  note(component: number): void {
    if (this.hasRead[component] === 1) return;
    this.hasRead[component] = 1;
    this.reads.push(component);
  }

  /** Has read nothing. */
  forget(): void {
    for (let i = 0; i < this.reads.length; i++) this.hasRead[this.reads[i] as number] = 0;
    this.reads.length = 0;
  }

  /** Whether it is told of this component from now on, and was not before. */
  subscribe(component: number): boolean {
    if (!this.isTold || this.isToldOf[component] === 1) return false;
    this.isToldOf[component] = 1;
    return true;
  }
}

class Derived<T> extends Watcher {
  readonly readers = new Set<Watcher>();
  value: T | undefined;
  /** What it was before the move at which it changed last, if it was known then. */
  previous: { readonly value: T } | undefined;
  changedAt = -1;
  staleSince = -1;

  constructor(
    components: number,
    readonly compute: (world: AnyWorld) => T,
  ) {
    super(components, true);
  }
}

/** Something derived from the context of one peer, for its latest two contexts. */
interface Cell<T> {
  readonly readers: Set<Watcher>;
  context: Context | undefined;
  value: T | undefined;
  otherContext: Context | undefined;
  otherValue: T | undefined;
}

type OfPeer<T> = { readonly compute: (context: Context, name: string) => T; readonly cells: readonly Cell<T>[] };

/** @internal */
export class Graph {
  /** Whose reads are noted. */
  private reader: Watcher | undefined;
  private told: Watcher[][] = [];
  private derived = new Map<unknown, Derived<unknown>>();
  private ofPeers = new Map<unknown, OfPeer<unknown>>();
  private pending: Derived<unknown>[] = [];
  private readonly peers: number;

  constructor(
    private readonly situation: Situation,
    private readonly names: readonly string[],
    private readonly world: () => AnyWorld,
  ) {
    this.peers = names.length;
    this.clear();
  }

  /** Forgets everything, so that nothing is kept up for watchers that are gone. */
  clear(): void {
    this.told = Array.from({ length: this.situation.components.count }, () => []);
    this.derived = new Map();
    this.ofPeers = new Map();
    this.pending = [];
  }

  watcher(isTold: boolean): Watcher {
    return new Watcher(this.situation.components.count, isTold);
  }

  /** Asks a function of the world, and notes for whom it reads. */
  ask<T>(watcher: Watcher, look: () => T): T {
    const before = this.reader;
    this.reader = watcher;
    try {
      return look();
    } finally {
      this.reader = before;
    }
  }

  note(component: number): void {
    if (this.reader !== undefined) this.noteFor(this.reader, component);
  }

  /** Tells everybody concerned what the latest move has changed. */
  spread(): void {
    const { situation, told, peers } = this;
    const { changed, changedCount } = situation;
    for (let i = 0; i < changedCount; i++) {
      const component = changed[i] as number;
      const watchers = told[component] as Watcher[];
      for (let w = 0; w < watchers.length; w++) this.mark(watchers[w] as Watcher);
      if (component >= peers && component < 2 * peers) this.refreshCells(component - peers);
    }
    for (const derived of this.pending) if (derived.isStale && derived.readers.size > 0) this.settle(derived);
    if (this.pending.length > 0) this.pending = [];
  }

  recall<T>(scene: Scene, compute: (world: AnyWorld) => T, world: AnyWorld): T {
    let derived = this.derived.get(compute) as Derived<T> | undefined;
    if (derived === undefined) {
      derived = new Derived(this.situation.components.count, compute);
      this.derived.set(compute, derived as Derived<unknown>);
    }
    const isNow = scene === this.situation;
    if (isNow && derived.isStale) this.refresh(derived);
    const value = isNow ? (derived.value as T) : this.before(derived, world);
    const { reader } = this;
    if (reader === undefined) return value;
    if (reader.isTold) derived.readers.add(reader);
    // One that is not kept up tells nobody of changes.
    if (derived.isStale) for (const component of derived.reads) this.noteFor(reader, component);
    else if (!reader.isTold || reader instanceof Derived) for (const component of derived.reads) reader.note(component);
    return value;
  }

  recallPeer<T>(scene: Scene, peer: number, compute: (context: Context, name: string) => T): T | undefined {
    const cell = this.cellOf(compute, peer);
    const { reader } = this;
    if (reader !== undefined) {
      if (reader.isTold) cell.readers.add(reader);
      reader.note(this.situation.components.life(peer));
    }
    const context = scene.standings[peer]?.life?.context;
    if (context === undefined) return undefined;
    if (cell.context !== context) this.look(cell, compute, peer, context);
    return cell.value;
  }

  private noteFor(reader: Watcher, component: number): void {
    reader.note(component);
    if (reader.subscribe(component)) (this.told[component] as Watcher[]).push(reader);
  }

  private mark(watcher: Watcher): void {
    if (watcher.isStale) return;
    watcher.isStale = true;
    if (!(watcher instanceof Derived)) return;
    watcher.staleSince = this.situation.stamp;
    this.pending.push(watcher);
  }

  /** Computes it at once for those who would have to look again; if it cannot be, they find out when they do. */
  private settle(derived: Derived<unknown>): void {
    try {
      this.refresh(derived);
    } catch {
      for (const reader of derived.readers) this.mark(reader);
    }
  }

  private refresh<T>(derived: Derived<T>): void {
    const value = this.ask(derived, () => derived.compute(this.world()));
    derived.isStale = false;
    const { stamp } = this.situation;
    if (derived.changedAt >= 0 && isAlike(value, derived.value)) return;
    derived.previous = derived.staleSince === stamp ? { value: derived.value as T } : undefined;
    derived.value = value;
    derived.changedAt = stamp;
    for (const reader of derived.readers) this.mark(reader);
  }

  /** Its value before the latest move. */
  private before<T>(derived: Derived<T>, world: AnyWorld): T {
    const { stamp } = this.situation;
    if (!derived.isStale && derived.changedAt < stamp) return derived.value as T;
    if (!derived.isStale && derived.previous !== undefined) return derived.previous.value;
    if (derived.isStale && derived.staleSince === stamp) return derived.value as T;
    return this.ask(derived, () => derived.compute(world));
  }

  private cellOf<T>(compute: (context: Context, name: string) => T, peer: number): Cell<T> {
    const known = this.ofPeers.get(compute);
    if (known !== undefined) return known.cells[peer] as Cell<T>;
    const cells = this.names.map(
      (): Cell<T> => ({
        readers: new Set(),
        context: undefined,
        value: undefined,
        otherContext: undefined,
        otherValue: undefined,
      }),
    );
    this.ofPeers.set(compute, { compute, cells } as OfPeer<unknown>);
    return cells[peer] as Cell<T>;
  }

  /** Brings a cell to a context: the other of the two that it knows, or one that it must compute. */
  private look<T>(cell: Cell<T>, compute: OfPeer<T>['compute'], peer: number, context: Context): void {
    const isKnown = cell.otherContext === context;
    const value = isKnown ? (cell.otherValue as T) : compute(context, this.names[peer] as string);
    cell.otherContext = cell.context;
    cell.otherValue = cell.value;
    cell.context = context;
    cell.value =
      !isKnown && cell.otherContext !== undefined && isAlike(value, cell.otherValue) ? cell.otherValue : value;
  }

  private refreshCells(peer: number): void {
    const { situation } = this;
    const now = situation.standings[peer]?.life?.context;
    const was = situation.before.standings[peer]?.life?.context;
    if (now === was) return;
    for (const { compute, cells } of this.ofPeers.values()) {
      const cell = cells[peer] as Cell<unknown>;
      if (cell.readers.size === 0) continue;
      if (now === undefined || was === undefined || !this.staysAlike(cell, compute, peer, was, now))
        for (const reader of cell.readers) this.mark(reader);
    }
  }

  private staysAlike(
    cell: Cell<unknown>,
    compute: OfPeer<unknown>['compute'],
    peer: number,
    was: Context,
    now: Context,
  ) {
    try {
      if (cell.context !== was) this.look(cell, compute, peer, was);
      const before = cell.value;
      this.look(cell, compute, peer, now);
      return cell.value === before;
    } catch {
      return false;
    }
  }
}

/** Whether two derived values are equal for certain: data in arrays and plain objects, or one and the same. */
function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const prototype: unknown = Object.getPrototypeOf(a);
  if (prototype !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a)) {
    const other = b as readonly unknown[];
    return a.length === other.length && a.every((part, i) => isAlike(part, other[i]));
  }
  if (prototype !== Object.prototype) return false;
  const fields = Object.keys(a);
  if (fields.length !== Object.keys(b).length) return false;
  return fields.every(
    (field) =>
      Object.hasOwn(b, field) && isAlike((a as Record<string, unknown>)[field], (b as Record<string, unknown>)[field]),
  );
}
