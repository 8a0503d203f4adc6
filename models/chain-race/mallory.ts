/**
 * The adversary as an xstate machine. What it does is not written here: on which chain it mines, with which transaction, when it
 * pays, what it shows to whom and when are moves, so that a search goes through every strategy there is. Here is what binds it:
 * so many blocks before it has paid, so many after.
 */
import { assign, enqueueActions, setup } from 'xstate';
import type { Send } from '../../src/kernel/index.js';
import { blockOf, type Chain, isPrefix, textOf } from './blocks.js';
import type { MineSecretly, Pay, RaceMessage, Release } from './messages.js';
import type { Place } from './rules.js';

/** @public */
export interface Means {
  /** Blocks that it may find before it pays, and keep. */
  readonly lead: number;
  /** Blocks that it may find afterwards. */
  readonly budget: number;
}

/** @public */
export interface MalloryContext {
  readonly at: Place;
  /** The longest chains with blocks of its own, in order. */
  readonly secret: readonly Chain[];
  /** Blocks found: before it has paid, those of the lead; then those of the budget. */
  readonly found: number;
}

/** @public */
export interface MalloryInput {
  readonly at: Place;
}

/** With one more chain; what another one begins with is not told twice. */
const withSecret = (secret: readonly Chain[], chain: Chain): readonly Chain[] =>
  secret.some((other) => isPrefix(chain, other))
    ? secret
    : [...secret.filter((other) => !isPrefix(other, chain)), chain].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

/** @public */
export const mallory = ({ lead, budget }: Means) =>
  setup({
    types: {
      context: {} as MalloryContext,
      input: {} as MalloryInput,
      events: {} as MineSecretly | Pay | Release,
      emitted: {} as Send<RaceMessage>,
    },
    guards: {
      isAhead: ({ context }) => context.found < lead,
      canAfford: ({ context }) => context.found < budget,
    },
    actions: {
      extend: assign(({ context: { at, secret, found } }, { on, spend }: MineSecretly) => ({
        secret: withSecret(secret, [...on, blockOf(at.name, spend)]),
        found: found + 1,
      })),
      pay: enqueueActions(({ context: { at }, enqueue }, { doubled }: Pay) => {
        enqueue.assign({ found: 0 });
        for (const to of at.tells)
          enqueue.emit({
            type: 'send',
            to,
            message: { type: 'tx', spend: doubled.includes(to) ? 'double' : 'payment' },
          });
      }),
      show: enqueueActions(({ enqueue }, { chain, to }: Release) =>
        enqueue.emit({ type: 'send', to, message: { type: 'chain', chain } }),
      ),
    },
  }).createMachine({
    id: 'adversary',
    context: ({ input: { at } }) => ({ at, secret: [], found: 0 }),
    initial: 'before',
    on: { release: { actions: { type: 'show', params: ({ event }) => event } } },
    states: {
      before: {
        on: {
          mine: { guard: 'isAhead', actions: { type: 'extend', params: ({ event }) => event } },
          pay: { target: 'after', actions: { type: 'pay', params: ({ event }) => event } },
        },
      },
      after: {
        on: { mine: { guard: 'canAfford', actions: { type: 'extend', params: ({ event }) => event } } },
      },
    },
  });
