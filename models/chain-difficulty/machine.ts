/**
 * A chain of headers and the clock. All power there is mines on it, always the same, so a block takes as long as it is difficult;
 * the miners, who are of one mind, write what time they like into it, if the rules let them.
 */
import { assign, setup } from 'xstate';
import { workOf } from '../bitcoin/index.js';
import { type DifficultyRules, extended, type Headers, type Scale } from './rules.js';

/** @public */
export interface DifficultyContext extends Headers {
  /** When the last block was found. */
  readonly now: number;
}

/** @public */
export interface DifficultyInput {
  /** The target of the first block, in compact form. */
  readonly bits: number;
}

/** A block with this time is found. @public */
export type DifficultyEvent = { readonly type: 'mine'; readonly time: number };

/** When the next block is found. @public */
export const foundAt = ({ bits, now }: DifficultyContext, power: number): number =>
  now + Math.ceil(Number(workOf(bits)) / power);

/** @param power hashes, as the model counts them, in one unit of time @public */
export const headerChain = (rules: DifficultyRules, scale: Scale, power: number) =>
  setup({
    types: {
      context: {} as DifficultyContext,
      input: {} as DifficultyInput,
      events: {} as DifficultyEvent,
    },
    guards: {
      isTimely: ({ context, event }) =>
        event.time >= rules.earliest(scale, context) && event.time <= rules.latest(scale, foundAt(context, power)),
    },
    actions: {
      extend: assign(({ context }, { time }: DifficultyEvent) => ({
        ...extended(rules, scale, context, time),
        now: foundAt(context, power),
      })),
    },
  }).createMachine({
    id: 'chain of headers',
    context: ({ input: { bits } }) => ({ height: 0, bits, times: [0], first: 0, now: 0 }),
    on: {
      mine: {
        guard: 'isTimely',
        actions: { type: 'extend', params: ({ event }) => event },
      },
    },
  });
