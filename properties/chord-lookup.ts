/** What is claimed of lookups in Chord: right answers, all of them, soon; and fingers that come right by themselves. */

import {
  chordLookup,
  fingersOf,
  type LookupMutant,
  type LookupOptions,
  lookupMutants,
  type Method,
} from '../models/chord-lookup/index.js';
import { lookupView } from '../models/chord-lookup/view.js';
import { seeded } from '../models/mutant.js';
import type { Claim, Suite, Values } from '../src/kernel/index.js';
import {
  afterTheLast,
  alternatePath,
  askedAgain,
  type Claimed,
  everyLookupEnds,
  noneIsForgotten,
  oneAfterAnother,
  ownKey,
  right,
  ringStaysRight,
  wraps,
} from './chord-lookup/answers.js';
import { allRight, deadFinger, fingersComeRight, staleFinger, wrongFingersServe } from './chord-lookup/fingers.js';
import {
  allTheWayRound,
  logarithmic,
  longest,
  passesEachOnce,
  roundTheRing,
  shortcut,
  throughTwo,
} from './chord-lookup/paths.js';

export {
  afterTheLast,
  alternatePath,
  askedAgain,
  everyLookupEnds,
  noneIsForgotten,
  oneAfterAnother,
  ownKey,
  right,
  ringStaysRight,
  untilChurnStops,
  wraps,
} from './chord-lookup/answers.js';
export { allRight, deadFinger, fingersComeRight, staleFinger, wrongFingersServe } from './chord-lookup/fingers.js';
export {
  allTheWayRound,
  logarithmic,
  longest,
  passesEachOnce,
  roundTheRing,
  shortcut,
  throughTwo,
} from './chord-lookup/paths.js';

const sigcomm = 'Stoica et al., SIGCOMM 2001';
const ton = 'Stoica et al., IEEE/ACM ToN 11(1), 2003';

type Options = Omit<LookupOptions, 'variation'>;

function claims(options: Options): readonly Claim[] {
  const { n, members, r, method, fingers, wrong, lookups, atOnce, crashes, joins, upkeep } = options;
  const m = fingersOf(options);
  const asks = lookups > 0;
  const churns = crashes + joins > 0;
  // Somebody dead to find: one who fails, or whom a finger points to though it was never there.
  const finds = crashes > 0 || (wrong > 0 && members < n);
  const fixes = upkeep === 'fingers' && m > 0;
  const isIdeal = m > 0 && fingers === 'right' && wrong === 0 && !churns;
  const only = (when: boolean, property: Claimed, source?: string): readonly Claim[] =>
    when ? [source === undefined ? { property } : { property, source }] : [];
  return [
    ...only(asks, right, sigcomm),
    ...only(asks && churns, ringStaysRight),
    { property: passesEachOnce },
    ...only(isIdeal, logarithmic(m), `${sigcomm}, proof of theorem 2`),
    ...only(asks && m === 0 && !churns, roundTheRing, ton),
    // Members that fix their fingers never rest.
    ...only(asks && !fixes, noneIsForgotten),
    ...only(asks, everyLookupEnds),
    ...only(fixes, fingersComeRight, sigcomm),
    ...only(asks && members > r + 1, throughTwo),
    ...only(asks && members > 1, ownKey),
    ...only(asks && members > 1, wraps),
    ...only(asks && members < n, afterTheLast),
    ...only(asks && m === 0 && !churns, allTheWayRound),
    ...only(asks && isIdeal && members > m && r === 1, longest(m)),
    ...only(asks && m > 0 && members > 3, shortcut),
    ...only(asks && finds, alternatePath),
    ...only(asks && crashes > 1 && method !== 'iterative', askedAgain),
    ...only(atOnce > 1, oneAfterAnother),
    ...only(m > 0 && finds, deadFinger),
    ...only(m > 0 && (joins > 0 || wrong > 0), staleFinger),
    ...only(asks && m > 0 && !isIdeal, wrongFingersServe),
    ...only(fixes, allRight(members + joins, crashes)),
  ];
}

const ideal = {
  n: 8,
  members: 4,
  r: 1,
  method: 'recursive',
  fingers: 'right',
  wrong: 0,
  lookups: 1,
  atOnce: 1,
  crashes: 0,
  joins: 0,
  upkeep: 'none',
} satisfies Options;
const four = { ...ideal, n: 4, members: 3 } satisfies Options;
const failing = { members: 4, r: 3, crashes: 2 } satisfies Partial<Options>;
const fixing = { r: 2, lookups: 0, upkeep: 'fingers' } satisfies Partial<Options>;

/** @public */
export const suite: Suite = {
  model: 'chord-lookup',
  summary: 'Lookups in Chord by messages: successors, fingers, alternate paths, fixing fingers',
  parameters: {
    n: { type: 'integer', doc: 'identifiers on the circle: 2, 4, 8 or 16', default: ideal.n, min: 2, max: 16 },
    members: {
      type: 'integer',
      doc: 'members at the start, in every ring with 0',
      default: ideal.members,
      min: 1,
      max: 16,
    },
    r: { type: 'integer', doc: 'entries of a successor list', default: ideal.r, min: 1, max: 4 },
    method: {
      type: 'choice',
      doc: 'how lookups go on',
      default: ideal.method,
      options: ['primitive', 'recursive', 'iterative'],
    },
    fingers: {
      type: 'choice',
      doc: 'what fingers are at the start',
      default: ideal.fingers,
      options: ['right', 'unset'],
    },
    wrong: { type: 'integer', doc: 'how many of them may be anything else', default: ideal.wrong, min: 0, max: 64 },
    lookups: { type: 'integer', doc: 'lookups that clients ask for', default: ideal.lookups, min: 0, max: 4 },
    atOnce: { type: 'integer', doc: 'lookups under way at once', default: ideal.atOnce, min: 1, max: 4 },
    crashes: { type: 'integer', doc: 'members that may fail', default: ideal.crashes, min: 0, max: 4 },
    joins: { type: 'integer', doc: 'members that may join', default: ideal.joins, min: 0, max: 4 },
    upkeep: {
      type: 'choice',
      doc: 'what members do by themselves',
      default: ideal.upkeep,
      options: ['none', 'ring', 'fingers'],
    },
  },
  configurations: {
    ideal: { doc: 'every ring of four among eight identifiers', quick: true, set: ideal },
    full: { doc: 'the ring of all eight: the longest way there is', quick: true, set: { ...ideal, members: 8 } },
    primitive: {
      doc: 'rings of three, without fingers',
      quick: true,
      set: { ...ideal, members: 3, method: 'primitive' },
    },
    iterative: {
      doc: 'rings of three; the asker asks one after another',
      quick: true,
      set: { ...ideal, members: 3, method: 'iterative' },
    },
    fingers: {
      doc: 'rings of three among four identifiers, one finger anywhere or nowhere',
      quick: true,
      set: { ...four, wrong: 1 },
    },
    'iterative-fingers': {
      doc: 'rings of three without fingers but for one that points anywhere',
      quick: true,
      set: { ...four, method: 'iterative', fingers: 'unset', wrong: 1 },
    },
    two: { doc: 'two lookups at once', quick: true, set: { ...four, lookups: 2, atOnce: 2 } },
    failures: { doc: 'two of four fail, lists of three', quick: true, set: { ...four, ...failing } },
    'iterative-failures': {
      doc: 'the same; the asker asks one after another',
      quick: true,
      set: { ...four, ...failing, method: 'iterative' },
    },
    churn: {
      doc: 'one joins, one fails, and the ring mends; fingers do not',
      quick: true,
      set: { ...four, r: 2, joins: 1, crashes: 1, upkeep: 'ring' },
    },
    fixing: {
      doc: 'one joins two, and fingers are fixed',
      quick: true,
      set: { ...four, ...fixing, members: 2, joins: 1 },
    },
    'fixing-failure': { doc: 'one of three fails, and fingers are fixed', set: { ...four, ...fixing, crashes: 1 } },
    'fixing-churn': {
      doc: 'one joins two, one fails, and fingers are fixed',
      set: { ...four, ...fixing, members: 2, joins: 1, crashes: 1 },
    },
    'fixing-any': {
      doc: 'fingers are fixed that point anywhere or nowhere',
      set: { ...four, ...fixing, wrong: 6 },
    },
    'any-fingers': { doc: 'every finger anywhere or nowhere', set: { ...four, wrong: 6 } },
    'fingers-failure': {
      doc: 'two fingers anywhere or nowhere, successor lists of two, and one fails',
      set: { ...four, r: 2, wrong: 2, crashes: 1 },
    },
    'large-failures': { doc: 'rings of four among eight, two fail', set: { ...ideal, ...failing } },
    'lookups-and-fixing': {
      doc: 'one joins two, and a client asks while fingers are fixed',
      set: { ...four, ...fixing, members: 2, joins: 1, lookups: 1 },
    },
    sixteen: { doc: 'every ring of three among sixteen identifiers', set: { ...ideal, n: 16, members: 3 } },
    'full-sixteen': { doc: 'the ring of all sixteen', set: { ...ideal, n: 16, members: 16 } },
  },
  system: (values) => chordLookup(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  view: (frames, { n }) => lookupView(Number(n))(frames),
  mutants: seeded<LookupMutant>(lookupMutants, ({ values, variation }) => chordLookup({ ...values, variation })),
};

function optionsOf(values: Values): Options {
  const number = (name: keyof Options) => Number(values[name]);
  return {
    n: number('n'),
    members: number('members'),
    r: number('r'),
    method: values.method as Method,
    fingers: values.fingers === 'unset' ? 'unset' : 'right',
    wrong: number('wrong'),
    lookups: number('lookups'),
    atOnce: number('atOnce'),
    crashes: number('crashes'),
    joins: number('joins'),
    upkeep: values.upkeep as LookupOptions['upkeep'],
  };
}
