/**
 * A client outside the ring: one request at a time. It asks whom the ring named; when nobody is there to answer it asks the
 * next one named, who has a copy, and when all are gone it has the ring look again. A put is asked again with the same
 * version until it is acknowledged. So the versions of a key are ordered by who wrote them.
 */
import { assign, emit, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Accepted, Found, Get, Items, Put } from './messages.js';

/** @public */
export interface ClientInput {
  readonly name: string;
  /** What was put and acknowledged before the beginning. */
  readonly stored: Items;
}

/** @public */
export type Request = { readonly kind: 'put' | 'get'; readonly key: string; readonly version: number };

/** @public */
export type ClientContext = {
  readonly name: string;
  /** Every version that was ever put, by key; a version is put once. */
  readonly issued: { readonly [key: string]: readonly number[] };
  /** The newest version that was acknowledged. */
  readonly acked: Items;
  /** What it waits for. */
  readonly request: Request | null;
  /** Whom it asked first, and whom it would ask next. */
  readonly route: readonly string[];
  /** How many of `route` were asked in vain. */
  readonly tried: number;
  /** How many members had failed when the network was last seen whole: not the protocol's, but what is assumed of failures. */
  readonly healed: number;
};

/** Whom to ask: the owner, and for a get those that have copies. @public */
export type ClientEvent =
  | { readonly type: 'put' | 'get'; readonly key: string; readonly route: readonly string[] }
  | { readonly type: 'lookUp'; readonly route: readonly string[] }
  | { readonly type: 'see'; readonly failed: number }
  | From<Accepted>
  | From<Found>;

type Asked = Extract<ClientEvent, { readonly key: string; readonly route: readonly string[] }>;
type Route = Pick<Asked, 'route'>;

const heard = <E>({ event }: { readonly event: E }): E => event;

const newest = (versions: readonly number[] = []): number => Math.max(0, ...versions);

/** @public */
export const client = setup({
  types: {
    context: {} as ClientContext,
    input: {} as ClientInput,
    events: {} as ClientEvent,
    emitted: {} as Send<Put | Get>,
  },
  delays: { patience: 1000 },
  guards: {
    knowsAnother: ({ context: { route, tried } }) => tried + 1 < route.length,
    isAnswer: ({ context: { request } }, { type, key, version }: Accepted | Found) =>
      request?.key === key && (type === 'found' ? request.kind === 'get' : request.version === version),
  },
  actions: {
    write: assign(({ context: { issued } }, { key, route }: Asked) => {
      const version = newest(Object.values(issued).flat()) + 1;
      return {
        issued: { ...issued, [key]: [...(issued[key] ?? []), version] },
        request: { kind: 'put' as const, key, version },
        route,
      };
    }),
    read: assign((_, { key, route }: Asked) => ({ request: { kind: 'get' as const, key, version: 0 }, route })),
    ask: emit(({ context: { name, request, route, tried } }) => {
      const { kind = 'get', key = '', version = 0 } = request ?? {};
      const common = { key, client: name };
      return {
        type: 'send',
        to: route.slice(tried, tried + 1),
        message: kind === 'put' ? { type: 'put', version, ...common } : { type: 'get', copy: tried > 0, ...common },
      };
    }),
    tryNext: assign({ tried: ({ context }) => context.tried + 1 }),
    takeRoute: assign((_, { route }: Route) => ({ route, tried: 0 })),
    note: assign(({ context: { acked } }, { key, version }: Accepted) => ({
      acked: { ...acked, [key]: Math.max(version, acked[key] ?? 0) },
    })),
    rest: assign({ request: null, route: [], tried: 0 }),
    see: assign((_, { failed }: Extract<ClientEvent, { type: 'see' }>) => ({ healed: failed })),
  },
}).createMachine({
  id: 'client of Chord keys',
  context: ({ input: { name, stored } }) => ({
    name,
    issued: Object.fromEntries(Object.entries(stored).map(([key, version]) => [key, [version]])),
    acked: stored,
    request: null,
    route: [],
    tried: 0,
    healed: 0,
  }),
  initial: 'idle',
  on: {
    // Also when it was not expected any more: what is acknowledged is acknowledged.
    accepted: [
      {
        guard: { type: 'isAnswer', params: heard },
        target: '.idle',
        actions: [{ type: 'note', params: heard }, 'rest'],
      },
      { actions: { type: 'note', params: heard } },
    ],
    found: { guard: { type: 'isAnswer', params: heard }, target: '.idle', actions: 'rest' },
    see: { actions: { type: 'see', params: heard } },
  },
  states: {
    idle: {
      on: {
        put: { target: 'asking', actions: { type: 'write', params: heard } },
        get: { target: 'asking', actions: { type: 'read', params: heard } },
      },
    },
    asking: {
      entry: 'ask',
      after: {
        patience: [
          { guard: 'knowsAnother', target: 'asking', reenter: true, actions: 'tryNext' },
          { target: 'lost', actions: { type: 'takeRoute', params: { route: [] } } },
        ],
      },
    },
    lost: { on: { lookUp: { target: 'asking', actions: { type: 'takeRoute', params: heard } } } },
  },
});
