/** The suite of one node: its parameters, its configurations, and which claims are made of which. */
import { type ChainOptions, chain, chainChart, chainForests, type Kind, mutants } from '../../models/chain/index.js';
import type { Claim, Mutant, Parameter, Suite, Values } from '../../src/kernel/index.js';
import { coverage } from './coverage.js';
import { expectationsOf } from './size.js';
import { atomicAttempt, nothingTwice, oneOutOneIn, straightWay } from './steps.js';
import {
  bestTip,
  comesToRest,
  independent,
  independentOnce,
  losesNothingStored,
  losesOnlyOverflow,
  monotone,
  movesForMore,
  ranksLast,
  sameTip,
  tieBroken,
  yieldsToMore,
  yieldsToNoLess,
} from './tips.js';
import { boundedOrphans, candidatesComplete, indexed, marksAgree, noFalseMark, rootedTree } from './tree.js';

type Options = Omit<ChainOptions, 'variation'>;

function claims(options: Options): readonly Claim[] {
  const { rule, tie, steps, invalidations, orphanLimit, deliveries, crashes } = options;
  const hasOperator = invalidations > 0;
  const single = steps === 'single';
  const { heaviest, noLess, onlyMore, same, once } = expectationsOf(options);
  return [
    { property: bestTip(hasOperator), ...heaviest },
    { property: comesToRest },
    { property: tieBroken(rule, tie, hasOperator) },
    ...(tie === 'firstSeen' ? [{ property: ranksLast(rule) }] : []),
    // What the operator does may take work away, and marks what is valid.
    ...(hasOperator
      ? []
      : [
          { property: single ? yieldsToNoLess : monotone, ...noLess },
          { property: single ? yieldsToMore : movesForMore, ...onlyMore },
          { property: independent, ...heaviest },
          { property: sameTip, ...same },
          { property: losesNothingStored },
          { property: noFalseMark },
        ]),
    // A crash takes the orphans, and a block that came too early is not kept.
    ...(deliveries === 'once' && crashes === 0 && !hasOperator && !isRefusedForNow(options)
      ? [{ property: losesOnlyOverflow(orphanLimit) }, { property: independentOnce, ...once }]
      : []),
    { property: rootedTree },
    { property: candidatesComplete },
    { property: marksAgree },
    { property: indexed },
    ...(single
      ? [
          { property: straightWay(rule) },
          { property: atomicAttempt },
          { property: nothingTwice },
          { property: oneOutOneIn },
        ]
      : []),
    { property: boundedOrphans(orphanLimit) },
    ...coverage(options),
  ];
}

const isRefusedForNow = ({ flawed, flaw }: Options): boolean =>
  flawed !== 'none' && (flaw === 'future' || flaw === 'large');

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const choice = (doc: string, ...options: readonly [string, ...string[]]) =>
  ({ type: 'choice', doc, default: options[0], options }) as const;
const toggle = (doc: string) => ({ type: 'boolean', doc, default: false }) as const;

const parameters = {
  n: integer('blocks of a tree, genesis not counted', 4, 1, 6),
  maxWork: integer('the most work that one block can prove, at least 1', 1, 1, 3),
  flawed: choice('how many blocks are not in order: one in every place, none, or either', 'none', 'one', 'upToOne'),
  flaw: choice('what is wrong with it', 'ctxInvalid', 'bodyInvalid', 'headerInvalid', 'future', 'large'),
  rule: choice('what makes a chain the better one', 'work', 'length'),
  tie: choice('which of two equals is preferred', 'firstSeen', 'lowestHash', 'lowerHeight'),
  orphanLimit: integer('orphans that are kept', 6, 0, 6),
  deliveries: choice(
    'whether a block is sent only while it is missing, or at any time, or never twice',
    'missing',
    'any',
    'once',
  ),
  mutated: toggle('whether bodies that do not belong to their headers are sent as well'),
  headers: toggle('whether headers are sent alone, too'),
  invalidations: integer('how often the operator may declare a block invalid', 0, 0, 4),
  reconsiderations: integer('how often he may take it back', 0, 0, 4),
  crashes: integer('how often the node may crash', 0, 0, 4),
  flush: choice('when a tip is written to disk: at once, or some time', 'each', 'lazy'),
  steps: choice('whether every move of the tip is a state of its own', 'single', 'whole'),
} as const satisfies { readonly [name: string]: Parameter };

/** @public */
export const defaults: Values = Object.fromEntries(
  Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]),
);

const optionsOf = (values: Values): Options => {
  const number = (name: string) => Number(values[name]);
  const text = <T extends string>(name: string) => String(values[name]) as T;
  return {
    n: number('n'),
    maxWork: number('maxWork'),
    flawed: text<Options['flawed']>('flawed'),
    flaw: text<Kind>('flaw'),
    rule: text<Options['rule']>('rule'),
    tie: text<Options['tie']>('tie'),
    orphanLimit: number('orphanLimit'),
    deliveries: text<Options['deliveries']>('deliveries'),
    mutated: values.mutated === true,
    headers: values.headers === true,
    invalidations: number('invalidations'),
    reconsiderations: number('reconsiderations'),
    crashes: number('crashes'),
    flush: text<Options['flush']>('flush'),
    steps: text<Options['steps']>('steps'),
  };
};

const configured = (doc: string, set: Values, quick = true) => ({ doc, quick, set: { ...defaults, ...set } });

/** @public */
export const suite: Suite = {
  model: 'chain',
  summary: 'one node of a blockchain: fork choice, orphans, reorganisations that fail, marks, crashes',
  parameters,
  configurations: {
    runs: configured(
      'every order of every tree of five blocks, at most one of them invalid: 86,400 runs',
      { n: 5, flawed: 'upToOne', steps: 'whole' },
      false,
    ),
    steps: configured('four blocks, one of them invalid, the tip moving block by block', { flawed: 'upToOne' }),
    middle: configured(
      'four blocks of work 1 or 2, one of them invalid, so that a reorganisation of three blocks can fail in its middle',
      { maxWork: 2, flawed: 'one' },
      false,
    ),
    orders: configured('every order of every tree of five valid blocks', { n: 5, steps: 'whole' }),
    work: configured('three blocks of work 1 to 3', { n: 3, maxWork: 3 }),
    again: configured('three blocks sent again and again, mutated too, one invalid', {
      n: 3,
      flawed: 'upToOne',
      deliveries: 'any',
      mutated: true,
    }),
    malformed: configured('one block with a malformed body', {
      n: 3,
      flawed: 'one',
      flaw: 'bodyInvalid',
      deliveries: 'any',
    }),
    orphans: configured('a pool of two orphans', { orphanLimit: 2, deliveries: 'any' }),
    once: configured('no block is sent twice, and all orphans are kept', { deliveries: 'once', orphanLimit: 3 }),
    overflow: configured('no block is sent twice, and an orphan too many', { deliveries: 'once', orphanLimit: 2 }),
    headers: configured('headers before bodies', { n: 3, headers: true, flawed: 'upToOne' }),
    operator: configured('blocks declared invalid and reconsidered', { n: 3, invalidations: 2, reconsiderations: 2 }),
    crashes: configured('two crashes at any moment, the tip on disk at once', { n: 3, maxWork: 2, crashes: 2 }),
    'lazy-disk': configured('two crashes at any moment, the tip on disk some time', {
      n: 3,
      maxWork: 2,
      crashes: 2,
      flush: 'lazy',
    }),
    early: configured('one block ahead of the clock', { n: 3, flawed: 'one', flaw: 'future' }),
    large: configured('one block beyond a limit of the node', { n: 3, flawed: 'one', flaw: 'large', crashes: 1 }),
    'lowest-hash': configured('of equals the lowest hash', { tie: 'lowestHash', flawed: 'upToOne' }),
    'lower-height': configured('of equals the lower one', { n: 3, maxWork: 3, tie: 'lowerHeight' }),
    length: configured('the longest chain, as until 2010', { n: 3, maxWork: 3, rule: 'length' }),
  },
  system: (values) => chain(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  chart: chainChart,
  view: chainForests,
  mutants: Object.entries(mutants).map(
    ([name, { doc, values, variation, kills, source }]): Mutant => ({
      name,
      doc,
      values: { ...defaults, ...values },
      system: () => chain({ ...optionsOf({ ...defaults, ...values }), variation }),
      kills,
      source,
    }),
  ),
};
