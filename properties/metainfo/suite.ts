/** The suite of torrent files: one configuration is enough to have every file of the catalogue read in every way. */
import { type MetainfoMutant, type MetainfoOptions, metainfoMutants, publishing } from '../../models/metainfo/index.js';
import { seeded } from '../../models/mutant.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import * as claimed from './claims.js';

type Options = Omit<MetainfoOptions, 'variation'>;

const claims = ({ publishes }: Options): readonly Claim[] =>
  [
    claimed.wholeVersions,
    claimed.nothingMalformed,
    claimed.exactHash,
    claimed.coded,
    claimed.inside,
    claimed.wholeBlocks,
    claimed.ends,
    ...claimed.witnesses,
    ...(publishes > 0 ? [claimed.twoVersions] : []),
  ].map((property) => ({ property }));

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;

/** @public */
export const suite: Suite = {
  model: 'metainfo',
  family: 'bittorrent',
  summary:
    'torrent files: read from a web server over a network that loses, and refused with a code if they are malformed',
  parameters: {
    publishes: integer('how often another file is published', 1, 0, 3),
    fetches: integer('how often the client fetches', 1, 1, 3),
    losses: integer('messages that are lost', 1, 0, 3),
    duplicates: integer('messages that come twice', 1, 0, 3),
  },
  configurations: {
    once: {
      doc: 'any of 15 files, another one published meanwhile; a loss and a duplicate',
      quick: true,
      set: { publishes: 1, fetches: 1, losses: 1, duplicates: 1 },
    },
    again: {
      doc: 'two fetches, so that what was late for the first comes to the second',
      set: { publishes: 1, fetches: 2, losses: 0, duplicates: 1 },
    },
  },
  system: (values) => publishing(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: seeded<MetainfoMutant>(metainfoMutants, ({ values, variation }) => publishing({ ...values, variation })),
};

function optionsOf(values: Values): Options {
  const number = (name: keyof Options) => Number(values[name]);
  return {
    publishes: number('publishes'),
    fetches: number('fetches'),
    losses: number('losses'),
    duplicates: number('duplicates'),
  };
}
