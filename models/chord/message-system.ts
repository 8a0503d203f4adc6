/**
 * The corrected Chord with real messages: who begins, who may join through whom and who may fail, and what is assumed of time
 * and of the network. Peers are called by their identifiers.
 */
import { ChurnproofError, derive, peer, type Start, system } from '../../src/kernel/index.js';
import { type FailureAssumptions, mayFail } from './assumptions.js';
import { circle, type Id, nameOf } from './identifiers.js';
import { type MemberContext, type MemberInput, messageMember } from './message-member.js';
import { effectiveRing, type MessageWorld, visibleRing } from './message-view.js';
import type { ChordPeers } from './observe.js';
import { has, maxIdentifiers } from './ring.js';
import { yieldingMember } from './yielding-member.js';

/** @public */
export interface MessageOptions {
  /** Identifiers on the circle, each a peer that may take part. */
  readonly n: number;
  /** Entries of a successor list. */
  readonly r: number;
  /** How many members may be within a round of stabilizing at a time; with more than `r` they can come to wait in a circle. */
  readonly rounds: number;
  /** Whether messages from one peer to another stay in order. */
  readonly network: 'fifo' | 'unordered';
  /** How many messages are lost. */
  readonly lose: number;
  /** How many messages arrive twice. */
  readonly duplicate: number;
  /** Whether an answer is matched with its request; otherwise it is known by its sender alone. */
  readonly matched: boolean;
  /** `certain`: the timer of a request fires only when nothing of the request is under way any more; or at any time. */
  readonly timeouts: 'certain' | 'any';
  /** Whether who asks a busy member waits for its answer, as in Verdi-Chord, or gives its round up. */
  readonly busy: 'waits' | 'yields';
  /** Which lists decide who may fail: those that count, or those that stand in the members' contexts. */
  readonly failures: 'effective' | 'visible';
  /** Whether what a member said before it failed is `kept` in the network, or `lost` with it. */
  readonly lastWords: 'kept' | 'lost';
  readonly variation?: MessageVariation;
}

/** A way to get the protocol wrong; what is left out is as published. @public */
export interface MessageVariation {
  readonly machine?: typeof messageMember;
  readonly failures?: Partial<FailureAssumptions>;
}

/** What is assumed unless something else is said: what Zave assumes. @public */
export const trusting = {
  network: 'fifo',
  lose: 0,
  duplicate: 0,
  matched: false,
  timeouts: 'certain',
  busy: 'waits',
  failures: 'effective',
  lastWords: 'kept',
} as const satisfies Partial<MessageOptions>;

/**
 * Messages on one link. Over ordered links there are never so many that one has to wait; over unordered ones, where a peer that
 * is asked again and again may have said again and again that it is busy, this is the limit.
 */
const capacity = 4;

/** The corrected protocol with messages, begun by any ideal ring of r+1 members. @public */
export function chordMessages(options: MessageOptions) {
  const { n, r, rounds, network, lose, duplicate, matched, timeouts, busy } = options;
  const { failures, lastWords, variation = {} } = options;
  const { machine = busy === 'yields' ? yieldingMember : messageMember } = variation;
  checkCircle(n, r);
  const ring = failures === 'effective' ? effectiveRing : visibleRing;
  const assumed = { liveEntry: true, principals: r + 1, ...variation.failures };
  const failing = derive((world) => mayFail(ring(world), assumed));

  return system<ChordPeers<MemberContext>>({
    name: nameFor(options),
    network,
    capacity,
    peers: Object.fromEntries(circle(n).map((id) => [nameOf(id), peer(machine, { id, r, matched })])),
    starts: firstRings(n, r + 1).map((ids) => idealRing(ids, r, matched)),
    faults: { ...(lose > 0 ? { lose } : {}), ...(duplicate > 0 ? { duplicate } : {}) },
    timers: {
      tick: { when: (world, self) => isHeard(world, self) && membersInRound(world) < rounds },
      ...(timeouts === 'certain' ? { request: { when: isAnswerless } } : {}),
    },
    churn: {
      join: {
        limit: 'unlimited',
        offer: (world) =>
          world.names
            .filter((name) => world.peers[name]?.joined)
            .map((via) => ({ args: { via }, event: { type: 'join', via: Number(via) } })),
      },
      crash: { limit: 'unlimited', inFlight: lastWords, when: (world, self) => has(failing(world), Number(self)) },
    },
  });
}

/**
 * Whether neither its request nor an answer is under way, nor is the request remembered by who was asked. Where nothing gets
 * lost that one is dead: perfect failure detection. That the request of a dead peer's asker has arrived, and so is gone,
 * makes no difference to anybody.
 */
function isAnswerless(world: MessageWorld, self: string): boolean {
  const asked = nameOf(world.peers[self]?.asked ?? Number(self));
  if (world.peers[asked]?.delayed.some(({ from }) => from === self)) return false;
  return !isUnderWay(world, self, asked) && !isUnderWay(world, asked, self);
}

/** Whether its last round has ended with the notification heard: the time between rounds is long enough for that. */
function isHeard(world: MessageWorld, self: string): boolean {
  const succ = world.peers[self]?.list[0];
  return succ === undefined || !isUnderWay(world, self, nameOf(succ));
}

const isUnderWay = (world: MessageWorld, from: string, to: string): boolean =>
  world.inFlight(to).some((envelope) => envelope.from === from);

const membersInRound = (world: MessageWorld): number =>
  world.names.filter((name) => ['stabilizing', 'adopting'].includes(String(world.state(name)))).length;

/** A ring of these members in which every pointer is as it should be. */
function idealRing(ids: readonly Id[], r: number, matched: boolean): Start<ChordPeers<MemberContext>> {
  const after = (at: number, steps: number) => ids[(at + steps + ids.length) % ids.length] as Id;
  const up = ids.map((id, at) => {
    const list = Array.from({ length: r }, (_, k) => after(at, k + 1));
    return [nameOf(id), { input: { id, r, list, prdc: after(at, -1), matched } satisfies MemberInput }] as const;
  });
  return { label: `ring ${ids.join(' ')}`, up: Object.fromEntries(up) };
}

/**
 * Every choice of `size` identifiers among which is 0, but for those that a turn of the circle makes of another: what happens to
 * one of them happens, turned as well, to the other.
 */
function firstRings(n: number, size: number): readonly (readonly Id[])[] {
  const grow = (chosen: readonly Id[]): readonly (readonly Id[])[] =>
    chosen.length === size
      ? [chosen]
      : circle(n)
          .filter((id) => id > (chosen.at(-1) ?? -1))
          .flatMap((id) => grow([...chosen, id]));
  const turned = (ids: readonly Id[], to: Id) => ids.map((id) => (id - to + n) % n).sort((a, b) => a - b);
  const isFirst = (ids: readonly Id[]) => ids.every((to) => `${ids}` <= `${turned(ids, to)}`);
  return grow([0]).filter(isFirst);
}

const nameFor = ({ n, r, rounds, ...options }: MessageOptions): string =>
  [
    `chord-net n=${n} r=${r} rounds=${rounds}`,
    ...Object.entries(trusting).flatMap(([name, usual]) => {
      const value = options[name as keyof typeof trusting];
      return value === usual ? [] : [`${name}=${value}`];
    }),
  ].join(' ');

function checkCircle(n: number, r: number): void {
  if (Number.isInteger(n) && n > r + 1 && n <= maxIdentifiers) return;
  throw new ChurnproofError('PARAMETER_OUT_OF_RANGE', `a circle of ${n} identifiers cannot be checked`, {
    expected: `a whole number from ${r + 2}, one more than begin, to ${maxIdentifiers}`,
  });
}
