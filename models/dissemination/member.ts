/**
 * One member of the swarm in rounds: it sends at most one piece a round, of those that it held when the round began, and receives at
 * most one. What it receives it holds from the next round on.
 */
import { assign, enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { PieceMessage, RoundMessage, SentMessage } from './messages.js';

/** What a link was used for in this round: a piece that came, by number, or not at all. @public */
export const unused = -1;

/** In half duplex: it was used for sending. @public */
export const usedUp = -2;

/** @public */
export interface MemberInput {
  readonly place: number;
  /** A bit a piece. */
  readonly held: number;
  readonly duplex: 'full' | 'half';
}

/** @public */
export type MemberContext = {
  readonly place: number;
  /** Pieces held when the round began, a bit each. */
  readonly held: number;
  readonly got: number;
  readonly duplex: 'full' | 'half';
};

/** @public */
export type SendPiece = { readonly type: 'send'; readonly piece: number; readonly to: string };

/** @public */
export type MemberEvent = SendPiece | From<PieceMessage> | From<RoundMessage>;

const heard = <E>({ event }: { readonly event: E }): E => event;

/** @public */
export const member = setup({
  types: {
    context: {} as MemberContext,
    input: {} as MemberInput,
    events: {} as MemberEvent,
    emitted: {} as Send<PieceMessage | SentMessage>,
  },
  actions: {
    send: enqueueActions(({ context: { place, duplex }, enqueue }, { piece, to }: SendPiece) => {
      if (duplex === 'half') enqueue.assign({ got: usedUp });
      enqueue.emit({ type: 'send', to, message: { type: 'piece', piece } });
      enqueue.emit({ type: 'send', to: 'clock', message: { type: 'sent', by: place } });
    }),
    receive: assign((_, { piece }: PieceMessage) => ({ got: piece })),
    keep: assign(({ context: { held, got } }) => ({ held: got < 0 ? held : held | (1 << got), got: unused })),
  },
}).createMachine({
  id: 'member of a swarm in rounds',
  context: ({ input: { place, held, duplex } }) => ({ place, held, got: unused, duplex }),
  on: {
    send: { actions: { type: 'send', params: heard } },
    piece: { actions: { type: 'receive', params: heard } },
    round: { actions: 'keep' },
  },
});
