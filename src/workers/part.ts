/**
 * One worker's part of a breadth-first search: the states that it owns. It looks at the moves of its states level by level, keeps
 * what leads to its own and sends the rest to their owners. Law: which states there are, at which depth, and what is told as the
 * way to each depends neither on how many workers there are nor on which of them is faster.
 */
import { Store } from '../check/store.js';
import { type Budget, type Model, Moves, type Property, type State } from '../kernel/index.js';
import { keyOf, order, rankAgainst } from './level.js';
import { Inbox, Outbox } from './mail.js';
import { Owners } from './owners.js';
import { columns, type Line, type PartResult, type Place, reasons } from './place.js';
import { Ring } from './ring.js';
import { Signals } from './signals.js';
import { type Standing, Verdicts } from './verdicts.js';

/** The state that moves are looked up from. */
interface Group {
  readonly state: State;
  readonly moves: Moves;
  /** What is looked up. */
  readonly own: Moves;
  rank: number;
  standing: Standing;
  /** As the store has it: the number at its owner, and who that is. */
  parent: number;
  place: number;
}

const batchSize = 32;
/** Numbers that may wait for room in a ring before this worker waits, too. */
const mostWaiting = 1 << 20;

/** @internal */
export class Part {
  private readonly store: Store;
  private readonly verdicts: Verdicts;
  private readonly owners: Owners;
  private readonly signals: Signals;
  private readonly outboxes: readonly (Outbox | undefined)[];
  private readonly inboxes: readonly (Inbox | undefined)[];
  private readonly groups: readonly Group[];
  private readonly after: State;
  private readonly progress: Float64Array;
  private readonly sortedKeys: Float64Array[];
  /** States of the level at hand, in the order of their ranks. */
  private frontier: Int32Array<ArrayBufferLike> = new Int32Array(0);
  private ranks = new Int32Array(0);
  private followed = 0;
  /** How many states the level at hand has, and where that to come begins. */
  private size: number;
  private from = 0;
  private keys = new Float64Array(1024);
  private level = 0;
  private transitions = 0;
  private readonly maxStates: number;
  private readonly maxDepth: number;
  private readonly maxBytes: number;

  constructor(
    private readonly model: Model,
    properties: readonly Property[],
    private readonly budget: Budget,
    private readonly place: Place,
    private readonly lines: readonly (Line | undefined)[],
  ) {
    const { contents, width } = model;
    if (contents === undefined) throw new Error(`model ${model.name} does not tell what its numbers stand for`);
    const { worker, workers } = place;
    this.store = new Store(width);
    this.verdicts = new Verdicts(model, properties, place);
    this.owners = new Owners(contents, place.counted, workers);
    this.signals = new Signals(place.signals, workers, worker);
    const ring = (from: number, to: number) =>
      new Ring((place.rings[from] as readonly SharedArrayBuffer[])[to] as SharedArrayBuffer);
    this.outboxes = lines.map(
      (line, to) => line && new Outbox(width, contents, ring(worker, to), (parcel) => line.post(parcel)),
    );
    this.inboxes = lines.map(
      (line, from) => line && new Inbox(width, contents, ring(from, worker), () => this.receive()),
    );
    this.groups = Array.from({ length: batchSize }, () => ({
      state: new Int32Array(width),
      moves: new Moves(),
      own: new Moves(),
      rank: 0,
      standing: 'unknown',
      parent: 0,
      place: 0,
    }));
    this.after = new Int32Array(width);
    this.progress = new Float64Array(place.progress);
    this.sortedKeys = place.keys.map((memory) => new Float64Array(memory));
    this.maxStates = budget.maxStates ?? Number.POSITIVE_INFINITY;
    this.maxDepth = budget.maxDepth ?? Number.POSITIVE_INFINITY;
    this.maxBytes = (budget.maxBytes ?? Number.POSITIVE_INFINITY) / workers;
    this.size = model.starts.length;
  }

  /** Searches until there is nothing more to find, or all shall stop. */
  run(): PartResult {
    this.begin();
    while (this.endLevel() && this.level < this.maxDepth && this.followLevel()) this.level++;
    this.note();
    this.model.recheck();
    const machines = this.model.machines?.();
    return {
      decisions: this.verdicts.all(this.level, this.keyAt),
      effort: this.model.effort(),
      ...(machines === undefined ? {} : { machines }),
    };
  }

  /** From where a state was found, or -1 minus the index of a start; and what its components stand for. */
  origin(id: number): { readonly worker: number; readonly id: number; readonly texts: readonly string[] } {
    const { store, model, place } = this;
    const state = new Int32Array(model.width);
    store.read(id, state);
    const texts = Array.from(state, (value, c) => model.contents?.text(c, value) as string);
    const parent = store.parent(id);
    if (parent < 0) return { worker: -1, id: -1 - parent, texts };
    return { worker: parent % place.workers, id: Math.floor(parent / place.workers), texts };
  }

  private begin(): void {
    for (const [index, { state }] of this.model.starts.entries()) {
      if (this.owners.of(this.owners.hash(state)) !== this.place.worker) continue;
      const known = this.store.count;
      const id = this.store.addStart(state, index);
      if (id !== known) continue;
      this.keep(id, keyOf(index, 0));
      this.verdicts.look(id, state);
    }
  }

  private readonly keyAt = (id: number) => this.keys[id - this.from] as number;

  /** Notes by which way a state was found. */
  private keep(id: number, key: number): void {
    const at = id - this.from;
    if (at === this.keys.length) {
      const wider = new Float64Array(2 * at);
      wider.set(this.keys);
      this.keys = wider;
    }
    this.keys[at] = key;
  }

  /** Puts the states that were found in order, with those of the others; false if there are none, or all shall stop. */
  private endLevel(): boolean {
    const { place, store, from, keys, progress } = this;
    const count = store.count - from;
    const sorted = order(keys, count, this.size);
    const mine = this.roomForKeys(count);
    for (let i = 0; i < count; i++) mine[i] = keys[sorted[i] as number] as number;
    const row = place.worker * columns.width;
    progress[row + columns.found] = count;
    const open = this.verdicts.tell(this.level, this.keyAt);
    if (!this.signals.meet()) return false;
    this.receive();
    const ranks = Int32Array.from(sorted.keys());
    this.size = 0;
    for (let other = 0; other < place.workers; other++) {
      const found = progress[other * columns.width + columns.found] as number;
      this.size += found;
      if (other !== place.worker) rankAgainst(mine, count, this.sortedKeys[other] as Float64Array, found, ranks);
    }
    this.verdicts.close(open);
    this.frontier = sorted.map((at) => at + from);
    this.ranks = ranks;
    this.followed = 0;
    this.from = store.count;
    this.note();
    if (this.budget.stopWhenDecided === true && this.verdicts.decided)
      this.signals.stop(1 + reasons.indexOf('decided'));
    return this.size > 0 && this.signals.stopped === 0;
  }

  private roomForKeys(count: number): Float64Array {
    const { worker } = this.place;
    const there = this.sortedKeys[worker] as Float64Array;
    if (count <= there.length) return there;
    const memory = new SharedArrayBuffer(8 * 2 ** Math.ceil(Math.log2(count)));
    for (const line of this.lines) line?.post({ keys: memory });
    const wider = new Float64Array(memory);
    this.sortedKeys[worker] = wider;
    return wider;
  }

  /** Looks at the moves of all states of the level; false if all shall stop. */
  private followLevel(): boolean {
    const { frontier, signals, inboxes } = this;
    while (this.followed < frontier.length) {
      const end = Math.min(this.followed + batchSize, frontier.length);
      this.followBatch(this.followed, end);
      this.followed = end;
      this.flush();
      this.drain();
      this.note();
      this.watch();
      if (signals.stopped !== 0) return false;
      if (this.waiting > mostWaiting && !this.waitForRoom(mostWaiting)) return false;
    }
    if (!this.waitForRoom(0)) return false;
    signals.finish(this.level + 1);
    const isOver = () => signals.haveFinished(this.level + 1) && inboxes.every((inbox) => inbox?.isEmpty ?? true);
    const goesOn = signals.wait(() => {
      this.drain();
      return isOver();
    });
    this.note();
    return goesOn;
  }

  private get waiting(): number {
    return this.outboxes.reduce((most, outbox) => Math.max(most, outbox?.waiting ?? 0), 0);
  }

  private waitForRoom(most: number): boolean {
    return this.signals.wait(() => {
      this.flush();
      this.drain();
      return this.waiting <= most;
    });
  }

  private flush(): void {
    for (const [to, outbox] of this.outboxes.entries()) if (outbox?.flush() === true) this.signals.wake(to);
  }

  private followBatch(start: number, end: number): void {
    const { model, store, frontier, ranks, groups, place } = this;
    for (let at = start; at < end; at++) {
      const group = groups[at - start] as Group;
      const { state, moves } = group;
      const id = frontier[at] as number;
      const rank = ranks[at] as number;
      store.open(id, state);
      model.expand(state, moves);
      this.verdicts.judge(this.level, rank, id, state, moves);
      group.standing = this.verdicts.standing(id);
      this.transitions += moves.count;
      group.rank = rank;
      group.parent = id * place.workers + place.worker;
      this.share(group, id);
      group.place = store.gather(group.own);
    }
    this.insert(end - start);
  }

  /** Keeps the moves that lead to other states of this worker, and sends those that lead to others' to them. */
  private share({ state, moves, own, rank }: Group, id: number): void {
    const { owners, outboxes, place } = this;
    const { counted, tables, known } = owners;
    const { changes, first, count } = moves;
    const hash = owners.hash(state);
    const { worker } = place;
    own.clear();
    own.reserveAs(moves);
    const { detail: choices, first: firstOwn, changes: ownChanges } = own;
    let kept = 0;
    let to = 0;
    let opened = 0;
    for (let i = 0, from = 0; i < count; i++) {
      const end = first[i + 1] as number;
      let h = hash;
      for (let c = from; c < end; c += 2) {
        const component = changes[c] as number;
        const value = changes[c + 1] as number;
        // Written down as if it stayed, which most do.
        ownChanges[to + c - from] = component;
        ownChanges[to + c - from + 1] = value;
        if (counted[component] === 0) continue;
        if (value >= (known[component] as number)) owners.extend(component, value);
        const table = tables[component] as Int32Array;
        h ^= (table[state[component] as number] as number) ^ (table[value] as number);
      }
      const owner = h === hash ? worker : owners.of(h);
      if (owner !== worker) {
        const outbox = outboxes[owner] as Outbox;
        if ((opened & (1 << owner)) === 0) {
          outbox.open(rank, id, state);
          opened |= 1 << owner;
        }
        outbox.add(i, changes, from, end);
      } else if (from < end) {
        choices[kept++] = i;
        to += end - from;
        firstOwn[kept] = to;
      }
      from = end;
    }
    own.count = kept;
    for (let receiver = 0; opened >>> receiver !== 0; receiver++)
      if ((opened & (1 << receiver)) !== 0) outboxes[receiver]?.close();
  }

  /** Takes in what the others have sent. */
  private drain(): void {
    for (const [from, inbox] of this.inboxes.entries()) {
      if (inbox?.fill() !== true) continue;
      this.signals.wake(from);
      while (this.takeBatch(from, inbox));
    }
  }

  private takeBatch(from: number, inbox: Inbox): boolean {
    const { groups, store, place } = this;
    let count = 0;
    for (; count < groups.length; count++) {
      const group = groups[count] as Group;
      const at = inbox.take(group.state, group.own);
      if (at < 0) break;
      group.rank = inbox.words[at] as number;
      group.standing = 'unknown';
      group.parent = (inbox.words[at + 1] as number) * place.workers + from;
      store.openGiven(group.state);
      group.place = store.gather(group.own);
    }
    if (count > 0) this.insert(count);
    return count === groups.length;
  }

  /** Looks up what was gathered, adds what is new, and keeps of two ways to a state of the level to come the one that comes first. */
  private insert(count: number): void {
    const { store, groups, after, from, verdicts } = this;
    store.probe();
    for (let g = 0; g < count; g++) {
      const { state, standing, own, rank, parent, place } = groups[g] as Group;
      const choices = own.detail;
      for (let i = 0; i < own.count; i++) {
        let id = store.numberAt(place + i);
        if (id >= 0 && id < from) continue;
        const key = keyOf(rank, choices[i] as number);
        if (id < 0) {
          const known = store.count;
          id = store.successor(place + i, parent);
          if (id === known) {
            this.keep(id, key);
            if (!verdicts.looks) continue;
            after.set(state);
            own.apply(i, after);
            verdicts.lookAfter(state, standing, own, i, id, after);
            continue;
          }
        }
        if (id < from || key >= (this.keys[id - from] as number)) continue;
        this.keys[id - from] = key;
        store.setParent(id, parent);
      }
    }
  }

  /** What has come beside the rings. */
  private receive(): void {
    for (const [from, line] of this.lines.entries())
      for (const parcel of line?.received() ?? [])
        if ('keys' in parcel) this.sortedKeys[from] = new Float64Array(parcel.keys);
        else this.inboxes[from]?.learn(parcel);
  }

  /** Tells who watches how far this worker is. */
  private note(): void {
    const { progress, store, frontier, level } = this;
    const row = this.place.worker * columns.width;
    const found = store.count - this.from;
    progress[row + columns.states] = store.count;
    progress[row + columns.transitions] = this.transitions;
    progress[row + columns.queue] = frontier.length - this.followed + found;
    if (frontier.length > 0) progress[row + columns.depth] = found > 0 ? level + 1 : level;
    progress[row + columns.bytes] = this.bytes;
  }

  private get bytes(): number {
    return this.store.bytes + this.keys.byteLength;
  }

  /** Stops all when a limit is reached. */
  private watch(): void {
    const { progress, place, store, maxBytes } = this;
    if (maxBytes !== Number.POSITIVE_INFINITY && !store.hasRoom(this.mostMoves(), maxBytes - this.keys.byteLength))
      this.signals.stop(1 + reasons.indexOf('memory'));
    if (this.maxStates === Number.POSITIVE_INFINITY) return;
    let states = 0;
    for (let worker = 0; worker < place.workers; worker++)
      states += progress[worker * columns.width + columns.states] as number;
    if (states >= this.maxStates) this.signals.stop(1 + reasons.indexOf('states'));
  }

  /** Of one batch. */
  private mostMoves(): number {
    return this.groups.reduce((sum, { moves }) => sum + moves.count, 0);
  }
}
