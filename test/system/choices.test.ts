/** A choice is portable: two compositions of one system offer the same moves in the same order, whatever each saw before. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { depthFirst } from '../../src/check/index.js';
import { describeMove, type Model, Moves, type State } from '../../src/kernel/index.js';
import { findSuite, select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';
import { chance } from '../support/random.js';

test.each(['stop-and-wait/unordered', 'chain-network/split', 'chord-net/four', 'two-phase-commit/three'])(
  '%s',
  (name) => {
    const [fresh, used] = [modelOf(name), modelOf(name)];
    const search = depthFirst.start(used, [], { maxStates: 3_000 });
    while (!search.done) search.advance(1_000);
    const { below } = chance(1);
    let most = 0;
    for (let run = 0; run < 20; run++) {
      const [at, beside] = [startOf(fresh), startOf(used)];
      for (let step = 0; step < 40; step++) {
        const [moves, others] = [offered(fresh, at), offered(used, beside)];
        expect(told(used, others)).toEqual(told(fresh, moves));
        if (moves.count === 0) break;
        most = Math.max(most, moves.count);
        const choice = below(moves.count);
        moves.apply(choice, at);
        others.apply(choice, beside);
      }
    }
    expect(most).toBeGreaterThan(3);
  },
);

function modelOf(name: string): Model {
  const { suite, configuration } = findSuite(catalogue, name, () => []);
  return compose(select(suite, configuration as string, {}, () => []).system);
}

const startOf = (model: Model): State => (model.starts[0] as Model['starts'][number]).state.slice();

function offered(model: Model, state: State): Moves {
  const moves = new Moves();
  model.expand(state, moves);
  return moves;
}

const told = (model: Model, moves: Moves): readonly string[] =>
  Array.from({ length: moves.count }, (_, i) => describeMove(model.move(moves, i)));
