/** The network's faults as moves: a message is lost or doubled, the network is cut and heals. Order: in that order. */
import { type Move, type Moves, moveKinds, type State } from '../kernel/index.js';
import type { Inbox } from './inbox.js';
import type { Network } from './network.js';
import type { Parts } from './protocol.js';
import type { Scratch } from './scratch.js';

const lose = moveKinds.indexOf('lose');
const duplicate = moveKinds.indexOf('duplicate');
const partition = moveKinds.indexOf('partition');
const heal = moveKinds.indexOf('heal');

/** @internal */
export class Faulter {
  private readonly network: Network;
  private readonly scratch: Scratch;
  private readonly loses: boolean;
  private readonly duplicates: boolean;
  private readonly tampers: boolean;

  constructor({ spec, network, scratch }: Parts) {
    this.network = network;
    this.scratch = scratch;
    this.loses = spec.faults?.lose !== undefined;
    this.duplicates = spec.faults?.duplicate !== undefined;
    this.tampers = this.loses || this.duplicates;
  }

  expand(state: State, moves: Moves): void {
    const { inboxes, weather } = this.network;
    for (let peer = 0; this.tampers && peer < inboxes.length; peer++) {
      const content = state[this.network.inboxComponent(peer)] as number;
      if (content === 0) continue;
      const inbox = inboxes[peer] as Inbox;
      if (this.loses) this.tamper(peer, inbox.losable(content), lose, weather.counter('lose'), moves);
      if (this.duplicates) this.tamper(peer, inbox.duplicable(content), duplicate, weather.counter('duplicate'), moves);
    }
    if (this.network.cuts.length > 0) this.cutOrHeal(state, moves);
  }

  describe(moves: Moves, i: number): Move | undefined {
    const what = moves.what[i] as number;
    switch (moves.kind[i]) {
      case lose:
        return { kind: 'lose', ...this.network.effects.envelope(moves.peer[i] as number, what) };
      case duplicate:
        return { kind: 'duplicate', ...this.network.effects.envelope(moves.peer[i] as number, what) };
      case partition:
        return { kind: 'partition', side: this.network.cuts[what] as readonly string[] };
      case heal:
        return { kind: 'heal' };
      default:
        return undefined;
    }
  }

  private tamper(peer: number, pairs: Int32Array, kind: number, counter: number, moves: Moves): void {
    for (let i = 0; i < pairs.length; i += 2) {
      if (!this.network.spend(this.scratch, counter)) return;
      this.scratch.set(this.network.inboxComponent(peer), pairs[i + 1] as number);
      this.scratch.commit(moves, kind, peer, pairs[i] as number, i);
    }
  }

  private cutOrHeal(state: State, moves: Moves): void {
    const { network, scratch } = this;
    const { weather, weatherComponent } = network;
    if (network.cutOf(state) >= 0) {
      scratch.set(weatherComponent, weather.healed(network.weatherOf(state)));
      scratch.commit(moves, heal, -1, 0, 0);
      return;
    }
    for (let cut = 0; cut < network.cuts.length; cut++) {
      if (!network.spend(scratch, weather.counter('partition'))) return;
      scratch.set(weatherComponent, weather.withCut(network.weatherOf(scratch.state), cut));
      if (network.cutLoses) network.purge(scratch, `cut ${cut}`, (from, to) => network.separates(cut, from, to));
      scratch.commit(moves, partition, -1, cut, 0);
    }
  }
}
