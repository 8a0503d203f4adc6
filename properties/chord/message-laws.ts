/** Laws of the protocol with messages: about waiting for an answer, and about being one's own predecessor. */
import { type Id, nameOf } from '../../models/chord/identifiers.js';
import type { Query } from '../../models/chord/message-member.js';
import type { MessageWorld } from '../../models/chord/message-view.js';
import { inOrder } from '../../models/chord/ring.js';
import { type AnyWorld, derive } from '../../src/kernel/index.js';
import { type Law, law } from '../common/law.js';
import type { Pointers } from './predecessors.js';

/** By identifier: who was asked, and keeps the question until a query of its own has ended. @public */
export type Waits = readonly (Id | null)[];

/** @public */
export const waitsOf: (world: AnyWorld) => Waits = derive((world) => {
  const { names, peers } = world as unknown as MessageWorld;
  return names.map((name) => {
    const { asked = null } = peers[name] ?? {};
    const type = questionIn[String((world as unknown as MessageWorld).state(name))];
    const kept = asked === null || type === undefined ? undefined : peers[nameOf(asked)]?.delayed;
    return kept?.some((query) => query.from === name && query.type === type) ? asked : null;
  });
});

/** By state: the question that was asked, where it can be put off. */
const questionIn: { readonly [state: string]: Query['type'] } = {
  finding: 'getBestPredecessor',
  entering: 'getSuccList',
  stabilizing: 'getPredAndSuccs',
  adopting: 'getSuccList',
};

/** The assumption `always (~ circular_wait)` of Verdi-Chord's proofs. @public */
export const noCircularWait: Law<Waits> = law<Waits, Id>({
  name: 'NoCircularWait',
  says: 'nobody waits for an answer that cannot come before its own',
  when: 'a question that was put off',
  cases: (waits) => waits.flatMap((asked, id) => (asked === null ? [] : [id])),
  holdsFor: (id, waits) => {
    let at = waits[id] ?? null;
    for (let steps = 0; steps < waits.length && at !== null; steps++) {
      if (at === id) return false;
      at = waits[at] ?? null;
    }
    return true;
  },
});

/** `predecessor = me implies successor = me`, a property of Mace's Chord. @public */
export const selfPredecessor: Law<Pointers> = law<Pointers, Id>({
  name: 'SelfPredecessor',
  says: 'who is its own predecessor is its own first successor as well',
  when: 'a member with a predecessor',
  cases: ({ ring, prdc }) => inOrder(ring.members).filter((id) => prdc[id] != null),
  holdsFor: (id, { ring, prdc }) => prdc[id] !== id || ring.lists[id]?.[0] === id,
});
