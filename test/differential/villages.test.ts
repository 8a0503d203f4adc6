/** The engine against xstate on systems drawn at random, for what no bundled model uses: see `walk.test.ts`. */
import { expect, test } from 'vitest';
import { type Move, moveKinds } from '../../src/kernel/index.js';
import { randomVillage } from '../support/gossip.js';
import { chance } from '../support/random.js';
import { walkBeside } from '../support/walk-beside.js';

const seeds = 48;

test(`${seeds} villages, and in them every kind of move`, () => {
  const kinds = new Map<Move['kind'], number>();
  for (let seed = 0; seed < seeds; seed++) {
    const walked = walkBeside(randomVillage(`village ${seed}`, chance(seed)), { seed, steps: 250 });
    for (const [kind, count] of walked.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  }
  for (const kind of moveKinds) expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(100);
});
