/**
 * The baseline: two-phase commit as one ordinary xstate machine whose context is the global state, explored by xstate's own
 * `xstate/graph`. The same reachable states as the system of `models/two-phase-commit`, which the bench checks by counting.
 */
import { assign, setup } from 'xstate';
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph';

interface Whole {
  readonly rms: readonly ('working' | 'prepared' | 'committed' | 'aborted')[];
  readonly tm: 'init' | 'committed' | 'aborted';
  /** Participants that the transaction manager has heard, and that have said they are prepared: one bit each. */
  readonly heard: number;
  readonly said: number;
}

type Event =
  | { readonly type: 'prepare' | 'refuse' | 'hear' | 'hearCommit' | 'hearAbort'; readonly rm: number }
  | { readonly type: 'decideCommit' | 'decideAbort' };

const everybody = (rms: number): number => (1 << rms) - 1;

/** @internal */
const wholeSystem = (count: number) =>
  setup({
    types: { context: {} as Whole, events: {} as Event },
    guards: {
      isWorking: ({ context, event }) => 'rm' in event && context.rms[event.rm] === 'working',
      hasSaid: ({ context, event }) => 'rm' in event && context.tm === 'init' && ((context.said >> event.rm) & 1) === 1,
      mayCommit: ({ context }) => context.tm === 'init' && context.heard === everybody(count),
      mayAbort: ({ context }) => context.tm === 'init',
      isCommitted: ({ context }) => context.tm === 'committed',
      isAborted: ({ context }) => context.tm === 'aborted',
    },
    actions: {
      become: assign(({ context, event }, state: Whole['rms'][number]) =>
        'rm' in event ? { rms: context.rms.map((old, i) => (i === event.rm ? state : old)) } : {},
      ),
      say: assign(({ context, event }) => ('rm' in event ? { said: context.said | (1 << event.rm) } : {})),
      hear: assign(({ context, event }) => ('rm' in event ? { heard: context.heard | (1 << event.rm) } : {})),
      decide: assign((_, tm: Whole['tm']) => ({ tm })),
    },
  }).createMachine({
    context: { rms: Array.from({ length: count }, () => 'working' as const), tm: 'init', heard: 0, said: 0 },
    on: {
      prepare: { guard: 'isWorking', actions: [{ type: 'become', params: 'prepared' }, 'say'] },
      refuse: { guard: 'isWorking', actions: { type: 'become', params: 'aborted' } },
      hear: { guard: 'hasSaid', actions: 'hear' },
      decideCommit: { guard: 'mayCommit', actions: { type: 'decide', params: 'committed' } },
      decideAbort: { guard: 'mayAbort', actions: { type: 'decide', params: 'aborted' } },
      hearCommit: { guard: 'isCommitted', actions: { type: 'become', params: 'committed' } },
      hearAbort: { guard: 'isAborted', actions: { type: 'become', params: 'aborted' } },
    },
  });

const events = (count: number): Event[] => [
  { type: 'decideCommit' },
  { type: 'decideAbort' },
  ...(['prepare', 'refuse', 'hear', 'hearCommit', 'hearAbort'] as const).flatMap((type) =>
    Array.from({ length: count }, (_, rm) => ({ type, rm })),
  ),
];

/** Explores by `getAdjacencyMap`; returns the number of states. @internal */
export const byAdjacencyMap = (rms: number): number =>
  Object.keys(getAdjacencyMap(wholeSystem(rms), { events: events(rms), limit: 1e9 })).length;

/** Explores by `getShortestPaths`; returns the number of states. @internal */
export const byShortestPaths = (rms: number): number =>
  getShortestPaths(wholeSystem(rms), { events: events(rms), limit: 1e9 }).length;
