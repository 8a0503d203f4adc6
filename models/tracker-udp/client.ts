/**
 * A client of a UDP tracker: it gets a connection id, uses it for a minute, sends again what is not answered, and takes an answer
 * only by the number of the question that it waits for.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Address, Announce, Answer, ConnectionId, Hash, Question } from './messages.js';

/** @public */
export interface UdpClientInput {
  readonly name: string;
  readonly tracker: string;
  readonly address: Address;
  /** What it asks to be listed at, if it says. */
  readonly ip?: Address | null;
}

/** @public */
export interface UdpClientContext {
  readonly name: string;
  readonly tracker: string;
  readonly address: Address;
  readonly ip: Address | null;
  readonly cid: ConnectionId | null;
  /** Of the last question. */
  readonly tid: number;
  readonly left: 0 | 1;
  /** Whether a completion was not answered yet. */
  readonly owes: boolean;
  /** What it wants to know the counts of; empty unless it does. */
  readonly hashes: readonly Hash[];
  /** By torrent, what it was told. */
  readonly told: { readonly [hash: string]: number };
}

/** @public */
export type UdpClientEvent =
  | From<Answer>
  | { readonly type: 'finish' }
  | { readonly type: 'scrape'; readonly hashes: readonly Hash[] };

const ask = (context: UdpClientContext, message: Question): Send<Question> => ({
  type: 'send',
  to: context.tracker,
  message,
});

/** @public */
export const udpAnnounce = (context: UdpClientContext): Announce => {
  const { address: source, tid, name, left, owes, ip, cid } = context;
  return { type: 'announce', source, tid, cid: cid ?? '', id: name, event: owes ? 'completed' : 'started', left, ip };
};

/** @public */
export const udpClient = setup({
  types: {
    context: {} as UdpClientContext,
    input: {} as UdpClientInput,
    events: {} as UdpClientEvent,
    emitted: {} as Send<Question>,
  },
  delays: { patience: 15_000, minute: 60_000 },
  guards: {
    answersMe: ({ context, event }) => 'tid' in event && event.tid === context.tid,
    answersScrape: ({ context, event }) => 'tid' in event && event.tid === context.tid && context.hashes.length > 0,
    hasConnection: ({ context }) => context.cid !== null,
    isIncomplete: ({ context }) => context.left === 1,
    wantsCounts: ({ context }) => context.hashes.length > 0,
  },
  actions: {
    number: assign({ tid: ({ context }) => context.tid + 1 }),
    askForConnection: emit(({ context }) =>
      ask(context, { type: 'connect', source: context.address, tid: context.tid }),
    ),
    announce: emit(({ context }) => ask(context, udpAnnounce(context))),
    scrape: emit(({ context: { ...context } }) =>
      ask(context, {
        type: 'scrape',
        source: context.address,
        tid: context.tid,
        cid: context.cid ?? '',
        hashes: context.hashes,
      }),
    ),
    takeConnection: assign(({ event }) => (event.type === 'connected' ? { cid: event.cid } : {})),
    dropConnection: assign({ cid: null }),
    confirm: assign({ owes: false }),
    complete: assign({ left: 0, owes: true }),
    want: assign(({ event }) => (event.type === 'scrape' ? { hashes: event.hashes } : {})),
    takeCounts: assign(({ context: { hashes }, event }) =>
      event.type === 'scraped'
        ? { told: Object.fromEntries(hashes.map((hash, at) => [hash, event.counts[at] ?? 0])), hashes: [] }
        : {},
    ),
  },
}).createMachine({
  id: 'UDP client',
  context: ({ input: { name, tracker, address, ip = null } }) => ({
    name,
    tracker,
    address,
    ip,
    cid: null,
    tid: 0,
    left: 1,
    owes: false,
    hashes: [],
    told: {},
  }),
  initial: 'connecting',
  states: {
    connecting: {
      entry: 'askForConnection',
      after: { patience: { target: 'connecting', reenter: true } },
      on: {
        connected: [
          { guard: 'answersScrape', target: 'scraping', actions: ['takeConnection', 'number'] },
          { guard: 'answersMe', target: 'announcing', actions: ['takeConnection', 'number'] },
        ],
      },
    },
    announcing: {
      entry: 'announce',
      after: {
        // An id is of no use after a minute: then it begins again.
        minute: { target: 'connecting', actions: ['dropConnection', 'number'] },
        patience: { target: 'announcing', reenter: true },
      },
      on: {
        announced: { guard: 'answersMe', target: 'resting', actions: 'confirm' },
        error: { guard: 'answersMe', target: 'connecting', actions: ['dropConnection', 'number'] },
      },
    },
    resting: {
      after: { minute: { guard: 'hasConnection', actions: 'dropConnection' } },
      on: {
        finish: [
          {
            guard: ({ context }) => context.left === 1 && context.cid !== null,
            target: 'announcing',
            actions: ['complete', 'number'],
          },
          { guard: 'isIncomplete', target: 'connecting', actions: ['complete', 'number'] },
        ],
        scrape: [
          { guard: 'hasConnection', target: 'scraping', actions: ['want', 'number'] },
          { target: 'connecting', actions: ['want', 'number'] },
        ],
      },
    },
    scraping: {
      entry: 'scrape',
      after: {
        minute: { target: 'connecting', actions: ['dropConnection', 'number'] },
        patience: { target: 'scraping', reenter: true },
      },
      on: {
        scraped: { guard: 'answersMe', target: 'resting', actions: 'takeCounts' },
        error: { guard: 'answersMe', target: 'connecting', actions: ['dropConnection', 'number'] },
      },
    },
  },
});
