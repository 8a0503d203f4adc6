/** Churn as moves: peers join, leave, crash and restart; and the states in which behaviours begin. */
import {
  type Churn,
  ChurnproofError,
  type Move,
  type MoveKind,
  type Moves,
  moveKinds,
  type Observer,
  type Start,
  type State,
  type Status,
  type SystemSpec,
} from '../kernel/index.js';
import { type PeerTable, refused } from '../machine/index.js';
import { guard } from './guard.js';
import type { Network } from './network.js';
import { OfferTable } from './offers.js';
import type { Parts } from './protocol.js';
import type { Scratch } from './scratch.js';

type Kind = 'join' | 'leave' | 'crash' | 'restart';

/** One kind of churn that one peer is subject to. */
interface Rule {
  readonly kind: Kind;
  readonly code: number;
  readonly peer: number;
  readonly counter: number;
  /** How the peer stands before it. */
  readonly from: Status;
  readonly when: Observer<boolean> | undefined;
  /** For joining with an event. */
  readonly offers: OfferTable | undefined;
}

/** A slot and what getting there said. */
interface Entry {
  readonly slot: number;
  readonly effect: number;
}

/** `null` where there is no way in. */
type Entries = (Entry | null)[];

/** @internal */
export class Churner {
  private readonly spec: SystemSpec;
  private readonly names: readonly string[];
  private readonly tables: readonly PeerTable[];
  private readonly network: Network;
  private readonly scratch: Scratch;
  private readonly churn: Churn;
  private readonly rules: readonly Rule[];
  /** By peer: what joining is, by the number of its event plus one, and restarting, by the slot. */
  private readonly joins: Entries[];
  private readonly restarts: Entries[];

  constructor({ spec, tables, network, observers, scratch }: Parts) {
    this.spec = spec;
    this.names = Object.keys(spec.peers);
    this.tables = tables;
    this.network = network;
    this.scratch = scratch;
    this.churn = spec.churn ?? {};
    this.joins = this.names.map(() => []);
    this.restarts = this.names.map(() => []);
    const { join, ...others } = this.churn;
    this.rules = this.names.flatMap((name, peer) =>
      (['join', 'leave', 'crash', 'restart'] as const).flatMap((kind): Rule[] => {
        const rule = this.churn[kind];
        if (rule === undefined || !(rule.peers ?? this.names).includes(name)) return [];
        const when = kind === 'join' ? undefined : others[kind]?.when;
        const offer = kind === 'join' ? join?.offer : undefined;
        return [
          {
            kind,
            code: moveKinds.indexOf(kind),
            peer,
            counter: network.weather.counter(kind),
            from: statusBefore[kind],
            when: when && guard(observers, `churn.${kind}.when, peer ${name}`, (world) => when(world, name)),
            offers: offer && new OfferTable({ name: 'join', offer }, name, tables[peer] as PeerTable, observers),
          },
        ];
      }),
    );
  }

  /** The states in which behaviours begin; what machines say at their start is on its way, or heard, in them. */
  starts(): readonly { readonly label: string; readonly state: State }[] {
    const everybody: Start = { up: Object.fromEntries(this.names.map((name) => [name, {}])) };
    const starts = this.spec.starts ?? [everybody];
    return starts.map((start, i) => ({ label: start.label ?? `start ${i + 1}`, state: this.startState(start) }));
  }

  expand(state: State, moves: Moves): void {
    for (const rule of this.rules) {
      const status = (this.tables[rule.peer] as PeerTable).statusOf(state[rule.peer] as number);
      if (status !== rule.from) continue;
      if (rule.when !== undefined && !rule.when.at(state)) continue;
      switch (rule.kind) {
        case 'join':
          this.join(state, rule, moves);
          break;
        case 'leave':
          this.leave(state, rule, moves);
          break;
        case 'crash':
          this.crash(state, rule, moves);
          break;
        case 'restart':
          this.enter(rule, this.restarted(rule.peer, state[rule.peer] as number), -1, moves);
          break;
      }
    }
  }

  describe(moves: Moves, i: number): Move {
    const kind = moveKinds[moves.kind[i] as number] as MoveKind & Kind;
    const peer = moves.peer[i] as number;
    const name = this.names[peer] as string;
    if (kind !== 'join') return { kind, peer: name };
    const rule = this.rules.find((one) => one.kind === 'join' && one.peer === peer);
    const offer = rule?.offers?.offer(moves.detail[i] as number);
    return { kind, peer: name, args: offer?.args ?? {}, event: offer?.event ?? null };
  }

  private join(state: State, rule: Rule, moves: Moves): void {
    if (rule.offers === undefined) {
      this.enter(rule, this.joined(rule.peer, undefined), -1, moves);
      return;
    }
    const inputs = rule.offers.inputs(state);
    for (let i = 0; i < inputs.length; i += 2) {
      this.enter(rule, this.joined(rule.peer, inputs[i] as number), inputs[i + 1] as number, moves);
    }
  }

  /** A peer comes up in a slot; no move when its machine would not have the event that it joins with. */
  private enter({ peer, counter, code }: Rule, entry: Entry | null, detail: number, moves: Moves): void {
    if (entry === null || !this.network.spend(this.scratch, counter)) return;
    this.scratch.set(peer, entry.slot);
    if (this.network.send(this.scratch, peer, entry.effect)) this.scratch.commit(moves, code, peer, 0, detail);
    else this.scratch.drop();
  }

  private leave(state: State, { peer, counter, code }: Rule, moves: Moves): void {
    const table = this.tables[peer] as PeerTable;
    table.step(state[peer] as number, table.hears({ type: 'leave' }));
    const effect = table.next === refused ? 0 : table.effect;
    if (!this.network.spend(this.scratch, counter)) return;
    this.scratch.set(peer, this.churn.reuse === true ? table.absent : table.left);
    if (this.network.send(this.scratch, peer, effect)) this.scratch.commit(moves, code, peer, 0, 0);
    else this.scratch.drop();
  }

  private crash(state: State, { peer, counter, code }: Rule, moves: Moves): void {
    const table = this.tables[peer] as PeerTable;
    if (!this.network.spend(this.scratch, counter)) return;
    this.scratch.set(peer, this.churn.reuse === true ? table.absent : table.crashed(state[peer] as number));
    if (this.churn.crash?.inFlight === 'lost') {
      this.network.purge(this.scratch, `sender ${peer}`, (from) => from === peer);
    }
    this.scratch.commit(moves, code, peer, 0, 0);
  }

  /** A peer that starts and has the event that it joins with, if any. */
  private joined(peer: number, input: number | undefined): Entry | null {
    const known = this.joins[peer] as Entries;
    const at = input === undefined ? 0 : input + 1;
    const entry = known[at];
    if (entry !== undefined) return entry;
    const made = this.firstJoin(peer, input);
    known[at] = made;
    return made;
  }

  private firstJoin(peer: number, input: number | undefined): Entry | null {
    const table = this.tables[peer] as PeerTable;
    table.start();
    const { next: slot, effect } = table;
    if (input === undefined) return { slot, effect };
    table.step(slot, input);
    if (table.next === refused) return null;
    return { slot: table.next, effect: this.network.effects.both(effect, table.effect) };
  }

  private restarted(peer: number, slot: number): Entry {
    const known = this.restarts[peer] as Entries;
    const entry = known[slot];
    if (entry) return entry;
    const table = this.tables[peer] as PeerTable;
    table.restart(slot);
    const made = { slot: table.next, effect: table.effect };
    known[slot] = made;
    return made;
  }

  private startState({ label, up }: Start): State {
    const state = new Int32Array(this.network.width);
    if (this.network.weatherComponent >= 0) state[this.network.weatherComponent] = this.network.weather.start;
    this.scratch.open(state);
    const effects: [peer: number, effect: number][] = [];
    for (const [peer, name] of this.names.entries()) {
      const asked = up[name];
      if (asked === undefined) continue;
      const table = this.tables[peer] as PeerTable;
      if (asked.input === undefined) table.start();
      else table.start(asked.input);
      this.scratch.set(peer, table.next);
      effects.push([peer, table.effect]);
    }
    for (const [peer, effect] of effects) {
      if (!this.network.send(this.scratch, peer, effect)) throw this.fullAtStart(label, peer);
    }
    const made = this.scratch.state.slice();
    this.scratch.drop();
    return made;
  }

  private fullAtStart(label: string | undefined, peer: number): ChurnproofError {
    return new ChurnproofError('SYSTEM_FULL_AT_START', `peer ${this.names[peer]} fills a link before the first move`, {
      where: label ?? 'the start',
      hint: 'raise the capacity, or let machines wait for an operation before they speak',
    });
  }
}

const statusBefore = { join: 'absent', leave: 'up', crash: 'up', restart: 'crashed' } as const;
