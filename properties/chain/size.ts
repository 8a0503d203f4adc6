/** How large a configuration is where it counts: what can come up in it, and what must be expected to fail. */
import type { ChainOptions } from '../../models/chain/index.js';
import type { Verdict } from '../../src/kernel/index.js';

/** @internal */
export interface Size {
  /** Blocks that can be part of a chain; that can be orphans; that are valid in the end. */
  readonly linked: number;
  readonly arriving: number;
  readonly valid: number;
  /** The most that one block can weigh in a comparison. */
  readonly weight: number;
  /** Whether a chain can be preferred to one of the same measure that was there before. */
  readonly tiesMove: boolean;
  readonly single: boolean;
  /** Whether some block is found to be invalid only when it is connected. */
  readonly failing: boolean;
}

/** @internal */
export function sizeOf({ n, maxWork, flawed, flaw, rule, tie, steps }: ChainOptions): Size {
  const lost = (kinds: readonly string[]) => (flawed === 'one' && kinds.includes(flaw) ? 1 : 0);
  const weight = rule === 'work' ? maxWork : 1;
  return {
    linked: n - lost(['headerInvalid', 'bodyInvalid']),
    arriving: n - lost(['headerInvalid']),
    valid: n - lost(['headerInvalid', 'bodyInvalid', 'ctxInvalid']),
    weight,
    tiesMove: tie === 'lowestHash' || (tie === 'lowerHeight' && weight > 1),
    single: steps === 'single',
    failing: flawed !== 'none' && flaw === 'ctxInvalid',
  };
}

type Expected = { readonly expect?: Verdict };

/** What is expected of the claims that a choice of rules gives up. @internal */
export interface Expectations {
  /** That the tip has the most work, whatever came when. */
  readonly heaviest: Expected;
  /** That it never has less than before, and never moves for the same. */
  readonly noLess: Expected;
  readonly onlyMore: Expected;
  /** That it is the same in every order. */
  readonly same: Expected;
  /** That it has the most work though nothing is sent again. */
  readonly once: Expected;
}

/** @internal */
export function expectationsOf(options: ChainOptions): Expectations {
  const { rule, tie, maxWork, orphanLimit } = options;
  const { valid, linked, arriving, tiesMove, weight, single } = sizeOf(options);
  // Block by block, an attempt that fails in the end counts as well.
  const tried = single ? linked : valid;
  const when = (isViolated: boolean): Expected => (isViolated ? { expect: 'violated' } : {});
  // The longest chain need not be the heaviest: a short one of heavy blocks, or of two equally long ones the later.
  const isLight = rule === 'length' && maxWork > 1;
  const swaps = tie === 'lowestHash' && tried >= 2;
  // All but one of the blocks may have to wait.
  const overflows = valid >= 2 && orphanLimit < arriving - 1;
  return {
    heaviest: when(isLight && valid >= 2),
    once: when(overflows || (isLight && valid >= 2)),
    noLess: when(isLight && (swaps || tried >= (maxWork > 2 ? 3 : 5))),
    onlyMore: when((tiesMove && tried >= (tie === 'lowestHash' ? 2 : 3)) || (isLight && tried >= 3)),
    same: when(valid >= 2 && (tie !== 'lowestHash' || (isLight && weight === 1))),
  };
}
