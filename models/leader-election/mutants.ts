/** Wrong siblings of the member, each with the claims that must catch it. */
import { emit } from 'xstate';
import { type Seeded, withStates } from '../mutant.js';
import { member } from './member.js';

/** @public */
export interface ElectionMutant extends Seeded {
  readonly member?: typeof member;
}

const values = { members: 3, order: 'falling' };

/** @public */
export const mutants = {
  'wins-at-once': {
    doc: 'a candidate takes the first candidacy that it hears for its own',
    values,
    kills: {
      'there is never more than one leader': 5,
      'nobody leads but the member with the greatest identifier': 3,
      'when nothing is left to do, one member leads and all others have lost': 4,
      'a member leads only when no candidacy is on its way any more': 3,
      'at stake in the last candidacy': 'never',
    },
    member: member.provide({ guards: { isOwn: () => true } }),
  },
  'smaller-wins': {
    doc: 'a member passes on what is smaller than itself and swallows what is greater',
    values,
    kills: { 'nobody leads but the member with the greatest identifier': 4, 'at stake in the last candidacy': 'never' },
    member: member.provide({
      guards: { isGreater: ({ context, event }) => event.type === 'candidacy' && event.id < context.id },
    }),
  },
  'passes-on-a-blank': {
    doc: 'a member that has lost passes on a candidacy without the identifier that it lost to',
    values,
    kills: {
      'when nothing is left to do, one member leads and all others have lost': 4,
      'somebody leads': 'never',
      'at stake in the last candidacy': 'never',
    },
    member: member.provide({
      actions: {
        passOn: emit(({ context }) => ({ type: 'send', to: context.next, message: { type: 'candidacy', id: 0 } })),
      },
    }),
  },
  'silent-candidate': {
    doc: 'a member that hears of an election started by a smaller one does not stand for it',
    values,
    kills: { 'when nothing is left to do, one member leads and all others have lost': 3 },
    member: withStates(member, {
      idle: {
        on: {
          begin: { target: 'candidate', actions: 'standForElection' },
          candidacy: [{ guard: 'isGreater', target: 'lost', actions: 'passOn' }, { target: 'candidate' }],
        },
      },
    }),
  },
  'passes-everything-on': {
    doc: 'a member passes on smaller candidacies too, and takes itself for beaten by them',
    values,
    kills: {
      'there is never more than one leader': 8,
      'nobody leads but the member with the greatest identifier': 4,
      'when nothing is left to do, one member leads and all others have lost': 8,
      'a member leads only when no candidacy is on its way any more': 6,
    },
    member: member.provide({
      guards: { isGreater: ({ context, event }) => event.type === 'candidacy' && event.id !== context.id },
    }),
  },
} as const satisfies Readonly<Record<string, ElectionMutant>>;

/** @public */
export type Variant = keyof typeof mutants;
