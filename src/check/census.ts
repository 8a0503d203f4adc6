/** A census: what the runs of a campaign have seen, counted by run, and what follows for what they have not. */
import type { Estimate } from '../kernel/index.js';
import { naturalOf } from './dice.js';
import { momentOf } from './estimate.js';
import type { Explored } from './explored.js';
import { noRoom, Seen } from './seen.js';
import { Sightings } from './sightings.js';

/** States from which on local states and their pairs are not counted: it would take too long. */
const mostForPairs = 200_000;

/** States of one run that are kept to draw one from; where there are more, only every second, every fourth, and so on. */
const mostKept = 1 << 16;

/** @internal */
export class Census {
  private runs = 0;
  private readonly states = new Sightings();
  private readonly moves = new Sightings();
  /** States that were drawn, one a run. */
  private readonly drawn = new Sightings();
  private readonly kept = new Int32Array(mostKept);
  private keptCount = 0;
  private visits = 0;
  private stride = 1;
  /** Whether there were states with no room for them: no more runs are counted. */
  private isFull = false;

  constructor(private readonly explored: Explored) {}

  begin(): void {
    this.keptCount = 0;
    this.visits = 0;
    this.stride = 1;
  }

  /** @param code of the move that led there, -1 for none */
  visit(state: number, code: number): void {
    if (state === noRoom) this.isFull = true;
    if (this.isFull) return;
    const run = this.runs + 1;
    this.states.note(state, run);
    if (code >= 0) this.moves.note(this.explored.events.ofCode[code] as number, run);
    if (this.visits++ % this.stride !== 0) return;
    if (this.keptCount === mostKept) this.thin();
    this.kept[this.keptCount++] = state;
  }

  /** @param seed of the run */
  end(seed: number): void {
    if (this.isFull || this.keptCount === 0) return;
    this.runs++;
    this.drawn.note(this.kept[naturalOf(seed, -1) % this.keptCount] as number, this.runs);
  }

  /** @param peers how many; their own components come first in a state */
  estimate(peers: number, isIndependent: boolean): Estimate | undefined {
    const { runs } = this;
    if (runs === 0) return undefined;
    return {
      runs,
      states: this.states.unseen(runs),
      moves: this.moves.unseen(runs),
      ...(this.explored.states.count > mostForPairs ? {} : this.ofPeers(peers)),
      ...(isIndependent && !this.isFull ? { moment: momentOf(this.drawn.unseen(runs).once, runs) } : {}),
    };
  }

  /** A local state was seen in every run that saw a state which holds it. */
  private ofPeers(peers: number): Pick<Estimate, 'local' | 'pairs'> {
    const { explored, states, runs } = this;
    const [local, pairs] = [new Sightings(), new Sightings()];
    const [localIds, pairIds] = [new Seen(2), new Seen(4)];
    const state = new Int32Array(explored.model.width);
    const [one, two] = [new Int32Array(2), new Int32Array(4)];
    for (let id = 0; id < explored.states.count; id++) {
      explored.states.read(id, state);
      for (let a = 0; a < peers; a++) {
        one[0] = two[0] = a;
        one[1] = two[1] = state[a] as number;
        local.noteAll(localIds.add(one), states, id);
        for (let b = a + 1; b < peers; b++) {
          two[2] = b;
          two[3] = state[b] as number;
          pairs.noteAll(pairIds.add(two), states, id);
        }
      }
    }
    return { local: local.unseen(runs), pairs: pairs.unseen(runs) };
  }

  private thin(): void {
    this.keptCount = mostKept / 2;
    for (let i = 0; i < this.keptCount; i++) this.kept[i] = this.kept[2 * i] as number;
    this.stride *= 2;
  }
}
