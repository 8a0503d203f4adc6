/**
 * One node with a ledger as an xstate machine: it takes one block or transaction at a time, and moves its tip block by block, the
 * outputs with it. While it does so it hears nobody, but may be interrupted by a crash after every step.
 */
import { assign, setup } from 'xstate';
import type { BlockId } from '../chain/index.js';
import { flushed, isAtRest, type Judged, judgedBy, received, restarted, stepped } from './activation.js';
import type { TxId } from './ledger.js';
import { submitted } from './pool.js';
import type { LedgerRules } from './rules.js';
import { emptyLedger, type LedgerState, type StoredLedger } from './state.js';
import { ledgerOf } from './worlds.js';

/** @public */
export type LedgerContext = LedgerState & {
  /** The name of the world it lives in, see {@link ledgerOf}. */
  readonly world: string;
};

/** @public */
export interface LedgerInput {
  readonly world: string;
  readonly restored?: StoredLedger & { readonly world: string };
}

/** @public */
export type LedgerEvent =
  | { readonly type: 'block'; readonly block: BlockId }
  | { readonly type: 'submit'; readonly tx: TxId }
  | { readonly type: 'flush' };

/** Fields that a crash does not destroy. @public */
export const stored = [
  'world',
  'status',
  'flushed',
  'mended',
  'undo',
  'disk',
] as const satisfies readonly (keyof LedgerContext)[];

/** `each`: tip and outputs are on disk at every step. `lazy`: when somebody says `flush`. @public */
export type Flushing = 'each' | 'lazy';

const about = <E>({ event }: { readonly event: E }): E => event;

/** A node that goes by these rules. @public */
export function ledgerNode(rules: LedgerRules, flushing: Flushing) {
  const judged = new Map<string, Judged>();
  /** What it thinks of the blocks of its world does not change. */
  const worldOf = (name: string): Judged => {
    const known = judged.get(name) ?? judgedBy(rules, ledgerOf(name));
    judged.set(name, known);
    return known;
  };
  const written = (state: LedgerState): LedgerState => (flushing === 'each' ? flushed(rules, state) : state);

  return setup({
    types: { context: {} as LedgerContext, input: {} as LedgerInput, events: {} as LedgerEvent },
    delays: { step: 0 },
    guards: {
      isAtRest: ({ context }) => isAtRest(rules, worldOf(context.world), context),
      isBehind: ({ context }) => context.flushed !== context.tip,
    },
    actions: {
      receive: assign(({ context }, { block }: { readonly block: BlockId }) =>
        received(rules, worldOf(context.world), context, block),
      ),
      submit: assign(({ context }, { tx }: { readonly tx: TxId }) =>
        submitted(rules, ledgerOf(context.world), context, tx),
      ),
      step: assign(({ context }) => written(stepped(rules, worldOf(context.world), context))),
      flush: assign(({ context }) => flushed(rules, context)),
    },
  }).createMachine({
    id: 'node with a ledger',
    context: ({ input: { world, restored } }) => {
      const name = restored?.world ?? world;
      const state = restored === undefined ? emptyLedger(ledgerOf(name)) : restarted(rules, worldOf(name), restored);
      return { ...state, world: name };
    },
    initial: 'recovering',
    states: {
      recovering: {
        always: { guard: 'isAtRest', target: 'idle' },
        on: { flush: { guard: 'isBehind', actions: 'flush' } },
        after: { step: { target: 'recovering', reenter: true, actions: 'step' } },
      },
      idle: {
        on: {
          block: { target: 'activating', actions: { type: 'receive', params: about } },
          submit: { actions: { type: 'submit', params: about } },
          flush: { guard: 'isBehind', actions: 'flush' },
        },
      },
      activating: {
        always: { guard: 'isAtRest', target: 'idle' },
        on: { flush: { guard: 'isBehind', actions: 'flush' } },
        after: { step: { target: 'activating', reenter: true, actions: 'step' } },
      },
    },
  });
}
