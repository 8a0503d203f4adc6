/** Observers: functions of the world tied to their memos, and the derived values that they share. */
import type { Noticing, Observer, Peers, State, StepObserver, World } from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import type { Aspects, OfPeer } from './aspects.js';
import { Footprint } from './footprint.js';
import { Lens, Recorder, type Scene } from './lens.js';
import { Memo, type Source } from './memo.js';

type AnyWorld = World<Peers, true>;

/** Makes observers for one composed system. @internal */
export class Observers {
  private readonly lens: Lens;
  private readonly lensAfter: Lens;
  private readonly aspects: Aspects;
  private readonly derived = new Map<unknown, { readonly aspect: number; answer(number: number): unknown }>();

  private readonly ofPeers = new Map<unknown, { readonly key: string; readonly cells: OfPeer<unknown>[] }>();
  private readonly scene: Omit<Scene, 'recall' | 'recallPeer'>;

  constructor(scene: Omit<Scene, 'recall' | 'recallPeer'>) {
    this.scene = scene;
    const whole: Scene = Object.assign(Object.create(scene) as typeof scene, {
      recall: <T>(compute: (world: AnyWorld) => T) => this.recall(compute),
      recallPeer: <C, T>(peer: number, compute: (context: C, name: string) => T) => this.recallPeer(peer, compute),
    });
    this.aspects = scene.aspects;
    this.lens = new Lens(whole);
    this.lensAfter = new Lens(whole);
  }

  observe<T>(compute: (world: AnyWorld) => T): Observer<T> & { readonly footprint: Footprint } {
    return new StateObserver(this.aspects, this.lens, compute);
  }

  observeStep<T>(compute: (before: AnyWorld, after: AnyWorld) => T): StepObserver<T> {
    return new MoveObserver(this.aspects, this.lens, this.lensAfter, compute);
  }

  private recall<T>(compute: (world: AnyWorld) => T): { readonly aspect: number; answer(number: number): T } {
    const known = this.derived.get(compute);
    if (known !== undefined) return known as { readonly aspect: number; answer(number: number): T };
    const observer = new StateObserver(this.aspects, this.lens, compute);
    const aspect = this.aspects.derived(String(this.derived.size), observer.footprint, onceEach(observer));
    const made = { aspect, answer: (number: number) => observer.answer(number) };
    this.derived.set(compute, made);
    return made;
  }

  private recallPeer<C, T>(peer: number, compute: (context: C, name: string) => T): OfPeer<T | undefined> {
    const { key, cells } = this.ofPeers.get(compute) ?? { key: String(this.ofPeers.size), cells: [] };
    this.ofPeers.set(compute, { key, cells });
    const known = cells[peer];
    if (known !== undefined) return known as OfPeer<T | undefined>;
    const { names, tables } = this.scene;
    const made = this.aspects.ofPeer(key, peer, (slot) => {
      const context = (tables[peer] as PeerTable).contextOf(slot) as C | undefined;
      return context === undefined ? undefined : compute(context, names[peer] as string);
    });
    cells[peer] = made as OfPeer<unknown>;
    return made;
  }
}

/**
 * Many functions ask for one derived value of one state in a row, and functions of steps for those of two: only the first
 * of them walks the memo. An answer that the memo has forgotten since is asked for again. @internal
 */
export function onceEach(observer: Pick<StateObserver<unknown>, 'number' | 'has'>): (state: State) => number {
  let latest: Numbered = { state: new Int32Array(0), number: 0 };
  let other: Numbered = { state: new Int32Array(0), number: 0 };
  const knows = (one: Numbered, state: State) => isSame(one.state, state) && observer.has(one.number);
  return (state) => {
    if (knows(latest, state)) return latest.number;
    [latest, other] = [other, latest];
    if (knows(latest, state)) return latest.number;
    latest.number = observer.number(state);
    if (latest.state.length === state.length) latest.state.set(state);
    else latest.state = state.slice();
    return latest.number;
  };
}

interface Numbered {
  state: State;
  number: number;
}

function isSame(a: State, b: State): boolean {
  let c = a.length;
  if (c !== b.length) return false;
  while (c > 0 && a[c - 1] === b[c - 1]) c--;
  return c === 0;
}

/** What answers rest on. */
class Noticed implements Noticing {
  readonly footprint = new Footprint();
  /** By component: the single aspects of it that were ever read; as of `asOf`. */
  private byComponent: (number[] | undefined)[] = [];
  private asOf = -1;

  constructor(protected readonly aspects: Aspects) {}

  get revision(): number {
    return this.aspects.revision;
  }

  reads(component: number): boolean {
    return this.footprint.has(component);
  }

  notices(component: number, from: number, to: number): boolean {
    if (this.asOf !== this.aspects.revision) this.collect();
    const { aspects } = this;
    const read = this.byComponent[component];
    return read?.some((aspect) => aspects.kind(aspect, from) !== aspects.kind(aspect, to)) ?? false;
  }

  protected include(aspects: Iterable<number>): void {
    for (const aspect of aspects) if (this.footprint.include(this.aspects.footprint(aspect))) this.aspects.revision++;
  }

  private collect(): void {
    const all = new Set<number>();
    this.footprint.collect(all);
    this.asOf = this.aspects.revision;
    this.byComponent = [];
    for (const aspect of all) {
      const component = this.aspects.footprint(aspect).only;
      this.byComponent[component] ??= [];
      (this.byComponent[component] as number[]).push(aspect);
    }
  }
}

class StateObserver<T> extends Noticed implements Observer<T>, Source<T> {
  private readonly memo = new Memo<T>();
  private state: State = new Int32Array(0);

  constructor(
    aspects: Aspects,
    private readonly lens: Lens,
    private readonly look: (world: AnyWorld) => T,
  ) {
    super(aspects);
  }

  at(state: State): T {
    return this.memo.answer(this.number(state));
  }

  number(state: State): number {
    this.state = state;
    return this.memo.number(this);
  }

  has(number: number): boolean {
    return this.memo.has(number);
  }

  answer(number: number): T {
    return this.memo.answer(number);
  }

  value(aspect: number): number {
    return this.aspects.value(aspect, this.state);
  }

  compute() {
    const recorder = new Recorder();
    const answer = this.lens.through(this.state, recorder, this.look);
    this.include(recorder.reads.map(({ aspect }) => aspect));
    return { answer, reads: recorder.reads };
  }
}

class MoveObserver<T> extends Noticed implements StepObserver<T>, Source<T> {
  private readonly memo = new Memo<T>();
  private before: State = new Int32Array(0);
  private after: State = new Int32Array(0);

  constructor(
    aspects: Aspects,
    private readonly lensBefore: Lens,
    private readonly lensAfter: Lens,
    private readonly look: (before: AnyWorld, after: AnyWorld) => T,
  ) {
    super(aspects);
  }

  at(before: State, after: State): T {
    this.before = before;
    this.after = after;
    return this.memo.answer(this.memo.number(this));
  }

  value(aspect: number): number {
    return this.aspects.value(aspect >> 1, (aspect & 1) === 0 ? this.before : this.after);
  }

  compute() {
    const recorder = new Recorder();
    const answer = this.lensBefore.through(
      this.before,
      recorder,
      (before) => this.lensAfter.through(this.after, recorder, (after) => this.look(before, after), 2, 1),
      2,
      0,
    );
    this.include(recorder.reads.map(({ aspect }) => aspect >> 1));
    return { answer, reads: recorder.reads };
  }
}
