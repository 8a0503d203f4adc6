/** Which depth is safe against which budget, found by search: one cell after the other, each row until it breaks. And the chances. */
import { chainRace, chanceOf, nakamotoChance, type RaceOptions } from '../models/chain-race/index.js';
import { kept } from '../properties/chain-race.js';
import { check } from '../src/run/check.js';

/** A circumstance in which the race is run. */
export interface Circumstance {
  readonly label: string;
  readonly set: Omit<RaceOptions, 'depth' | 'budget' | 'variation'>;
}

const usual = { lead: 0, tie: 'firstSeen', links: 'prompt', miners: 1, late: 0, further: 1 } as const;
const slow = { ...usual, links: 'pull' } as const;
const apart = { ...slow, miners: 2 } as const;

/** Order is contract: it is that of the page. */
export const circumstances: readonly Circumstance[] = [
  { label: 'prompt links, first seen wins ties', set: usual },
  { label: 'one block in advance', set: { ...usual, lead: 1 } },
  { label: 'the adversary wins ties', set: { ...usual, tie: 'adversary' } },
  { label: 'slow links', set: slow },
  { label: 'slow links, one block in advance', set: { ...slow, lead: 1 } },
  { label: 'slow links, the adversary wins ties', set: { ...slow, tie: 'adversary' } },
  { label: 'slow links, 1 honest block lost', set: { ...apart, late: 1 } },
  { label: 'slow links, 2 honest blocks lost', set: { ...apart, late: 2 } },
];

export const depths = [0, 1, 2, 3] as const;
export const budgets = [0, 1, 2, 3, 4] as const;

/** `safe`, or in how many moves the payment is taken back at the soonest. */
export type Cell = 'safe' | number;

export function cellOf({ set }: Circumstance, depth: number, budget: number): Cell {
  const { coverage, findings } = check(chainRace({ ...set, depth, budget }), [kept], { stopWhenDecided: true });
  const [finding] = findings;
  if (finding?.verdict === 'violated') return finding.trace?.moves.length ?? Number.NaN;
  if (finding?.verdict === 'holds' && coverage.kind === 'exhaustive') return 'safe';
  throw new Error(`undecided: depth ${depth}, budget ${budget}`);
}

/** Whoever has more blocks can do what whoever has less can, so nothing is searched right of the first cell that is broken. */
export function rowOf(circumstance: Circumstance, depth: number): readonly string[] {
  let broken: number | undefined;
  return budgets.map((budget) => {
    if (broken !== undefined) return `≤ ${broken}`;
    const cell = cellOf(circumstance, depth, budget);
    if (cell !== 'safe') broken = cell;
    return String(cell);
  });
}

export const likelyDepths = [1, 2, 3, 4, 5, 6] as const;
const shares = [0.1, 0.3] as const;

export const chanceHead = shares.flatMap((share) =>
  ['z + 1 blocks', 'z blocks', 'Nakamoto'].map((name) => `${name}, ${100 * share} %`),
);

/** For each share of the power, in percent: z + 1 blocks needed and z blocks needed, exactly; and the approximation. */
export const chancesOf = (depth: number): readonly string[] =>
  shares.flatMap((share) =>
    [chanceOf(share, depth, depth + 1), chanceOf(share, depth, depth), nakamotoChance(share, depth)].map((chance) =>
      (100 * chance).toFixed(3),
    ),
  );
