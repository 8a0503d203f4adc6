/** A model whose properties remember nothing: each is asked of a world made from the picture of the state, again and again. */
import type { Model, Peers, Picture, World } from '../../src/kernel/index.js';
import { alwaysNoticing } from './noticing.js';

type AnyWorld = World<Peers, true>;

export function forgetful(model: Model): Model {
  const worldOf = (state: Int32Array): AnyWorld => world(model.picture(state));
  return Object.create(model, {
    observe: {
      value: <T>(compute: (world: AnyWorld) => T) => ({
        at: (state: Int32Array) => compute(worldOf(state)),
        ...alwaysNoticing,
      }),
    },
    observeStep: {
      value: <T>(compute: (before: AnyWorld, after: AnyWorld) => T) => ({
        at: (before: Int32Array, after: Int32Array) => compute(worldOf(before), worldOf(after)),
        ...alwaysNoticing,
      }),
    },
  }) as Model;
}

function world({ peers, inFlight, partition }: Picture): AnyWorld {
  const of = (name: string) => peers.find((peer) => peer.name === name)!;
  const made: AnyWorld = {
    names: peers.map(({ name }) => name) as never,
    peers: Object.fromEntries(peers.map(({ name, context }) => [name, context])) as never,
    status: (name) => of(name).status,
    isUp: (name) => of(name).status === 'up',
    state: (name) => of(name).state,
    timers: (name) => [...(of(name).timers ?? [])].sort(),
    inFlight: (to) => inFlight.filter((envelope) => to === undefined || envelope.to === to) as never,
    partition: () => partition,
    recall: (compute) => compute(made),
    recallPeer: (name, compute) => (of(name).status === 'up' ? compute(of(name).context as never, name) : undefined),
  };
  return made;
}
