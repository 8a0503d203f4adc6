/** The suite of the race: who has what, and whether the merchant is safe then. */
import {
  chainRace,
  isSafe,
  mutants,
  type RaceMutant,
  type RaceOptions,
  raceChart,
  raceForest,
} from '../../models/chain-race/index.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { agreed, confirmed, kept, longest, once, served, withinMeans, witnesses } from './claims.js';

type Options = Omit<RaceOptions, 'variation'>;

const claims = (options: Options): readonly Claim[] => [
  { property: kept, ...(isSafe(options) ? {} : { expect: 'violated' as const }) },
  ...[
    confirmed(options.depth),
    served(options.depth),
    once,
    longest(options.tie),
    agreed,
    withinMeans(options),
    ...witnesses(options),
  ].map((property) => ({ property })),
];

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const choice = (doc: string, ...options: readonly [string, ...string[]]) =>
  ({ type: 'choice', doc, default: options[0], options }) as const;

const parameters = {
  depth: integer('confirmations that the merchant asks for', 2, 0, 6),
  budget: integer('blocks that the adversary may find after it has paid', 2, 0, 8),
  lead: integer('blocks that it may find before, and keep', 0, 0, 4),
  tie: choice(
    'of two chains of the same length: the one seen first, or that of the adversary',
    'firstSeen',
    'adversary',
  ),
  links: choice(
    'how blocks get about: at once, when somebody asks, or sent, in order on each link',
    'prompt',
    'pull',
    'push',
  ),
  miners: integer('honest miners', 1, 1, 2),
  late: integer('blocks that honest miners may find on chains that are not the longest', 0, 0, 4),
  further: integer('blocks that they find beside as many as there are confirmations to come', 1, 1, 4),
} as const satisfies { readonly [name in keyof Options]: Parameter };

/** @public */
export const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
);

/** Parameters are named as the options are, and typed as they are. @public */
export const optionsOf = (values: Values): Options => ({ ...defaults, ...values }) as unknown as Options;

const configured = (doc: string, set: Values, quick = true) => ({ doc, quick, set: { ...defaults, ...set } });

/** @public */
export const suite: Suite = {
  model: 'chain-race',
  family: 'chain',
  summary: 'a double spend raced against honest miners: how many confirmations are safe against how many blocks',
  parameters,
  configurations: {
    safe: configured('two confirmations, two blocks of the adversary', {}),
    broken: configured('two confirmations, three blocks', { budget: 3 }),
    unconfirmed: configured('no confirmation, and an adversary who finds no block', { depth: 0, budget: 0 }),
    premined: configured('two confirmations, one block in advance and two after', { lead: 1 }),
    ties: configured('two confirmations, two blocks, and the adversary wins ties', { tie: 'adversary' }),
    race: configured('one confirmation and one block, over links that take their time', {
      depth: 1,
      budget: 1,
      links: 'pull',
    }),
    'race-safe': configured('two confirmations and one block, over links that take their time', {
      budget: 1,
      links: 'pull',
    }),
    late: configured('one confirmation, no block of the adversary, one that honest miners lose', {
      depth: 1,
      budget: 0,
      links: 'pull',
      miners: 2,
      late: 1,
    }),
    'late-safe': configured('two confirmations, no block of the adversary, one that honest miners lose', {
      budget: 0,
      links: 'pull',
      miners: 2,
      late: 1,
    }),
    sent: configured('one confirmation and one block, blocks sent in order on each link', {
      depth: 1,
      budget: 1,
      links: 'push',
    }),
    deep: configured('three confirmations, three blocks', { depth: 3, budget: 3 }, false),
    'late-deep': configured(
      'three confirmations, one block of the adversary, one that honest miners lose',
      { depth: 3, budget: 1, links: 'pull', miners: 2, late: 1 },
      false,
    ),
  },
  system: (values) => chainRace(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  chart: (frames, { depth }) => raceChart(frames, Number(depth)),
  view: (frames, { depth }) => raceForest(frames, Number(depth)),
  mutants: seeded<RaceMutant>(mutants, ({ values, variation }) => chainRace({ ...values, variation })),
};
