/**
 * A system to time the simulator with: twenty peers in a mesh exchange the thirty-two pieces of a file, with contexts, messages,
 * timers and churn about as large as those of a real swarm. It claims nothing of BitTorrent.
 */
import { assign, emit, enqueueActions, setup } from 'xstate';
import {
  always,
  alwaysStep,
  derivePeer,
  type From,
  type Operation,
  type Property,
  peer,
  type Send,
  type System,
  sometimes,
  system,
  whenQuiet,
} from '../src/kernel/index.js';

const pieces = 32;
const all = 0xffff_ffff | 0;

interface Link {
  readonly peer: string;
  readonly has: number;
  readonly choked: boolean;
  readonly asked: number;
}

interface Swimmer {
  readonly self: string;
  readonly has: number;
  readonly links: readonly Link[];
  readonly slots: readonly string[];
  readonly queue: readonly { readonly peer: string; readonly piece: number }[];
  readonly rounds: number;
  readonly uploaded: number;
  readonly downloaded: number;
  readonly isSeed: boolean;
  readonly lives: number;
}

type Wire =
  | { readonly type: 'hello'; readonly has: number }
  | { readonly type: 'have' | 'request' | 'piece'; readonly piece: number }
  | { readonly type: 'choke' | 'unchoke' };
type Heard = From<Wire> | { readonly type: 'ask' | 'upload' };

const bit = (piece: number): number => 1 << piece;

/** The list with the link to one peer changed; the others stay as they are. */
function linked(links: readonly Link[], name: string, change: (link: Link) => Link): readonly Link[] {
  const at = links.findIndex((link) => link.peer === name);
  if (at < 0) return links;
  const next = links.slice();
  next[at] = change(links[at] as Link);
  return next;
}

/** A piece that a link has, and nobody was asked for, beginning at the peer's own place. */
function wanted({ has, links, self }: Swimmer, link: Link): number {
  let open = link.has & ~has;
  for (const other of links) if (other.asked >= 0) open &= ~bit(other.asked);
  if (open === 0) return -1;
  const first = (self.charCodeAt(1) * 7 + self.length) % pieces;
  for (let i = 0; i < pieces; i++) if ((open & bit((first + i) % pieces)) !== 0) return (first + i) % pieces;
  return -1;
}

const nextAsk = (context: Swimmer): { readonly link: Link; readonly piece: number } | undefined => {
  for (const link of context.links) {
    if (link.choked || link.asked >= 0) continue;
    const piece = wanted(context, link);
    if (piece >= 0) return { link, piece };
  }
  return undefined;
};

const send = (to: string | readonly string[], message: Wire): Send<Wire> => ({ type: 'send', to, message });
const about = <E>({ event }: { readonly event: E }): E => event;

export const swimmer = setup({
  types: {
    context: {} as Swimmer,
    input: {} as {
      self: string;
      others: readonly string[];
      isSeed: boolean;
      restored?: { has: number; lives: number };
    },
    events: {} as Heard,
    emitted: {} as Send<Wire>,
  },
  delays: { round: 10 },
  guards: {
    mayAsk: ({ context }) => nextAsk(context) !== undefined,
    isServed: ({ context }, { from, piece }: From<{ piece: number }>) =>
      context.slots.includes(from) && (context.has & bit(piece)) !== 0 && context.queue.length < 8,
    isNew: ({ context }, { piece }: { piece: number }) => (context.has & bit(piece)) === 0,
    hasWork: ({ context }) => context.queue.length > 0,
  },
  actions: {
    greet: emit(({ context }) =>
      send(
        context.links.map((link) => link.peer),
        { type: 'hello', has: context.has },
      ),
    ),
    meet: assign(({ context }, { from, has }: From<{ has: number }>) => ({
      links: linked(context.links, from, (link) => ({ ...link, has, choked: true, asked: -1 })),
    })),
    note: assign(({ context }, { from, piece }: From<{ piece: number }>) => ({
      links: linked(context.links, from, (link) => ({ ...link, has: link.has | bit(piece) })),
    })),
    choked: assign(({ context }, { from, type }: From<{ type: string }>) => ({
      links: linked(context.links, from, (link) => ({ ...link, choked: type === 'choke', asked: -1 })),
    })),
    ask: enqueueActions(({ context, enqueue }) => {
      const next = nextAsk(context);
      if (next === undefined) return;
      const { link, piece } = next;
      enqueue.assign({ links: linked(context.links, link.peer, (one) => ({ ...one, asked: piece })) });
      enqueue.emit(send(link.peer, { type: 'request', piece }));
    }),
    enlist: assign(({ context }, { from, piece }: From<{ piece: number }>) => ({
      queue: [...context.queue, { peer: from, piece }],
    })),
    take: assign(({ context }, { from, piece }: From<{ piece: number }>) => ({
      has: context.has | bit(piece),
      downloaded: context.downloaded + 1,
      links: linked(context.links, from, (link) => ({ ...link, asked: -1 })),
    })),
    tell: emit(({ context }, { piece }: { piece: number }) =>
      send(
        context.links.map((link) => link.peer),
        { type: 'have', piece },
      ),
    ),
    forget: assign(({ context }, { from }: From<object>) => ({
      links: linked(context.links, from, (link) => ({ ...link, asked: -1 })),
    })),
    upload: enqueueActions(({ context, enqueue }) => {
      const [first, ...rest] = context.queue;
      if (first === undefined) return;
      enqueue.assign({ queue: rest, uploaded: context.uploaded + 1 });
      enqueue.emit(send(first.peer, { type: 'piece', piece: first.piece }));
    }),
    rotate: enqueueActions(({ context, enqueue }) => {
      const { links, slots, rounds } = context;
      const count = links.length;
      const next = [links[rounds % count], links[(rounds + 1) % count], links[(rounds + 2) % count]].map(
        (link) => (link as Link).peer,
      );
      const dropped = slots.filter((name) => !next.includes(name));
      const added = next.filter((name) => !slots.includes(name));
      enqueue.assign({
        slots: next,
        rounds: (rounds + 1) % count,
        queue: context.queue.filter((q) => next.includes(q.peer)),
      });
      if (dropped.length > 0) enqueue.emit(send(dropped, { type: 'choke' }));
      if (added.length > 0) enqueue.emit(send(added, { type: 'unchoke' }));
    }),
  },
}).createMachine({
  id: 'swimmer',
  context: ({ input: { self, others, isSeed, restored } }) => ({
    self,
    has: isSeed ? all : (restored?.has ?? 0),
    links: others.map((name): Link => ({ peer: name, has: 0, choked: true, asked: -1 })),
    slots: [],
    queue: [],
    rounds: 0,
    uploaded: 0,
    downloaded: 0,
    isSeed,
    lives: (restored?.lives ?? 0) + 1,
  }),
  initial: 'swimming',
  states: {
    swimming: {
      entry: 'greet',
      on: {
        hello: { actions: { type: 'meet', params: about } },
        have: { actions: { type: 'note', params: about } },
        choke: { actions: { type: 'choked', params: about } },
        unchoke: { actions: { type: 'choked', params: about } },
        request: { guard: { type: 'isServed', params: about }, actions: { type: 'enlist', params: about } },
        piece: [
          {
            guard: { type: 'isNew', params: about },
            actions: [
              { type: 'take', params: about },
              { type: 'tell', params: about },
            ],
          },
          { actions: { type: 'forget', params: about } },
        ],
        ask: { guard: 'mayAsk', actions: 'ask' },
        upload: { guard: 'hasWork', actions: 'upload' },
      },
      initial: 'idle',
      states: { idle: { after: { round: { target: 'idle', reenter: true, actions: 'rotate' } } } },
    },
  },
});

/** Twenty peers, or as many as you like, each linked to the six nearest on a circle. */
export function swarm(count = 20): System {
  const names = Array.from({ length: count }, (_, i) => `p${i}`);
  const near = (i: number) => [1, 2, 3, -1, -2, -3].map((step) => names[(i + step + count) % count] as string);
  const operations: Operation[] = [
    { name: 'ask', by: 'protocol' },
    { name: 'upload', by: 'protocol' },
  ];
  return system({
    name: `a swarm of ${count}`,
    peers: Object.fromEntries(
      names.map((self, i) => [
        self,
        peer(swimmer, { self, others: [...new Set(near(i))], isSeed: i === 0 }, { stable: ['has', 'lives'] }),
      ]),
    ),
    network: 'fifo',
    capacity: 8,
    whenFull: 'drop',
    operations,
    faults: { lose: 20 },
    churn: { crash: { limit: 20, inFlight: 'lost' }, restart: { limit: 20 } },
  }) as unknown as System;
}

const whole = derivePeer(({ has }: Swimmer) => has === all);
const has = derivePeer((context: Swimmer) => context.has);
const inOrder = derivePeer(({ slots, links }: Swimmer) =>
  slots.every((name) => links.some(({ peer }) => peer === name)),
);
const short = derivePeer(({ queue }: Swimmer) => queue.length <= 8);
const honest = derivePeer(({ links }: Swimmer) =>
  links.every(({ asked, has: theirs }) => asked < 0 || (theirs & bit(asked)) !== 0),
);
const counted = derivePeer(({ downloaded }: Swimmer) => downloaded <= pieces);

/** Properties such as a protocol's author would write, all of which hold, or are not decided for a long time. */
export const swarmProperties: readonly Property[] = [
  always('slots are links', (w) => w.names.every((name) => inOrder(w, name) !== false)),
  always('queues are short', (w) => w.names.every((name) => short(w, name) !== false)),
  always('only what a peer has is asked of it', (w) => w.names.every((name) => honest(w, name) !== false)),
  always('nothing is counted twice', (w) => w.names.every((name) => counted(w, name) !== false)),
  always('the seed has everything', (w) => whole(w, 'p0') !== false),
  alwaysStep('what a peer has it keeps', (a, b) =>
    a.names.every((name) => ((has(a, name) ?? 0) & ~(has(b, name) ?? all)) === 0),
  ),
  sometimes('everybody has everything', (w) => w.names.every((name) => whole(w, name) === true)),
  whenQuiet('a seed is up when nothing moves', (w) => w.names.some((name) => whole(w, name) === true)),
] as readonly Property[];
