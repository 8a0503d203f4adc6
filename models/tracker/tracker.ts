/**
 * The tracker of one torrent as an xstate machine around its table. Where there is nothing to choose it answers at once; where
 * more peers could be handed out than may be, the announce waits until somebody outside has drawn a list (`answer`): chance is
 * a move, not the machine's. Time is its own `sweep`: who was not heard from between two of them is forgotten.
 */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { Announce, AnnounceEvent, Endpoint, Failure, Reply } from './messages.js';
import {
  type Asker,
  announced,
  type Counts,
  emptyTable,
  soundRules,
  type Table,
  type TrackerPolicy,
  type TrackerRules,
} from './table.js';

/** @public */
export interface TrackerInput {
  /** Whence the messages of a peer come, as the tracker sees it; default: its name. */
  readonly addresses?: { readonly [name: string]: string };
  /** Peers in one reply, at most, whatever a client wants. Default 50. */
  readonly cap?: number;
  /** Milliseconds between two sweeps; default 20 minutes. At least an interval, the delay of a message and a retry. */
  readonly sweep?: number;
}

/** An announce that was taken down and waits for its list of peers. @public */
export interface Pending {
  /** Whom to answer. */
  readonly to: string;
  readonly event: AnnounceEvent;
  readonly asker: Asker;
  readonly size: number;
}

/** @public */
export interface TrackerContext extends Table {
  readonly addresses: { readonly [name: string]: string };
  readonly cap: number;
  readonly sweep: number;
  /** At most one for each client and event. */
  readonly pending: readonly Pending[];
}

/** @public */
export type TrackerEvent =
  | From<Announce>
  | {
      readonly type: 'answer';
      readonly to: string;
      readonly event: AnnounceEvent;
      readonly peers: readonly Endpoint[];
    };

/** A tracker that goes by these rules. @public */
export function trackerOf(policy: TrackerPolicy, variation: Partial<TrackerRules> = {}) {
  const rules: TrackerRules = { ...soundRules(policy), ...variation };

  return setup({
    types: {
      context: {} as TrackerContext,
      input: {} as TrackerInput,
      events: {} as TrackerEvent,
      emitted: {} as Send<Reply | Failure>,
    },
    delays: { sweep: ({ context }) => context.sweep },
    actions: {
      take: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== 'announce') return;
        const { from: to, event: why, port, left, numwant } = event;
        const at = endpointOf(context, to, port);
        const key = rules.keyOf(event, at);
        const known = context.entries.find((entry) => entry.key === key);
        if (!rules.admits(event, known)) {
          const reason = known === undefined && port > 0 ? 'unknown peer' : 'bad port';
          enqueue.emit({ type: 'send', to, message: { type: 'failure', event: why, reason } });
          return;
        }
        const table = announced(rules, context, event, at, policy.remembers);
        enqueue.assign(table);
        const asker: Asker = { key, at, seed: left === 0 };
        const size = Math.min(numwant, context.cap);
        // No more than two are looked at: of many peers there would be more lists than can ever be made.
        const [only, another] = listsFor(rules, table, size, asker);
        if (only !== undefined && another === undefined)
          enqueue.emit(replyTo(to, why, rules.counted(table.entries, asker), only));
        else enqueue.assign({ pending: added(context.pending, { to, event: why, asker, size }) });
      }),
      answer: enqueueActions(({ context, event, enqueue }) => {
        if (event.type !== 'answer') return;
        const { to, event: why, peers } = event;
        enqueue.assign({ pending: context.pending.filter((one) => one.to !== to || one.event !== why) });
        const asker = context.pending.find((one) => one.to === to && one.event === why)?.asker;
        if (asker !== undefined) enqueue.emit(replyTo(to, why, rules.counted(context.entries, asker), peers));
      }),
      sweep: enqueueActions(({ context, enqueue }) => {
        enqueue.assign({ entries: rules.swept(context.entries) });
      }),
    },
  }).createMachine({
    id: 'tracker',
    context: ({ input: { addresses = {}, cap = 50, sweep = 1_200_000 } }) => ({
      ...emptyTable,
      addresses,
      cap,
      sweep,
      pending: [],
    }),
    initial: 'serving',
    on: { announce: { actions: 'take' }, answer: { actions: 'answer' } },
    states: { serving: { after: { sweep: { target: 'serving', reenter: true, actions: 'sweep' } } } },
  });
}

/** Where the tracker takes a client to listen: the address it sees, and the port it is told. @public */
export const endpointOf = ({ addresses }: Pick<TrackerContext, 'addresses'>, name: string, port: number): Endpoint =>
  `${addresses[name] ?? name}:${port}`;

/** Every list of peers that chance may give to this one, each when it is asked for. @public */
export const listsFor = (
  rules: Pick<TrackerRules, 'candidates' | 'samples'>,
  { entries }: Pick<Table, 'entries'>,
  size: number,
  asker: Asker,
): Iterable<readonly Endpoint[]> => rules.samples(rules.candidates(entries, asker), size);

const replyTo = (to: string, event: AnnounceEvent, counts: Counts, peers: readonly Endpoint[]): Send<Reply> => ({
  type: 'send',
  to,
  message: { type: 'reply', event, ...counts, peers },
});

/** A second announce of the same kind, sent because the first seemed lost, is answered with it. */
const added = (pending: readonly Pending[], newcomer: Pending): readonly Pending[] =>
  [...pending.filter(({ to, event }) => to !== newcomer.to || event !== newcomer.event), newcomer].sort((a, b) =>
    `${a.to} ${a.event}` < `${b.to} ${b.event}` ? -1 : 1,
  );
