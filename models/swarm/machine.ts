/**
 * A peer: one machine for all its connections. What it does with a message or a move is decided by the pure functions beside this
 * file; here is who calls which.
 */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { isSeed, rechoked } from './choker.js';
import { called, closed, cutOff, introduced, offered, shakenHands } from './connection.js';
import { none } from './half.js';
import type { Wire } from './messages.js';
import { type PeerContext, type Saying, type Setting, type Stepped, silent, withHalf } from './state.js';
import { asked, cancelled, gained, givenUp, type Logic, received, requested, served } from './transfer.js';

/** @public */
export interface PeerInput extends Partial<PeerContext> {}

/** What may be asked of a peer: places are those of its neighbours. @public */
export type PeerMove =
  | { readonly type: 'ask'; readonly at: number; readonly block: number }
  | { readonly type: 'serve' | 'notice'; readonly at: number }
  | { readonly type: 'giveUp'; readonly at: number; readonly cancels: boolean }
  | { readonly type: 'rechoke'; readonly unchoked: number }
  | { readonly type: 'gain'; readonly piece: number }
  | { readonly type: 'corrupt' }
  | { readonly type: 'join'; readonly to: readonly number[] };

/** @public */
export type PeerEvent = PeerMove | From<Wire>;

/** A message from the neighbour at a place. @public */
export function heard(logic: Logic, peer: PeerContext, at: number, message: Wire): Stepped {
  const { rules, setting } = logic;
  if (message.type === 'handshake') return shakenHands(peer, at);
  const half = peer.halves[at];
  if (half == null || half.calling) return silent(peer);
  switch (message.type) {
    case 'bitfield':
      return introduced(rules, setting, peer, at, message.has);
    case 'have':
      return offered(rules, setting, peer, at, 1 << message.piece);
    case 'interested': {
      const opens = setting.choking === 'open' && half.choking;
      const after = withHalf(peer, at, { ...half, wanted: true, choking: half.choking && !opens });
      return { peer: after, says: opens ? [[at, { type: 'unchoke' }]] : [] };
    }
    case 'notInterested':
      return silent(withHalf(peer, at, { ...half, wanted: false }));
    case 'choke':
      return silent(withHalf(peer, at, { ...half, choked: true, out: rules.returnsBlocks ? none : half.out }));
    case 'unchoke':
      return silent(withHalf(peer, at, { ...half, choked: false }));
    case 'request':
      return asked(rules, setting, peer, at, message);
    case 'piece':
      return received(logic, peer, at, message);
    case 'cancel':
      return silent(cancelled(setting, peer, at, message));
    case 'close':
      return silent(cutOff(peer, at, rules.forgetsGone));
  }
}

/** What a peer does of its own accord, or is asked to. @public */
export function moved({ rules, setting }: Logic, peer: PeerContext, move: PeerMove): Stepped {
  switch (move.type) {
    case 'ask':
      return requested(rules, setting, peer, move.at, move.block);
    case 'serve':
      return served(setting, peer, move.at);
    case 'giveUp':
      return givenUp(setting, peer, move.at, move.cancels);
    case 'notice':
      return silent(cutOff(peer, move.at, rules.forgetsGone));
    case 'rechoke':
      if (rules.ranksNothing === 'crash' && isSeed(peer, setting) && move.unchoked === 0) return crashed(rules, peer);
      return rechoked(rules, setting, peer, { unchoked: move.unchoked, optimistic: null });
    case 'gain':
      return gained(rules, setting, peer, move.piece);
    case 'corrupt':
      return silent({ ...peer, bad: !peer.bad });
    // Whatever connections there were at the beginning are not those of one who comes later.
    case 'join':
      return move.to.reduce<Stepped>(
        (sofar, at) => {
          const next = called(sofar.peer, at);
          return { peer: next.peer, says: [...sofar.says, ...next.says] };
        },
        silent({ ...blank(setting), have: peer.have }),
      );
  }
}

/** What an exception comes to: every connection is gone. */
const crashed = (rules: Logic['rules'], peer: PeerContext): Stepped =>
  peer.halves.reduce<Stepped>((sofar, half, at) => {
    if (half === null) return sofar;
    const next = closed(rules, sofar.peer, at);
    return { peer: next.peer, says: [...sofar.says, ...next.says] };
  }, silent(peer));

/** A peer that knows nobody and has nothing. @public */
export const blank = ({ neighbours, pieces }: Pick<Setting, 'neighbours' | 'pieces'>): PeerContext => ({
  have: 0,
  spoiled: 0,
  partials: [],
  halves: neighbours.map(() => null),
  availability: Array.from({ length: pieces }, () => 0),
  banned: 0,
  suspects: 0,
  turn: 0,
  bad: false,
});

/** @public */
export function swarmPeer(logic: Logic) {
  const { neighbours } = logic.setting;
  const places = new Map(neighbours.map((name, at) => [name, at]));
  const envelope = ([at, message]: Saying): Send<Wire> => ({ type: 'send', to: neighbours[at] as string, message });

  return setup({
    types: {
      context: {} as PeerContext,
      input: {} as PeerInput,
      events: {} as PeerEvent,
      emitted: {} as Send<Wire>,
    },
    guards: {
      isNeighbour: ({ event }) => 'from' in event && places.has(event.from),
    },
    actions: {
      call: enqueueActions(({ context, enqueue }) => {
        for (const [at, half] of context.halves.entries())
          if (half?.calling) enqueue.emit(envelope([at, { type: 'handshake' }]));
      }),
      hear: enqueueActions(({ context, enqueue }, message: From<Wire>) => {
        const { peer, says } = heard(logic, context, places.get(message.from) as number, message);
        if (peer !== context) enqueue.assign(peer);
        for (const saying of says) enqueue.emit(envelope(saying));
      }),
      move: enqueueActions(({ context, enqueue }, move: PeerMove) => {
        const { peer, says } = moved(logic, context, move);
        if (peer !== context) enqueue.assign(peer);
        for (const saying of says) enqueue.emit(envelope(saying));
      }),
    },
  }).createMachine({
    id: 'peer of a swarm',
    context: ({ input }) => ({ ...blank(logic.setting), ...input }),
    initial: 'sharing',
    states: {
      sharing: {
        entry: 'call',
        on: {
          ...onEach<From<Wire>>(
            [
              'handshake',
              'bitfield',
              'have',
              'interested',
              'notInterested',
              'choke',
              'unchoke',
              'request',
              'piece',
              'cancel',
              'close',
            ],
            'hear',
          ),
          ...onEach<PeerMove>(['ask', 'serve', 'giveUp', 'notice', 'rechoke', 'gain', 'corrupt', 'join'], 'move'),
        },
      },
    },
  });
}

/** The same transition for each of these events. */
const onEach = <E extends { readonly type: string }>(types: readonly E['type'][], action: 'hear' | 'move') =>
  Object.fromEntries(
    types.map((type) => [
      type,
      { actions: { type: action, params: ({ event }: { event: PeerEvent }) => event as never } },
    ]),
  );
