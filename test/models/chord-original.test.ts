/** One member of the original Chord, operation by operation, as the table of its operations has it. */
import { describe, expect, test } from 'vitest';
import { createActor, getInitialSnapshot, transition } from 'xstate';
import { type OriginalContext, type OriginalEvent, originalMember, unrepaired } from '../../models/chord/index.js';
import { notified } from '../support/chord-story.js';

const fresh = getInitialSnapshot(originalMember, { id: 3 });

const base: OriginalContext = { id: 3, succ: 5, succ2: null, prdc: null };

/** The pointers after an event, and whom it notified; `refused` when the machine has no transition for it. */
function outcome(context: Partial<OriginalContext>, event: OriginalEvent, machine = originalMember) {
  const before = machine.resolveState({ value: 'member', context: { ...base, ...context } });
  if (!before.can(event)) return 'refused';
  const [{ context: next }, actions] = transition(machine, before, event);
  return [next.succ, next.succ2, next.prdc, ...notified(actions)];
}

describe('joining', () => {
  const join = { type: 'join', via: 1, succ: 5, succIsLive: true } as const;

  test('takes the successor of the member that it asked, and nothing else', () => {
    const [next] = transition(originalMember, fresh, join);
    expect([next.value, next.context]).toEqual(['member', base]);
  });

  test('is refused elsewhere than between that member and its successor', () => {
    expect(fresh.can({ ...join, via: 4 })).toBe(false);
    expect(fresh.can({ ...join, succ: 3 })).toBe(false);
    expect(fresh.can({ ...join, via: 1, succ: 1 })).toBe(true);
  });

  test('is refused onto a dead successor only by the repair', () => {
    expect(fresh.can({ ...join, succIsLive: false })).toBe(false);
    const unwary = unrepaired({ join: true, stabilize: false });
    expect(getInitialSnapshot(unwary, { id: 3 }).can({ ...join, succIsLive: false })).toBe(true);
  });

  test('is not for a founder, who is its own successor', () => {
    const founder = getInitialSnapshot(originalMember, { id: 0, founder: true });
    expect([founder.value, founder.context]).toEqual(['member', { id: 0, succ: 0, succ2: null, prdc: null }]);
    expect(founder.can({ ...join, via: 1, succ: 1 })).toBe(false);
  });
});

describe('stabilizing', () => {
  const told = (prdc: number | null, prdcIsLive = true) => ({ type: 'stabilize', prdc, prdcIsLive }) as const;

  test('adopts a closer successor and notifies that one', () => {
    expect(outcome({ succ2: 6 }, told(4))).toEqual([4, 6, null, '4']);
  });

  test('notifies the old one when there is none closer, and when nothing changes at all', () => {
    expect(outcome({}, told(null))).toEqual([5, null, null, '5']);
    expect(outcome({}, told(3))).toEqual([5, null, null, '5']);
    expect(outcome({ succ: 3 }, told(3))).toEqual([3, null, null, '3']);
  });

  test('only skips the adoption of a dead one, and not even that without the repair', () => {
    expect(outcome({}, told(4, false))).toEqual([5, null, null, '5']);
    expect(outcome({}, told(4, false), unrepaired({ join: false, stabilize: true }))).toEqual([4, null, null, '4']);
  });
});

test('being notified changes the predecessor to a closer one', () => {
  const notify = { type: 'notify', id: 2, from: '2' } as const;
  expect(outcome({}, notify)).toEqual([5, null, 2]);
  expect(outcome({ prdc: 1 }, notify)).toEqual([5, null, 2]);
  expect(outcome({ prdc: 2 }, notify)).toBe('refused');
  expect(outcome({ prdc: 3 }, notify)).toEqual([5, null, 2]);
});

test('flush and update need something to give up, or to fall back on', () => {
  expect(outcome({ prdc: 1 }, { type: 'flush' })).toEqual([5, null, null]);
  expect(outcome({}, { type: 'flush' })).toBe('refused');
  expect(outcome({ succ2: 6 }, { type: 'update' })).toEqual([6, null, null]);
  expect(outcome({}, { type: 'update' })).toBe('refused');
});

test('reconciling takes what is new and not the first entry again, unless alone', () => {
  const told = (succ: number) => ({ type: 'reconcile', succ }) as const;
  expect(outcome({}, told(6))).toEqual([5, 6, null]);
  expect(outcome({ succ2: 6 }, told(6))).toBe('refused');
  expect(outcome({ succ2: 6 }, told(5))).toBe('refused');
  expect(outcome({ succ: 3 }, told(3))).toEqual([3, 3, null]);
  expect(outcome({}, told(3))).toEqual([5, 3, null]);
});

test('runs as it is under createActor', () => {
  const said: unknown[] = [];
  const actor = createActor(originalMember, { input: { id: 3 } });
  actor.on('send', (sent) => said.push(sent));
  actor.start();
  actor.send({ type: 'join', via: 1, succ: 5, succIsLive: true });
  actor.send({ type: 'stabilize', prdc: 4, prdcIsLive: true });
  expect(actor.getSnapshot().context.succ).toBe(4);
  expect(said).toEqual([{ type: 'send', to: '4', message: { type: 'notify', id: 3 } }]);
});
