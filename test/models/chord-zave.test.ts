/** One member of the corrected Chord, operation by operation; and a handful of them, run to an ideal ring without a checker. */
import { describe, expect, test } from 'vitest';
import { type Actor, createActor, getInitialSnapshot, transition } from 'xstate';
import { between, chordZave, type ZaveContext, type ZaveEvent, zaveMember } from '../../models/chord/index.js';
import { always } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { notified } from '../support/chord-story.js';

type Value = 'outside' | 'idle' | 'stabilizing' | 'rectifying';

const n = 8;
const base: ZaveContext = { id: 3, n, list: [5, 7], prdc: 1, saved: null };

/** State, list, predecessor and saved peer after an event, and whom it notified; `refused` without a transition. */
function outcome(value: Value, context: Partial<ZaveContext>, event: ZaveEvent) {
  const before = zaveMember.resolveState({ value, context: { ...base, ...context } });
  if (!before.can(event)) return 'refused';
  const [next, actions] = transition(zaveMember, before, event);
  const { list, prdc, saved } = next.context;
  return [next.value, list, prdc, saved, ...notified(actions)];
}

describe('joining', () => {
  const outside = getInitialSnapshot(zaveMember, { id: 3, n });

  test('takes the whole list of the member that it asked, and that member for predecessor', () => {
    const [next] = transition(zaveMember, outside, { type: 'join', via: 1, list: [5, 7] });
    expect([next.value, next.context]).toEqual(['idle', base]);
  });

  test('is refused elsewhere than between that member and its first successor', () => {
    expect(outside.can({ type: 'join', via: 1, list: [2, 5] })).toBe(false);
    expect(outside.can({ type: 'join', via: 2, list: [3, 5] })).toBe(false);
  });

  test('comes before being notified', () => {
    const [next] = transition(zaveMember, outside, { type: 'notify', id: 2, from: '2' });
    expect([next.value, next.context.saved]).toEqual(['outside', null]);
  });
});

describe('the first step of stabilizing', () => {
  const step = (list: readonly number[], prdc: number): ZaveEvent => ({
    type: 'stabilizeFromSuccessor',
    answer: { list, prdc },
  });
  const silence: ZaveEvent = { type: 'stabilizeFromSuccessor', answer: null };

  test('takes the successor’s list, and ends with a notification', () => {
    expect(outcome('idle', {}, step([6], 3))).toEqual(['idle', [5, 6], 1, null, '5']);
    expect(outcome('idle', {}, step([6], 2))).toEqual(['idle', [5, 6], 1, null, '5']);
  });

  test('goes on to the successor’s predecessor where that is closer, and notifies nobody yet', () => {
    expect(outcome('idle', {}, step([6], 4))).toEqual(['stabilizing', [5, 6], 1, 4]);
  });

  test('drops a dead successor, puts the identifier after the last at the end, and notifies the next', () => {
    expect(outcome('idle', { list: [5, 6] }, silence)).toEqual(['idle', [6, 7], 1, null, '6']);
    expect(outcome('idle', {}, silence)).toEqual(['idle', [7, 0], 1, null, '7']);
  });

  test('is not for a member within an operation', () => {
    expect(outcome('stabilizing', { saved: 4 }, silence)).toBe('refused');
    expect(outcome('rectifying', { saved: 2 }, silence)).toBe('refused');
  });
});

describe('the second step of stabilizing', () => {
  test('takes the list of the saved peer, and notifies it', () => {
    expect(outcome('stabilizing', { saved: 4 }, { type: 'stabilizeFromPredecessor', answer: { list: [5] } })).toEqual([
      ...['idle', [4, 5], 1, null],
      '4',
    ]);
  });

  test('stays with the successor when the saved peer is dead', () => {
    expect(outcome('stabilizing', { saved: 4 }, { type: 'stabilizeFromPredecessor', answer: null })).toEqual([
      ...['idle', [5, 7], 1, null],
      '5',
    ]);
  });
});

describe('being notified', () => {
  test.each(['idle', 'stabilizing', 'rectifying'] as const)('overrides %s', (value) => {
    const notify = { type: 'notify', id: 2, from: '2' } as const;
    expect(outcome(value, { saved: value === 'idle' ? null : 4 }, notify)).toEqual(['rectifying', [5, 7], 1, 2]);
  });

  test('leads to a closer predecessor, whether or not the old one lives', () => {
    for (const prdcIsLive of [true, false])
      expect(outcome('rectifying', { saved: 2 }, { type: 'rectify', prdcIsLive })).toEqual(['idle', [5, 7], 2, null]);
  });

  test('leads to one farther away only when the old one is dead', () => {
    const rectify = (prdcIsLive: boolean) => outcome('rectifying', { saved: 0 }, { type: 'rectify', prdcIsLive });
    expect(rectify(true)).toEqual(['idle', [5, 7], 1, null]);
    expect(rectify(false)).toEqual(['idle', [5, 7], 0, null]);
  });
});

describe('in every reachable state', () => {
  const report = check(chordZave({ n: 5, r: 2, rejoin: false }), [
    always('a member has somebody saved exactly while it is within an operation', (world) =>
      world.names.every((name) => (world.peers[name]?.saved ?? null) === null || world.state(name) !== 'idle'),
    ),
    always('a member that is within an operation has somebody saved', (world) =>
      world.names.every(
        (name) => !world.isUp(name) || world.state(name) === 'idle' || world.peers[name]?.saved != null,
      ),
    ),
    // The precondition of StabilizeFromPredecessor, which the machine therefore need not ask again.
    always('who is saved for the second step is closer than the successor', (world) =>
      world.names.every((name) => {
        const { id = 0, saved = null, list = [] } = world.peers[name] ?? {};
        return saved === null || world.state(name) !== 'stabilizing' || between(id, saved, list[0] ?? id);
      }),
    ),
  ]);

  test.each(report.findings)('$property', ({ verdict }) => expect(verdict).toBe('holds'));
});

test('members joined by createActor and plain function calls become an ideal ring', () => {
  const ids = [0, 2, 3, 5, 7, 6];
  const ring = [0, 3, 5];
  const actors = new Map<number, Actor<typeof zaveMember>>();
  const ask = (id: number) => actors.get(id)?.getSnapshot().context;
  for (const id of ids) {
    const at = ring.indexOf(id);
    const place = { list: [ring[(at + 1) % 3] ?? 0, ring[(at + 2) % 3] ?? 0], prdc: ring[(at + 2) % 3] ?? 0 };
    const actor = createActor(zaveMember, { input: at < 0 ? { id, n } : { id, n, ...place } });
    actor.on('send', ({ to, message }) => actors.get(Number(to))?.send({ ...message, from: String(id) }));
    actors.set(id, actor);
    actor.start();
    // Whoever may be asked: the machine refuses all but the member that it belongs after.
    for (const via of ids.slice(0, ids.indexOf(id))) actor.send({ type: 'join', via, list: ask(via)?.list ?? [] });
  }
  const rectifyAll = () => {
    for (const [, actor] of actors)
      actor.send({ type: 'rectify', prdcIsLive: actors.has(actor.getSnapshot().context.prdc) });
  };
  const answerOf = (id: number | null = null) => {
    const asked = id === null ? undefined : ask(id);
    return asked ? { list: asked.list.slice(0, -1), prdc: asked.prdc } : null;
  };
  for (let rounds = 0; rounds < 20; rounds++) {
    for (const [, actor] of actors) {
      const my = () => actor.getSnapshot().context;
      actor.send({ type: 'stabilizeFromSuccessor', answer: answerOf(my().list[0]) });
      actor.send({ type: 'stabilizeFromPredecessor', answer: answerOf(my().saved) });
      rectifyAll();
    }
  }
  const sorted = [...ids].sort();
  expect(sorted.map((id) => ask(id)?.list)).toEqual([
    [2, 3],
    [3, 5],
    [5, 6],
    [6, 7],
    [7, 0],
    [0, 2],
  ]);
  expect(sorted.map((id) => ask(id)?.prdc)).toEqual([7, 0, 2, 3, 5, 6]);
});
