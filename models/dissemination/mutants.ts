/** Ways to be faster than is possible: each a rule of the rounds that is broken, and what notices. */
import type { Seeded } from '../mutant.js';
import type { DisseminationOptions, Variation } from './system.js';

/** @public */
export interface DisseminationMutant extends Seeded {
  readonly values: Omit<DisseminationOptions, 'variation'> & { readonly [name: string]: number | boolean | string };
  readonly variation: Variation;
}

const three = { n: 3, k: 2, rounds: 3, way: 'peers', cut: true } as const;

/** @public */
export const mutants: { readonly [name: string]: DisseminationMutant } = {
  forwards: {
    doc: 'a piece is passed on in the round in which it came',
    values: three,
    variation: { sendable: ({ held, got }) => (got < 0 ? held : held | (1 << got)) },
    kills: { Doubles: 3, Fewest: 8 },
    source: 'cut-through forwarding, which the model of rounds excludes',
  },
  'sends-twice': {
    doc: 'an uplink is used twice in a round',
    values: three,
    variation: { canSend: (place, { next }) => place >= next - 1 },
    kills: { Doubles: 3, SeedBound: 3, Fewest: 8 },
    source: 'seeded',
  },
  'receives-twice': {
    doc: 'a downlink is used again in the same round, and what came first is lost',
    values: three,
    variation: { canReceive: () => true },
    kills: { OneIn: 4 },
    source: 'seeded',
  },
  'sends-and-receives': {
    doc: 'in half duplex a member that has sent receives as well',
    values: { ...three, rounds: 4, way: 'half-duplex' },
    variation: { canReceive: ({ got }) => got < 0 },
    kills: { OneIn: 6 },
    source: 'seeded',
  },
  'seed-rests': {
    doc: 'the seed rests in every second round',
    values: three,
    variation: { canSend: (place, { next, round }) => place >= next && (place > 0 || round % 2 === 0) },
    kills: { 'at stake in SeedBound': 'never', 'all are complete after 3 rounds': 'never' },
    source: 'seeded',
  },
};
