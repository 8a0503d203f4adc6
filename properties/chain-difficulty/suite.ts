/** The suite of the difficulty: four ways to measure, each with what is known to come of it. */
import {
  chainDifficulty,
  type DifficultyMutant,
  type DifficultyOptions,
  difficultyChart,
  type Measure,
  mutants,
} from '../../models/chain-difficulty/index.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { floored, gradual, paced, timely, witnesses } from './claims.js';

/** How much time it takes until a claim falls, by measure and window; found by searching each length. */
const falls: {
  readonly [measure in Measure]?: { readonly [window: number]: { readonly pace: number; readonly floor: number } };
} = {
  bitcoin: { 3: { pace: 10, floor: 8 }, 4: { pace: 13, floor: 11 } },
  overlapping: { 3: { pace: 27, floor: 15 }, 4: { pace: 29, floor: 21 } },
};

/** The same if the true time may be written, where that is sooner. */
const fallsWithTruth: typeof falls = { overlapping: { 3: { pace: 25, floor: 15 }, 4: { pace: 29, floor: 20 } } };

const claims = ({ measure, window, horizon, truth }: DifficultyOptions): readonly Claim[] => {
  const from = ((truth ? fallsWithTruth[measure] : undefined) ?? falls[measure])?.[window];
  const until = (end: number | undefined): Pick<Claim, 'expect'> =>
    end !== undefined && horizon >= end ? { expect: 'violated' } : {};
  return [
    { property: paced(window), ...until(from?.pace) },
    { property: floored, ...until(from?.floor) },
    { property: timely },
    { property: gradual(window) },
    ...witnesses(horizon).map((property) => ({ property })),
  ];
};

const parameters = {
  measure: {
    type: 'choice',
    doc: 'how a window is measured, and what bounds the times at its ends',
    default: 'bip54',
    options: ['bip54', 'joined', 'overlapping', 'bitcoin'],
  },
  window: { type: 'integer', doc: 'blocks from one change of the target to the next', default: 4, min: 3, max: 4 },
  horizon: {
    type: 'integer',
    doc: 'the time that passes, in blocks as they should come',
    default: 24,
    min: 4,
    max: 64,
  },
  truth: { type: 'boolean', doc: 'whether miners may also write the true time', default: false },
} as const satisfies { readonly [name: string]: Parameter };

/** @public */
export const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
);

const optionsOf = ({ measure, window, horizon, truth }: Values): DifficultyOptions => ({
  measure: String(measure) as Measure,
  window: Number(window),
  horizon: Number(horizon),
  truth: truth === true,
});

const configured = (doc: string, set: Values, quick = true) => ({ doc, quick, set: { ...defaults, ...set } });

/** @public */
export const suite: Suite = {
  model: 'chain-difficulty',
  family: 'chain',
  summary: 'difficulty and time: what miners can gain by the times that they write',
  parameters,
  configurations: {
    bip54: configured('windows that are joined at both ends, as BIP 54 proposes', {}),
    joined: configured('windows of which only the first block is joined to the one before', { measure: 'joined' }),
    overlapping: configured('windows that share a block', { measure: 'overlapping' }),
    bitcoin: configured('windows as they are', { measure: 'bitcoin', horizon: 14 }),
    'overlapping-longer': configured(
      'windows of three that share a block',
      { measure: 'overlapping', window: 3, horizon: 27 },
      false,
    ),
    truth: configured('miners may also write the true time', { horizon: 18, truth: true }, false),
    longer: configured('the same for longer', { horizon: 32 }, false),
  },
  system: (values) => chainDifficulty(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  chart: difficultyChart,
  mutants: seeded<DifficultyMutant>(mutants, ({ values, variation }) => chainDifficulty({ ...values, variation })),
};
