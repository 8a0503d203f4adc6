/**
 * What a system means, said a second time and as plainly as possible: peers that xstate runs, messages in one list, a
 * move done from its description alone. It shares nothing with src/machine and src/system and is slow; the differential
 * tests walk it beside the packed engine, and wherever the two part, one of them is wrong. A later model is judged by
 * `walkBeside` without a line of its own.
 */
import { isDeepStrictEqual } from 'node:util';
import type { AnyStateMachine } from 'xstate';
import {
  canonical,
  type Envelope,
  type Limit,
  type Message,
  type Move,
  type Offer,
  type Operation,
  type Peer,
  type Peers,
  type Picture,
  type Start,
  type Status,
  type SystemSpec,
  type World,
} from '../../src/kernel/index.js';
import type { Birth, Life, Outgoing, SteppedLife } from './reference-life.js';

interface Standing<L> {
  readonly status: Status;
  readonly life?: L;
  /** What a crash left behind. */
  readonly stored?: object;
}

/** A move that may be possible; `occurrence` tells apart those that read the same, in queue order. */
export interface Candidate {
  readonly move: Move;
  readonly occurrence: number;
}

type ChurnKind = 'join' | 'leave' | 'crash' | 'restart';
type AnyWorld = World<Peers, true>;

export class ReferenceSystem<L extends Life> {
  private readonly names: readonly string[];
  private readonly standings = new Map<string, Standing<L>>();
  /** In the order of sending. */
  private flight: Envelope[] = [];
  private cut: readonly string[] | undefined;
  private readonly used = new Map<string, number>();

  private constructor(
    private readonly spec: SystemSpec,
    private readonly birth: Birth<L>,
  ) {
    this.names = Object.keys(spec.peers);
  }

  static begin<L extends Life>(spec: SystemSpec, birth: Birth<L>, start: number): ReferenceSystem<L> {
    const made = new ReferenceSystem(spec, birth);
    const everybody: Start = { up: Object.fromEntries(made.names.map((name) => [name, {}])) };
    const { up } = (spec.starts ?? [everybody])[start]!;
    const said: (readonly [string, readonly Outgoing[]])[] = [];
    for (const name of made.names) {
      const asked = up[name];
      if (asked === undefined) made.standings.set(name, { status: 'absent' });
      else said.push([name, made.comesUp(name, asked.input ?? made.peer(name).input)]);
    }
    for (const [name, outgoing] of said) made.send(name, outgoing);
    return made;
  }

  /** Does a move; false, with the system no longer of use, if it could not be done. */
  do(move: Move, occurrence = 0): boolean {
    switch (move.kind) {
      case 'deliver': {
        const { from, to, message } = move;
        return this.deliver({ from, to, message });
      }
      case 'timeout': {
        const life = this.living(move.peer);
        const [timer, ...others] = life === undefined ? [] : life.armed.filter((id) => isCalled(move.timer, id));
        if (life === undefined || timer === undefined || others.length > 0) return false;
        const [, rule] = Object.entries(this.spec.timers ?? {}).find(([name]) => isCalled(name, timer)) ?? [];
        if (rule !== undefined && !rule.when(this.world(), move.peer)) return false;
        return this.send(move.peer, life.fire(timer));
      }
      case 'operation': {
        const { limit } = this.spec.operations!.find(({ name }) => name === move.operation)!;
        return this.spend(`operation ${move.operation}`, limit) && this.tell(move.peer, move.event);
      }
      case 'lose':
      case 'duplicate': {
        const { kind, ...envelope } = move;
        return this.spend(kind, this.spec.faults?.[kind] ?? 0) && this.tamper(kind, envelope, occurrence);
      }
      case 'partition': {
        if (this.cut !== undefined || !this.spend('partition', this.spec.faults!.partition!.limit)) return false;
        this.cut = move.side;
        if (this.cutLoses) this.flight = this.flight.filter(({ from, to }) => !this.isCut(from, to));
        return true;
      }
      case 'heal':
        if (this.cut === undefined) return false;
        this.cut = undefined;
        return true;
      default:
        return this.churns(move);
    }
  }

  /** As the engine pictures it, but for timers, which go by xstate's ids; messages in an order that both can agree on. */
  picture(): Picture {
    const peers = this.names.map((name): Picture['peers'][number] => {
      const { status, life } = this.standings.get(name)!;
      if (life === undefined) return { name, status };
      const { value: state, context, armed } = life;
      return { name, status, state, context: context as never, ...(armed.length > 0 ? { timers: armed } : {}) };
    });
    return { peers, inFlight: this.flight, ...(this.cut === undefined ? {} : { partition: this.cut }) };
  }

  /** Every move there might be, and some that there are not. */
  candidates(): readonly Candidate[] {
    const { faults = {}, churn = {}, operations = [] } = this.spec;
    const moves: Move[] = [];
    for (const envelope of this.distinct()) moves.push({ kind: 'deliver', ...envelope });
    for (const name of this.names) {
      for (const timer of this.living(name)?.armed ?? []) moves.push({ kind: 'timeout', peer: name, timer });
      for (const asked of operations) moves.push(...this.asks(asked, name));
      for (const kind of ['join', 'leave', 'crash', 'restart'] as const) {
        const rule = churn[kind];
        if (rule === undefined || !(rule.peers ?? this.names).includes(name)) continue;
        if (kind !== 'join') moves.push({ kind, peer: name });
        else for (const { args = {}, event } of this.joins(name)) moves.push({ kind, peer: name, args, event });
      }
    }
    if (faults.partition !== undefined) {
      moves.push(...this.cuts().map((side): Move => ({ kind: 'partition', side })), { kind: 'heal' });
    }
    const tampering = (['lose', 'duplicate'] as const).flatMap((kind) =>
      this.distinct().flatMap((envelope) =>
        this.places(envelope).map((_, occurrence): Candidate => ({ move: { kind, ...envelope }, occurrence })),
      ),
    );
    return [...moves.map((move) => ({ move, occurrence: 0 })), ...tampering];
  }

  /** Ends every life. */
  end(): void {
    for (const { life } of this.standings.values()) life?.end();
  }

  /** An independent copy of a system whose lives can be forked. */
  static fork(system: ReferenceSystem<SteppedLife>): ReferenceSystem<SteppedLife> {
    const copy = new ReferenceSystem(system.spec, system.birth);
    for (const [name, { status, life, stored }] of system.standings) {
      copy.standings.set(name, { status, ...(life && { life: life.fork() }), ...(stored && { stored }) });
    }
    copy.flight = [...system.flight];
    copy.cut = system.cut;
    for (const [counter, count] of system.used) copy.used.set(counter, count);
    return copy;
  }

  private deliver({ from, to, message }: Envelope): boolean {
    if (this.isCut(from, to)) return false;
    const at = this.flight.findIndex(
      (other) =>
        other.from === from &&
        other.to === to &&
        (this.spec.network === 'fifo' || isDeepStrictEqual(other.message, message)),
    );
    if (at < 0 || !isDeepStrictEqual(this.flight[at]!.message, message)) return false;
    const stays = this.spec.network === 'set';
    if (!stays) this.flight.splice(at, 1);
    const said = this.living(to)?.hear({ ...message, from });
    return said === undefined ? !stays : this.send(to, said);
  }

  /** Whether somebody hears the event and may say what it answers. */
  private tell(name: string, event: Message): boolean {
    const said = this.living(name)?.hear(event);
    return said !== undefined && this.send(name, said);
  }

  private churns(move: Extract<Move, { kind: ChurnKind }>): boolean {
    const { kind, peer } = move;
    const { churn = {} } = this.spec;
    const { status, life, stored } = this.standings.get(peer)!;
    if (status !== { join: 'absent', leave: 'up', crash: 'up', restart: 'crashed' }[kind]) return false;
    const when = kind === 'join' ? undefined : churn[kind]!.when;
    if (when !== undefined && !when(this.world(), peer)) return false;
    if (!this.spend(kind, churn[kind]!.limit)) return false;
    switch (move.kind) {
      case 'join': {
        const said = this.comesUp(peer, this.peer(peer).input);
        if (move.event === null) return this.send(peer, said);
        const answer = this.living(peer)!.hear(move.event);
        return answer !== undefined && this.send(peer, [...said, ...answer]);
      }
      case 'leave': {
        const said = life!.hear({ type: 'leave' }) ?? [];
        this.goesDown(peer, 'left');
        return this.send(peer, said);
      }
      case 'crash': {
        const { stable } = this.peer(peer);
        const context = life!.context as Record<string, unknown>;
        const kept = Object.fromEntries(stable.map((field) => [field, context[field]]));
        this.goesDown(peer, 'crashed', stable.length > 0 ? { stored: kept } : {});
        if (churn.crash!.inFlight === 'lost') this.flight = this.flight.filter(({ from }) => from !== peer);
        return true;
      }
      case 'restart': {
        const { input } = this.peer(peer);
        return this.send(
          peer,
          this.comesUp(peer, stored === undefined ? input : { ...(input as object), restored: stored }),
        );
      }
    }
  }

  private comesUp(name: string, input: unknown): readonly Outgoing[] {
    const { life, said } = this.birth(this.peer(name).machine as unknown as AnyStateMachine, input);
    this.standings.set(name, { status: 'up', life });
    return said;
  }

  private goesDown(name: string, status: 'left' | 'crashed', more: { readonly stored?: object } = {}): void {
    this.living(name)?.end();
    this.standings.set(name, this.spec.churn?.reuse ? { status: 'absent' } : { status, ...more });
  }

  private send(from: string, said: readonly Outgoing[]): boolean {
    if (this.spec.network === 'synchronous') return this.sendWithin(from, said);
    for (const { to, message } of said) {
      if (this.cutLoses && this.isCut(from, to)) continue;
      const envelope: Envelope = { from, to, message };
      if (this.spec.network === 'set' && this.flight.some((other) => isDeepStrictEqual(other, envelope))) continue;
      if (this.hasRoom(from, to)) this.flight.push(envelope);
      else if (this.spec.whenFull !== 'drop') return false;
    }
    return true;
  }

  /** What is said is heard at once, in the order in which it is said, and so is what is answered. */
  private sendWithin(from: string, said: readonly Outgoing[]): boolean {
    const queue: Envelope[] = said.map((outgoing) => ({ from, ...outgoing }));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { from: sender, to, message } = next;
      if (this.isCut(sender, to)) continue;
      const answer = this.living(to)?.hear({ ...message, from: sender }) ?? [];
      queue.push(...answer.map((outgoing) => ({ from: to, ...outgoing })));
    }
    return true;
  }

  private tamper(kind: 'lose' | 'duplicate', envelope: Envelope, occurrence: number): boolean {
    const at = this.places(envelope)[occurrence];
    if (at === undefined) return false;
    if (kind === 'lose') this.flight.splice(at, 1);
    else if (this.hasRoom(envelope.from, envelope.to)) this.flight.splice(at, 0, this.flight[at]!);
    else return false;
    return true;
  }

  /** Where in the list a message can be touched with different results: before another one of its link, or anywhere. */
  private places(envelope: Envelope): readonly number[] {
    const isSame = (i: number) => isDeepStrictEqual(this.flight[i], envelope);
    const link = [...this.flight.keys()].filter((i) => this.onLink(this.flight[i]!, envelope.from, envelope.to));
    if (this.spec.network !== 'fifo') return link.filter(isSame).slice(0, 1);
    return link.filter((i, k) => isSame(i) && !(k > 0 && isSame(link[k - 1]!)));
  }

  private distinct(): readonly Envelope[] {
    return this.flight.filter((one, i) => this.flight.findIndex((other) => isDeepStrictEqual(one, other)) === i);
  }

  private asks(asked: Operation, name: string): readonly Move[] {
    if (!(asked.peers ?? this.names).includes(name) || this.living(name) === undefined) return [];
    const offers: readonly Offer[] = asked.offer?.(this.world(), name) ?? [{ event: { type: asked.name } }];
    return offers.map(({ args = {}, event }) => ({
      kind: 'operation',
      peer: name,
      operation: asked.name,
      args,
      event,
    }));
  }

  private joins(name: string): readonly { readonly args?: Offer['args']; readonly event: Message | null }[] {
    const { offer } = this.spec.churn!.join!;
    if (offer === undefined) return [{ event: null }];
    return this.standings.get(name)!.status === 'absent' ? offer(this.world(), name) : [];
  }

  private cuts(): readonly (readonly string[])[] {
    const { cuts } = this.spec.faults!.partition!;
    if (cuts !== undefined) return cuts;
    // Every way to split the peers in two, named by the side that lacks the first.
    return subsets(this.names.slice(1)).filter((side) => side.length > 0);
  }

  private spend(counter: string, limit: Limit = 'unlimited'): boolean {
    const before = this.used.get(counter) ?? 0;
    this.used.set(counter, before + 1);
    return limit === 'unlimited' || before < limit;
  }

  private hasRoom(from: string, to: string): boolean {
    const { capacity = Number.POSITIVE_INFINITY } = this.spec;
    return this.flight.filter((envelope) => this.onLink(envelope, from, to)).length < capacity;
  }

  private onLink(envelope: Envelope, from: string, to: string): boolean {
    return envelope.from === from && envelope.to === to;
  }

  private isCut(from: string, to: string): boolean {
    return this.cut !== undefined && this.cut.includes(from) !== this.cut.includes(to);
  }

  private get cutLoses(): boolean {
    return this.spec.faults?.partition?.crossing !== 'held';
  }

  private peer(name: string): Peer {
    return this.spec.peers[name]!;
  }

  private living(name: string): L | undefined {
    return this.standings.get(name)!.life;
  }

  private world(): AnyWorld {
    const standing = (name: string) => this.standings.get(name)!;
    const world: AnyWorld = {
      peers: Object.fromEntries(this.names.map((name) => [name, standing(name).life?.context])),
      names: this.names,
      status: (name) => standing(name).status,
      isUp: (name) => standing(name).status === 'up',
      state: (name) => standing(name).life?.value,
      timers: () => {
        throw new Error('the reference knows timers by the ids of xstate only: teach it their names');
      },
      inFlight: (to) => this.flight.filter((envelope) => to === undefined || envelope.to === to),
      partition: () => this.cut,
      recall: (compute) => compute(world),
      recallPeer: (name, compute) => {
        const context = world.peers[name];
        return context === undefined ? undefined : compute(context as never, name);
      },
    };
    return world;
  }
}

/** Whether the name by which the engine calls a timer means the one with this id of xstate's. */
export function isCalled(name: string, id: string): boolean {
  const [delay, state] = name.split(' of ');
  if (name === id) return true;
  return id.startsWith(`xstate.after.${delay}.`) && (state === undefined || id.endsWith(`.${state}`));
}

function subsets<T>([first, ...rest]: readonly T[]): readonly (readonly T[])[] {
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

/** Text by which two moves are the same. */
export const moveText = (move: Move): string => canonical(move);
