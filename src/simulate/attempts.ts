/**
 * Moves of a system, tried one at a time: each `try` makes its move in the situation, or leaves it as it was and answers false
 * when the move is not enabled, must wait for room, or would change nothing.
 */
import type { Message, Move, Offer, Operation, Peer, Plain, SystemSpec } from '../kernel/index.js';
import { isCalled, isSame, type JudgedPeer, type Life } from '../machine/index.js';
import { askGuard } from '../system/index.js';
import { Blocks } from './blocks.js';
import type { AnyWorld } from './graph.js';
import type { Links } from './links.js';
import type { Flight, Inbox, Situation, Standing } from './situation.js';

type Timer = Life['timers'][number];
type Rule = (world: AnyWorld, self: string) => unknown;

/** What the parts of a simulated system share. @internal */
export interface Parts {
  readonly spec: SystemSpec;
  readonly names: readonly string[];
  readonly peers: readonly JudgedPeer[];
  readonly situation: Situation;
  readonly links: Links;
  readonly world: AnyWorld;
  readonly cuts: readonly (readonly string[])[];
  /** The index of what is counted, or -1. */
  counter(name: string): number;
}

/** A move as it was made; `nth` tells apart those of a queue that read the same. @internal */
export interface Taken {
  readonly move: Move;
  readonly nth: number;
}

const absent: Standing = { status: 'absent', life: undefined, stored: undefined };
const left: Standing = { status: 'left', life: undefined, stored: undefined };

const up = (life: Life): Standing => ({ status: 'up', life, stored: undefined });

/** @internal */
export class Attempts {
  /** Told of a move that could be made, instead of making it; whether that is all it wanted to know. */
  tap: (() => boolean) | undefined;
  /** The latest move that was made, or tapped. */
  describe: () => Taken = () => {
    throw new Error('no move was made yet');
  };

  private readonly timerRules: readonly (readonly [name: string, when: Rule])[];
  private readonly ruleOf = new Map<string, readonly [name: string, when: Rule] | undefined>();
  private readonly counters: Readonly<
    Record<'lose' | 'duplicate' | 'partition' | 'join' | 'leave' | 'crash' | 'restart', number>
  >;

  private readonly blocks: Blocks;

  constructor(private readonly parts: Parts) {
    this.blocks = new Blocks(parts.links, parts.situation);
    this.timerRules = Object.entries(parts.spec.timers ?? {}).map(([name, rule]) => [
      name,
      (world, self) => rule.when(world, self),
    ]);
    const { counter } = parts;
    this.counters = {
      lose: counter('lose'),
      duplicate: counter('duplicate'),
      partition: counter('partition'),
      join: counter('join'),
      leave: counter('leave'),
      crash: counter('crash'),
      restart: counter('restart'),
    };
  }

  deliver(flight: Flight): boolean {
    const { situation, links, peers } = this.parts;
    const { from, to, envelope } = flight;
    if (links.isCut(from, to)) return false;
    const peer = peers[to] as JudgedPeer;
    const { life } = situation.standings[to] as Standing;
    if (life !== undefined && this.blocks.has(to, life, flight)) return false;
    const after = life === undefined ? undefined : peer.hear(life, { ...envelope.message, from: envelope.from });
    if (after === undefined && links.isSet) return false; // nobody hears it now, and it stays
    if (!links.isSet) situation.remove(flight);
    if (life !== undefined && after !== undefined) {
      situation.setStanding(to, up(after));
      if (!links.send(to, peer.said)) return this.wait(to, life, flight);
    }
    return this.conclude() && this.made(() => ({ move: { kind: 'deliver', ...envelope }, nth: 0 }));
  }

  timeout(at: number, timer: Timer): boolean {
    const { situation, links, peers, names } = this.parts;
    const peer = peers[at] as JudgedPeer;
    const { life } = situation.standings[at] as Standing;
    if (life === undefined || this.blocks.has(at, life, timer) || !this.mayFire(at, timer)) return false;
    situation.setStanding(at, up(peer.fire(life, timer)));
    if (!links.send(at, peer.said)) return this.wait(at, life, timer);
    const name = names[at] as string;
    return this.conclude() && this.made(() => ({ move: { kind: 'timeout', peer: name, timer: timer.name }, nth: 0 }));
  }

  /** `refused`: its machine would not have it, whatever the rest of the world. */
  operation(at: number, asked: Operation, counter: number, offer: Offer): boolean | 'refused' {
    const { situation, links, peers, names } = this.parts;
    const { life } = situation.standings[at] as Standing;
    if (life === undefined || !situation.canSpend(counter) || this.blocks.has(at, life, offer)) return false;
    const peer = peers[at] as JudgedPeer;
    const after = peer.hear(life, offer.event);
    if (after === undefined) return 'refused';
    situation.spend(counter);
    situation.setStanding(at, up(after));
    if (!links.send(at, peer.said)) return this.wait(at, life, offer);
    if (!this.conclude()) return counter < 0 && peer.said.length === 0 ? 'refused' : false;
    const { args = {}, event } = offer;
    const name = names[at] as string;
    return this.made(() => ({ move: { kind: 'operation', peer: name, operation: asked.name, args, event }, nth: 0 }));
  }

  lose(flight: Flight): boolean {
    const { situation } = this.parts;
    const nth = this.nth(flight);
    if (!situation.spend(this.counters.lose)) return this.drop();
    situation.remove(flight);
    return this.conclude() && this.made(() => ({ move: { kind: 'lose', ...flight.envelope }, nth: nth() }));
  }

  duplicate(flight: Flight): boolean {
    const { situation, links } = this.parts;
    const nth = this.nth(flight);
    if (!links.hasRoom(flight.from, flight.to) || !situation.spend(this.counters.duplicate)) return this.drop();
    links.copy(flight);
    return this.conclude() && this.made(() => ({ move: { kind: 'duplicate', ...flight.envelope }, nth: nth() }));
  }

  partition(cut: number): boolean {
    const { situation, links, cuts } = this.parts;
    if (situation.cut >= 0 || !situation.spend(this.counters.partition)) return this.drop();
    situation.setCut(cut);
    links.purgeCrossing();
    const side = cuts[cut] as readonly string[];
    return this.conclude() && this.made(() => ({ move: { kind: 'partition', side }, nth: 0 }));
  }

  heal(): boolean {
    const { situation } = this.parts;
    if (situation.cut < 0) return false;
    situation.setCut(-1);
    return this.conclude() && this.made(() => ({ move: { kind: 'heal' }, nth: 0 }));
  }

  /** @param offer with what it joins, where joining asks for that */
  join(at: number, offer: Offer | undefined): boolean {
    const { situation, links, peers, names } = this.parts;
    if (!situation.canSpend(this.counters.join)) return false;
    const peer = peers[at] as JudgedPeer;
    let life: Life | undefined = peer.start(peer.peer.input);
    let { said } = peer;
    if (offer !== undefined) {
      life = peer.hear(life, offer.event);
      if (life === undefined) return false;
      said = [...said, ...peer.said];
    }
    situation.spend(this.counters.join);
    situation.setStanding(at, up(life));
    if (!links.send(at, said)) return this.drop();
    const name = names[at] as string;
    const { args = {}, event = null } = offer ?? {};
    return this.conclude() && this.made(() => ({ move: { kind: 'join', peer: name, args, event }, nth: 0 }));
  }

  leave(at: number): boolean {
    const { situation, links, peers, spec } = this.parts;
    const { life } = situation.standings[at] as Standing;
    if (life === undefined || !situation.canSpend(this.counters.leave) || !this.may('leave', at)) return false;
    const peer = peers[at] as JudgedPeer;
    const said = peer.hear(life, goodbye) === undefined ? [] : peer.said;
    situation.spend(this.counters.leave);
    situation.setStanding(at, spec.churn?.reuse === true ? absent : left);
    if (!links.send(at, said)) return this.drop();
    return this.conclude() && this.madeBy('leave', at);
  }

  crash(at: number): boolean {
    const { situation, links, peers, spec } = this.parts;
    const { life } = situation.standings[at] as Standing;
    if (life === undefined || !situation.canSpend(this.counters.crash) || !this.may('crash', at)) return false;
    situation.spend(this.counters.crash);
    situation.setStanding(at, spec.churn?.reuse === true ? absent : crashed(life, (peers[at] as JudgedPeer).peer));
    if (spec.churn?.crash?.inFlight === 'lost') links.purge(({ from }) => from === at);
    return this.conclude() && this.madeBy('crash', at);
  }

  restart(at: number): boolean {
    const { situation, links, peers } = this.parts;
    const { status, stored } = situation.standings[at] as Standing;
    if (status !== 'crashed' || !situation.canSpend(this.counters.restart) || !this.may('restart', at)) return false;
    const peer = peers[at] as JudgedPeer;
    const { input } = peer.peer;
    const life = peer.start(stored === undefined ? input : { ...(input as object | undefined), restored: stored });
    situation.spend(this.counters.restart);
    situation.setStanding(at, up(life));
    if (!links.send(at, peer.said)) return this.drop();
    return this.conclude() && this.madeBy('restart', at);
  }

  private mayFire(at: number, timer: Timer): boolean {
    if (this.timerRules.length === 0) return true;
    let rule = this.ruleOf.get(timer.name);
    if (rule === undefined && !this.ruleOf.has(timer.name)) {
      rule = this.timerRules.find(([name]) => isCalled(name, timer.name));
      this.ruleOf.set(timer.name, rule);
    }
    if (rule === undefined) return true;
    const [name, when] = rule;
    const self = this.parts.names[at] as string;
    return askGuard(`timers.${name}.when, peer ${self}`, () => when(this.parts.world, self));
  }

  private may(kind: 'leave' | 'crash' | 'restart', at: number): boolean {
    const rule = this.parts.spec.churn?.[kind];
    if (rule?.when === undefined) return true;
    const self = this.parts.names[at] as string;
    return askGuard(`churn.${kind}.when, peer ${self}`, () => rule.when?.(this.parts.world, self));
  }

  /** Which of the messages of a queue that read the same this is; neighbours alike count as one. */
  private nth(flight: Flight): () => number {
    const inbox = this.parts.situation.inboxes[flight.to] as Inbox;
    if (!this.parts.links.isQueue) return () => 0;
    return () => {
      let nth = -1;
      let before: Flight | undefined;
      for (const other of inbox) {
        if (other.from !== flight.from) continue;
        const isAlike = isSame(other.envelope.message, flight.envelope.message);
        if (isAlike && !(before !== undefined && isSame(before.envelope.message, other.envelope.message))) nth++;
        if (other === flight) return nth;
        before = other;
      }
      return 0;
    };
  }

  private madeBy(kind: 'leave' | 'crash' | 'restart', at: number): boolean {
    const peer = this.parts.names[at] as string;
    return this.made(() => ({ move: { kind, peer }, nth: 0 }));
  }

  private wait(at: number, life: Life, input: object): false {
    this.drop();
    this.blocks.add(at, life, input);
    return false;
  }

  private drop(): false {
    this.parts.situation.undo();
    return false;
  }

  /** Whether there is a move here: something changes. Then it waits to be made. */
  private conclude(): boolean {
    return this.parts.situation.isChange || this.drop();
  }

  private made(describe: () => Taken): boolean {
    this.describe = describe;
    if (this.tap === undefined) {
      this.parts.situation.keep();
      return true;
    }
    const isEnough = this.tap();
    this.drop();
    return isEnough;
  }
}

const goodbye: Message = { type: 'leave' };

function crashed(life: Life, { stable }: Peer): Standing {
  if (stable.length === 0) return { status: 'crashed', life: undefined, stored: undefined };
  const stored: Record<string, Plain> = {};
  for (const field of stable) stored[field] = life.context[field];
  return { status: 'crashed', life: undefined, stored };
}
