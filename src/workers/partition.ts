/**
 * Which components of a state say whose it is. All would share the states out evenly, but then most moves lead to another worker, and what
 * is sent costs more than what stays. A move changes few components; so some are chosen, by random walks, that rarely change and
 * nevertheless tell about as many states of one worker as of the other (Lerda and Sisto, "Distributed-memory model checking with
 * SPIN", 1999, have the idea of one process for all).
 */
import { type Contents, type Model, Moves } from '../kernel/index.js';
import { Owners } from './owners.js';

const walks = 24;
const mostSteps = 80;
/** What it costs to send a state, in units of what it costs to look at a move. */
const postage = 2;

interface Sample {
  /** By component. */
  readonly hashes: Int32Array;
  /** The same after one of the state's moves. */
  readonly after: Int32Array;
}

/** @returns by component, 1 if it counts @internal */
export function partition(model: Model, workers: number): Uint8Array {
  const { width } = model;
  const all = new Uint8Array(width).fill(1);
  const owners = new Owners(model.contents as Contents, all, workers);
  const samples = sampled(model, owners);
  if (samples.length === 0) return all;
  const counted = new Uint8Array(width);
  const hashes = new Int32Array(samples.length);
  const after = new Int32Array(samples.length);
  let best = { cost: Number.POSITIVE_INFINITY, counted: counted.slice() };
  for (let size = 1; size <= width; size++) {
    let next = { cost: Number.POSITIVE_INFINITY, component: -1 };
    for (let component = 0; component < width; component++) {
      if (counted[component] === 1) continue;
      const cost = costOf(samples, hashes, after, component, owners, workers);
      if (cost < next.cost) next = { cost, component };
    }
    const { component, cost } = next;
    counted[component] = 1;
    for (const [i, sample] of samples.entries()) {
      hashes[i] = (hashes[i] as number) ^ (sample.hashes[component] as number);
      after[i] = (after[i] as number) ^ (sample.after[component] as number);
    }
    if (cost < best.cost) best = { cost, counted: counted.slice() };
  }
  return best.counted;
}

/** The time that it takes the busiest worker, if that component counts, too: in units of what the states would take it alone. */
function costOf(
  samples: readonly Sample[],
  hashes: Int32Array,
  after: Int32Array,
  component: number,
  owners: Owners,
  workers: number,
): number {
  const shares = new Int32Array(workers);
  let sent = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] as Sample;
    const owner = owners.of((hashes[i] as number) ^ (sample.hashes[component] as number));
    shares[owner] = (shares[owner] as number) + 1;
    if (owners.of((after[i] as number) ^ (sample.after[component] as number)) !== owner) sent++;
  }
  return (Math.max(...shares) / samples.length) * (1 + (postage * sent) / samples.length);
}

function sampled(model: Model, owners: Owners): readonly Sample[] {
  const samples: Sample[] = [];
  const moves = new Moves();
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let walk = 0; walk < walks; walk++) {
    const state = (model.starts[walk % model.starts.length] as Model['starts'][number]).state.slice();
    for (let step = 0; step < mostSteps; step++) {
      model.expand(state, moves);
      if (moves.count === 0) break;
      const hashes = owners.hashes(state);
      moves.apply(random(moves.count), state);
      samples.push({ hashes, after: owners.hashes(state) });
    }
  }
  return samples;
}
