/**
 * Partial order reduction: of moves that could as well be made in another order, one order is followed. Law: a state that
 * decides a property is found if there is one, and in as few moves.
 */
import { type Model, type Moves, moveKinds, type Property, type Reduction, type State } from '../kernel/index.js';
import { type Anatomy, anatomyOf } from '../system/index.js';
import { Goals } from './goals.js';
import { LocalSpace, unsound } from './local.js';
import { type Forgotten, type Stubborn, StubbornSets } from './stubborn.js';

const deliver = moveKinds.indexOf('deliver');
const timeout = moveKinds.indexOf('timeout');
const operation = moveKinds.indexOf('operation');

/** @throws ChurnproofError SEARCH_UNSOUND where it cannot be shown that no verdict changes. @internal */
export function partialOrder(model: Model, properties: readonly Property[], forgotten?: Forgotten): Reduction {
  const anatomy = anatomyOf(model);
  for (const { kind, name } of properties) {
    if (kind === 'always' || kind === 'sometimes' || kind === 'whenQuiet') continue;
    throw unsound(
      `'${name}' is ${kind}, which speaks of steps or of how behaviours go on`,
      'always, never, sometimes and whenQuiet: a state that decides them has many ways to it, and one of them is kept',
    );
  }
  if (anatomy.spec.network === 'synchronous')
    throw unsound('in a synchronous network a move may touch every peer', 'a network of messages on their way');
  return new PartialOrder(anatomy, properties, new LocalSpace(anatomy, model.starts), forgotten);
}

class PartialOrder implements Reduction {
  private readonly sets: StubbornSets;
  private readonly goals: Goals;
  private readonly isUpkeep: readonly boolean[];

  constructor(
    anatomy: Anatomy,
    private readonly properties: readonly Property[],
    private readonly space: LocalSpace,
    private readonly forgotten: Forgotten = {},
  ) {
    this.sets = new StubbornSets(anatomy, space, forgotten);
    this.goals = new Goals(anatomy, space, this.sets, properties);
    this.isUpkeep = (anatomy.spec.operations ?? []).map(({ by }) => by === 'protocol');
  }

  reduce(state: State, moves: Moves, isOpen: (property: number) => boolean): void {
    if (!this.space.covers(state))
      throw unsound('like peers begin differently', 'starts that are alike, or one reduction and not both');
    if (this.sets.isEntangled(state)) return;
    const set = this.sets.none();
    let waitsForQuiet = false;
    for (const [index, { kind }] of this.properties.entries()) {
      if (!isOpen(index)) continue;
      if (kind === 'whenQuiet' && !moves.quiet) waitsForQuiet = true;
      else if (this.forgotten.goals !== true) this.goals.add(set, index, state);
    }
    const chosen = waitsForQuiet ? this.disturb(set, state, moves) : set;
    moves.keep((i) => chosen.peers[moves.peer[i] as number] === 1 && !moves.changesNothing(i));
  }

  /** A state that is not quiet stays so until one of the moves that disturb it is made or made impossible: any one will do. */
  private disturb(set: Stubborn, state: State, moves: Moves): Stubborn {
    const disturbing = new Set<number>();
    for (let i = 0; i < moves.count; i++) if (this.isDisturbing(moves, i)) disturbing.add(moves.peer[i] as number);
    for (const peer of disturbing) if (set.peers[peer] === 1) return set;
    let best: Stubborn | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const peer of disturbing) {
      const larger = this.sets.copy(set);
      this.sets.addPeer(larger, peer, state);
      const count = followed(larger, moves);
      if (count >= fewest) continue;
      best = larger;
      fewest = count;
      if (count === 1) break;
    }
    return best as Stubborn;
  }

  private isDisturbing(moves: Moves, i: number): boolean {
    if (moves.changesNothing(i)) return false;
    const kind = moves.kind[i];
    return (
      kind === deliver ||
      kind === timeout ||
      (kind === operation && (this.isUpkeep[moves.what[i] as number] as boolean))
    );
  }
}

function followed({ peers }: Stubborn, moves: Moves): number {
  let count = 0;
  for (let i = 0; i < moves.count; i++) if (peers[moves.peer[i] as number] === 1 && !moves.changesNothing(i)) count++;
  return count;
}
