/** The compiled step against xstate's own: machines drawn at random, each step judged, on value, context, timers, words, output. */
import { expect, test } from 'vitest';
import { assign, emit, setup } from 'xstate';
import { ChurnproofError, type Peer, peer } from '../../src/kernel/index.js';
import { JudgedPeer } from '../../src/machine/index.js';
import { chance } from '../support/random.js';
import { heardEvents, randomMachine } from '../support/random-machine.js';

const machines = 500;
const steps = 25;

test(`${machines} machines drawn at random`, () => {
  const seen = { compiled: 0, judged: 0, heard: 0, fired: 0, said: 0, over: 0, threw: 0, interpreted: 0 };
  for (let seed = 0; seed < machines; seed++) {
    const dice = chance(seed);
    const machine = randomMachine(dice);
    const judged = new JudgedPeer('one', peer(machine, seed % 7) as unknown as Peer, 1);
    if (judged.notCompiled === undefined) seen.compiled++;
    try {
      let life = judged.start(seed % 7);
      for (let step = 0; step < steps && !life.isOver; step++) {
        const timer = life.timers[dice.below(life.timers.length + 1)];
        const after = timer === undefined ? judged.hear(life, heardEvents(dice)) : judged.fire(life, timer);
        if (timer !== undefined) seen.fired++;
        if (after === undefined) continue;
        seen.heard++;
        seen.said += judged.said.length;
        life = after;
        if (life.isOver) seen.over++;
      }
    } catch (thrown) {
      // Loops without end, and timers that run twice, are xstate's to tell.
      if (!(thrown instanceof ChurnproofError) || thrown.code === 'ENGINE_DEVIATES')
        throw new Error(`seed ${seed}: ${String(thrown)} ${(thrown as ChurnproofError).where}`, { cause: thrown });
      expect(['MACHINE_THREW', 'MACHINE_UNSUPPORTED']).toContain(thrown.code);
      seen.threw++;
    }
    seen.judged += judged.counts.judged;
    seen.interpreted += judged.counts.interpreted;
  }
  expect(seen.compiled).toBeGreaterThan(machines * 0.9);
  expect(seen.judged).toBeGreaterThan(machines * 5);
  expect(seen.heard).toBeGreaterThan(machines * 4);
  expect(seen.fired).toBeGreaterThan(machines / 2);
  expect(seen.said).toBeGreaterThan(machines / 2);
  expect(seen.over).toBeGreaterThan(machines / 60);
  expect(seen.interpreted).toBeLessThan(machines);
});

test('what is not compiled is left to xstate, and says why', () => {
  const machine = setup({ types: { events: {} as { type: 'go' } } }).createMachine({
    type: 'parallel',
    states: { left: { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } }, right: {} },
  });
  const judged = new JudgedPeer('one', peer(machine) as unknown as Peer, 1);
  const life = judged.hear(judged.start(undefined), { type: 'go' });
  expect(judged.notCompiled).toContain('parallel');
  expect(life?.place.value).toEqual({ left: 'b', right: {} });
});

test('a step that needs more than is compiled is left to xstate too', () => {
  const machine = setup({
    types: {
      context: {} as { id: string },
      events: {} as { type: 'go' },
      emitted: {} as { type: 'send'; to: string; message: { type: string } },
    },
  }).createMachine({
    context: { id: '' },
    on: {
      go: {
        actions: [assign({ id: ({ self }) => self.id }), emit({ type: 'send', to: 'a', message: { type: 'hi' } })],
      },
    },
  });
  const judged = new JudgedPeer('one', peer(machine) as unknown as Peer, 0);
  const life = judged.start(undefined);
  expect(judged.hear(life, { type: 'go' })).toBeDefined();
  expect(judged.said).toEqual([{ to: ['a'], message: { type: 'hi' } }]);
  expect(judged.counts.interpreted).toBe(1);
});
