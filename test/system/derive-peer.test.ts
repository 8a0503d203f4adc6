/** What is derived from one peer: the same as read directly, with every read noted, and nothing of a peer that is down. */
import { expect, test } from 'vitest';
import { assign, setup } from 'xstate';
import { always, alwaysStep, derivePeer, Moves, peer, system, type World } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';
import { compose } from '../../src/system/index.js';

const counter = setup({ types: { context: {} as { n: number } } }).createMachine({
  context: { n: 0 },
  on: {
    add: { guard: ({ context }) => context.n < 3, actions: assign({ n: ({ context }) => context.n + 1 }) },
  },
});

const counters = system({
  name: 'counters',
  peers: { a: peer(counter), b: peer(counter) },
  operations: [{ name: 'add' }],
  churn: { crash: { limit: 1 } },
});

const doubled = derivePeer(({ n }: { readonly n: number }, name) => `${name}${n * 2}`);
const read = (world: World, name: string) => {
  const context = world.peers[name] as { readonly n: number } | undefined;
  return context === undefined ? undefined : `${name}${context.n * 2}`;
};

test('in every reachable state it is what a look at the context gives', () => {
  const same = always('the same', (world: World) =>
    world.names.every((name) => doubled(world, name) === read(world, name)),
  );
  expect(check(counters, [same as never]).findings).toMatchObject([{ verdict: 'holds' }]);
});

test('a change of what it read is noticed', () => {
  const model = compose(counters);
  const observer = model.observe((world) => doubled(world, 'a'));
  const moves = new Moves();
  const state = (model.starts[0] as (typeof model.starts)[0]).state.slice();
  expect(observer.at(state)).toBe('a0');
  model.expand(state, moves);
  moves.apply(0, state);
  expect(observer.at(state)).toBe('a2');
});

test('a peer that there is not is named', () => {
  const model = compose(counters);
  const observer = model.observe((world) => doubled(world, 'c'));
  const [start] = model.starts;
  expect(() => observer.at((start as typeof start & {}).state)).toThrow("asks for a peer called 'c'");
});

test('each function and each peer has answers of its own, in whatever order they are asked', () => {
  const looks = [1, 2, 3].map((factor) => derivePeer(({ n }: { readonly n: number }, name) => [name, n * factor]));
  const same = always('the same', (world: World) =>
    world.names.every((name) => {
      const context = world.peers[name] as { readonly n: number } | undefined;
      return looks.every((look, i) => {
        const [who, value] = look(world, name) ?? [name, undefined];
        return who === name && value === (context === undefined ? undefined : context.n * (i + 1));
      });
    }),
  );
  expect(check(counters, [same as never]).findings).toMatchObject([{ verdict: 'holds' }]);
});

test('equal answers are one, so that what did not change need not be asked again', () => {
  const model = compose(counters);
  const positive = derivePeer(({ n }: { readonly n: number }) => n >= 0);
  let asked = 0;
  const observer = model.observe((world) => {
    asked++;
    return world.names.every((name) => positive(world, name) !== false);
  });
  const moves = new Moves();
  const state = (model.starts[0] as (typeof model.starts)[0]).state.slice();
  for (let i = 0; i < 3; i++) {
    expect(observer.at(state)).toBe(true);
    model.expand(state, moves);
    moves.apply(0, state);
  }
  expect(asked).toBe(1);
});

test('what a property does not ask in a situation is not held against it there', () => {
  const onlyBelowTwo = derivePeer(({ n }: { readonly n: number }) => {
    if (n > 1) throw new Error('asked where it has no meaning');
    return n;
  });
  const ask = (world: World, name: string) => {
    const context = world.peers[name] as { readonly n: number } | undefined;
    return context === undefined || context.n > 1 || (onlyBelowTwo(world, name) ?? 0) <= 1;
  };
  const state = always('guarded', (world: World) => world.names.every((name) => ask(world, name)));
  const step = alwaysStep('guarded steps', (before: World, after: World) =>
    before.names.every((name) => ask(before, name) && ask(after, name)),
  );
  expect(check(counters, [state as never, step as never]).findings).toMatchObject([
    { verdict: 'holds' },
    { verdict: 'holds' },
  ]);
});
