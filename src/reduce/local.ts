/**
 * What each peer could ever do, looked at alone: every local state that it could come to if any message that anybody could
 * ever send it might arrive at any time. Law: whatever happens in the system, happens here.
 */
import { ChurnproofError, messageOf, type Operation, type Peers, type State, type World } from '../kernel/index.js';
import { isCalled, type PeerTable, refused } from '../machine/index.js';
import { type Anatomy, offersOf } from '../system/index.js';

/** For a transition that no message causes: a timer, an operation, churn. @internal */
export const own = -1;

/** @internal */
export interface Transition {
  /** The message, as the peer's input, or {@link own}. */
  readonly cause: number;
  readonly next: number;
  readonly effect: number;
  /** What it uses up. */
  readonly counter?: string;
}

/** A way in which a message can come to be sent. @internal */
export interface Production {
  readonly peer: number;
  readonly slot: number;
  readonly cause: number;
}

/**
 * After so many local steps, or letters of the local states that they lead to, the peers' own spaces are taken for endless. Steps alone
 * do not bound the time: a peer that keeps whatever it hears would come to as many states, each longer than the one before.
 */
const limits = { steps: 20_000, letters: 4_000_000 };

type Reads = { readonly footprint: { has(component: number): boolean } };

/** @internal */
export class LocalSpace {
  /** By peer: the messages that it could ever hear. */
  readonly alphabet: readonly Set<number>[];
  private readonly transitions: Transition[][][];
  private readonly productions: Production[][][];
  private readonly futures: Uint8Array[][];
  private readonly probe: State;
  private steps = 0;
  private letters = 0;
  private readonly observers: (Reads & { readonly peer: number; readonly what: string })[] = [];
  private readonly own: readonly ((slot: number) => readonly Transition[])[];
  private readonly pending: [peer: number, slot: number, cause: number][] = [];

  /** @throws ChurnproofError SEARCH_UNSOUND for a system whose peers cannot be looked at alone */
  constructor(
    private readonly anatomy: Anatomy,
    starts: readonly { readonly state: State }[],
  ) {
    const { names, network } = anatomy;
    this.alphabet = names.map(() => new Set());
    this.transitions = names.map(() => []);
    this.productions = names.map(() => []);
    this.futures = names.map(() => []);
    this.probe = (starts[0] as { readonly state: State }).state.slice();
    this.own = names.map((_, peer) => this.ownSteps(peer));
    try {
      for (const { state } of starts) {
        for (const peer of names.keys()) {
          this.reach(peer, state[peer] as number);
          for (const item of (network.inboxes[peer] as (typeof network.inboxes)[number]).content(
            state[network.inboxComponent(peer)] as number,
          ))
            this.learn(peer, item);
        }
      }
      for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.follow(...next);
    } catch (thrown) {
      if (thrown instanceof ChurnproofError && thrown.code === 'SEARCH_UNSOUND') throw thrown;
      throw unsound(`a peer looked at alone fails: ${messageOf(thrown)}`, 'machines that answer every input', thrown);
    }
    for (const { footprint, peer, what } of this.observers) {
      const other = this.probe.findIndex((_, c) => c !== peer && footprint.has(c));
      if (other >= 0)
        throw unsound(`${what} looks at more than peer ${names[peer]}`, 'rules that read their own peer alone');
    }
  }

  /**
   * Whether everybody is where they could come to be by these steps: not so where like peers that begin differently were taken
   * for each other.
   */
  covers(state: State): boolean {
    const { inboxes } = this.anatomy.network;
    return inboxes.every((inbox, peer) => {
      const alphabet = this.alphabet[peer] as Set<number>;
      const isKnown = (this.transitions[peer] as Transition[][])[state[peer] as number] !== undefined;
      return isKnown && inbox.content(state[inboxes.length + peer] as number).every((item) => alphabet.has(item));
    });
  }

  from(peer: number, slot: number): readonly Transition[] {
    return ((this.transitions[peer] as Transition[][])[slot] as Transition[] | undefined) ?? [];
  }

  /** Every way in which that message can come to be on its way to the peer. */
  waysTo(peer: number, input: number): readonly Production[] {
    return (this.productions[peer] as Production[][])[input] ?? [];
  }

  /** Whether a peer that is in one slot could ever be in the other. */
  mayReach(peer: number, from: number, to: number): boolean {
    const known = this.futures[peer] as Uint8Array[];
    let future = known[from];
    if (future === undefined) {
      future = new Uint8Array((this.transitions[peer] as unknown[]).length);
      const open = [from];
      future[from] = 1;
      for (let slot = open.pop(); slot !== undefined; slot = open.pop()) {
        for (const { next } of this.from(peer, slot)) {
          if (future[next] === 1) continue;
          future[next] = 1;
          open.push(next);
        }
      }
      known[from] = future;
    }
    return future[to] === 1;
  }

  private reach(peer: number, slot: number): void {
    const list = this.transitions[peer] as Transition[][];
    if (list[slot] !== undefined) return;
    list[slot] = [];
    this.letters += (this.anatomy.tables[peer] as PeerTable).slot(slot).local?.key.length ?? 0;
    if (this.letters > limits.letters) throw endless(limits.letters, 'letters of local states');
    this.pending.push([peer, slot, own]);
    for (const input of this.alphabet[peer] as Set<number>) this.expect(peer, slot, input);
  }

  private learn(peer: number, input: number): void {
    const alphabet = this.alphabet[peer] as Set<number>;
    if (alphabet.has(input)) return;
    alphabet.add(input);
    for (const slot of Object.keys(this.transitions[peer] as object)) this.expect(peer, Number(slot), input);
  }

  private expect(peer: number, slot: number, input: number): void {
    if (!(this.anatomy.tables[peer] as PeerTable).isUp(slot)) return;
    this.count();
    this.pending.push([peer, slot, input]);
  }

  private count(): void {
    if (++this.steps > limits.steps) throw endless(limits.steps, 'steps');
  }

  private follow(peer: number, slot: number, cause: number): void {
    if (cause !== own) this.hear(peer, slot, cause);
    else
      for (const transition of (this.own[peer] as (slot: number) => readonly Transition[])(slot))
        this.add(peer, slot, transition);
  }

  private hear(peer: number, slot: number, input: number): void {
    const table = this.anatomy.tables[peer] as PeerTable;
    table.step(slot, input);
    const { next, effect } = table;
    if (next !== refused) this.add(peer, slot, { cause: input, next, effect });
  }

  private add(peer: number, slot: number, transition: Transition): void {
    ((this.transitions[peer] as Transition[][])[slot] as Transition[]).push(transition);
    const pairs = this.anatomy.network.effects.of(transition.effect);
    for (let i = 0; i < pairs.length; i += 2) {
      const [to, item] = [pairs[i] as number, pairs[i + 1] as number];
      const known = this.productions[to] as Production[][];
      known[item] ??= [];
      (known[item] as Production[]).push({ peer, slot, cause: transition.cause });
      this.learn(to, item);
    }
    this.reach(peer, transition.next);
  }

  /** Timers, operations and churn of one peer, by its slot. */
  private ownSteps(peer: number): (slot: number) => readonly Transition[] {
    const { spec, names, tables } = this.anatomy;
    const name = names[peer] as string;
    const table = tables[peer] as PeerTable;
    const rules = Object.entries(spec.timers ?? {}).map(([timer, rule]) => {
      return [timer, this.observe(peer, `the rule of timer ${timer}`, (w) => rule.when(w, name))] as const;
    });
    const operations = (spec.operations ?? []).filter(({ peers }) => (peers ?? names).includes(name));
    const asked = operations.map((op) => [op, this.inputs(peer, op)] as const);
    const churn = this.churn(peer);
    return (slot) => {
      if (!table.isUp(slot)) return churn(slot);
      const found: Transition[] = [];
      const take = (input: number, counter?: string) => {
        this.count();
        table.step(slot, input);
        const { next, effect } = table;
        if (next === refused) return;
        found.push({ cause: own, next, effect, ...(counter === undefined ? {} : { counter }) });
      };
      for (const input of table.timers(slot)) {
        const rule = rules.find(([timer]) => isCalled(timer, table.timerName(input)));
        if (rule === undefined || rule[1](slot)) take(input);
      }
      for (const [op, inputs] of asked) for (const input of inputs(slot)) take(input, `operation ${op.name}`);
      return [...found, ...churn(slot)];
    };
  }

  private churn(peer: number): (slot: number) => readonly Transition[] {
    const { spec, names, tables, network } = this.anatomy;
    const { join, leave, crash, restart, reuse } = spec.churn ?? {};
    const name = names[peer] as string;
    const table = tables[peer] as PeerTable;
    const applies = (rule: { readonly peers?: readonly string[] } | undefined) =>
      rule !== undefined && (rule.peers ?? names).includes(name);
    const joins = join?.offer && this.inputs(peer, { name: 'join', offer: join.offer });
    const whens = Object.fromEntries(
      Object.entries({ leave, crash, restart }).map(([kind, rule]) => {
        const when = rule?.when;
        return [kind, when === undefined ? () => true : this.observe(peer, `churn.${kind}.when`, (w) => when(w, name))];
      }),
    );
    const may = (kind: string, slot: number) => (whens[kind] as (slot: number) => boolean)(slot);
    return (slot) => {
      const found: Transition[] = [];
      const take = (next: number, effect: number, counter: string) => found.push({ cause: own, next, effect, counter });
      const { status } = table.slot(slot);
      if (status === 'absent' && applies(join)) {
        table.start();
        const { next, effect } = table;
        if (joins === undefined) take(next, effect, 'join');
        else
          for (const input of joins(slot)) {
            table.step(next, input);
            if (table.next !== refused) take(table.next, network.effects.both(effect, table.effect), 'join');
          }
      }
      if (status === 'up' && applies(leave) && may('leave', slot)) {
        table.step(slot, table.hears({ type: 'leave' }));
        take(reuse === true ? table.absent : table.left, table.next === refused ? 0 : table.effect, 'leave');
      }
      if (status === 'up' && applies(crash) && may('crash', slot))
        take(reuse === true ? table.absent : table.crashed(slot), 0, 'crash');
      if (status === 'crashed' && applies(restart) && may('restart', slot)) {
        table.restart(slot);
        take(table.next, table.effect, 'restart');
      }
      return found;
    };
  }

  /** What may be asked of a peer, by its slot. */
  private inputs(peer: number, op: Pick<Operation, 'name' | 'offer'>): (slot: number) => readonly number[] {
    const name = this.anatomy.names[peer] as string;
    const table = this.anatomy.tables[peer] as PeerTable;
    if (op.offer === undefined) {
      const input = table.hears({ type: op.name });
      return () => [input];
    }
    return this.observe(peer, `the offer of '${op.name}'`, (w) =>
      offersOf(op, name, w).map(({ event }) => table.hears(event)),
    );
  }

  private observe<T>(peer: number, what: string, compute: (world: World<Peers, true>) => T): (slot: number) => T {
    const observer = this.anatomy.observers.observe(compute);
    this.observers.push({ footprint: observer.footprint, peer, what });
    return (slot) => {
      this.probe[peer] = slot;
      return observer.at(this.probe);
    };
  }
}

/** @internal */
export const unsound = (why: string, expected: string, cause?: unknown): ChurnproofError =>
  new ChurnproofError('SEARCH_UNSOUND', `partial order reduction cannot be shown sound: ${why}`, {
    expected,
    hint: 'check it without the reduction',
    ...(cause === undefined ? {} : { cause }),
  });

const endless = (limit: number, what: string): ChurnproofError =>
  unsound(`the peers, each looked at alone, take more than ${limit} ${what}`, 'machines with small contexts');
