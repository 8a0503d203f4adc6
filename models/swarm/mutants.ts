/**
 * Mistakes that clients have made, each a rule of {@link Rules} replaced, with the configuration in which it shows and what it breaks.
 * B.. and S.. are numbered as in the README, where those are named that have no meaning here; M.. are seeded.
 */
import type { Seeded } from '../mutant.js';
import type { Rules } from './rules.js';

/** What differs from the defaults of a suite. @public */
export interface SwarmMutant extends Seeded {
  readonly variation: Partial<Rules>;
}

const oneBadOneGood = { level: 'atomic', leechers: 1, corrupters: 1, pieces: 1, crashes: 0 } as const;
const pair = { level: 'wire', leechers: 1, corrupters: 0, pieces: 1, crashes: 0 } as const;
const trio = { level: 'wire', leechers: 2, corrupters: 0, pieces: 2, blocks: 1, crashes: 0 } as const;
const twoSeeds = { level: 'wire', seeds: 2, leechers: 1, corrupters: 0, pieces: 1, crashes: 0 } as const;

/** Of the suite `swarm`. @public */
export const mutants: { readonly [name: string]: SwarmMutant } = {
  B14: {
    doc: 'one block is asked of two neighbours though others were asked of none',
    values: twoSeeds,
    variation: { handsOutTwice: true },
    kills: { W4d: 2 },
    source: 'libtorrent ChangeLog 2.0.8',
  },
  B15: {
    doc: 'a piece whose hash was wrong stays as it is, finished and locked',
    values: oneBadOneGood,
    variation: { afterFailure: 'locked' },
    kills: { W7: 2, L2: 2, L1: 2 },
    source: 'libtorrent ChangeLog 0.16.10',
  },
  B16: {
    doc: 'the test for endgame counts pieces that are not wanted',
    values: { ...twoSeeds, pieces: 2, blocks: 1, deselected: 1 },
    variation: { endgameCounts: 'all' },
    kills: { 'at stake in W4d': 'never' },
    source: 'libtorrent ChangeLog 0.16.2',
  },
  B17: {
    doc: 'a seed that goes round skips one',
    values: { ...trio, pieces: 1, choking: 'rounds', network: 'synchronous' },
    variation: { rotation: 'skips' },
    kills: { W6r: 1 },
    source: 'libtorrent ChangeLog 0.16.11',
  },
  B18: {
    doc: 'a piece is read back before its last block is on the disk',
    values: pair,
    variation: { flushesFirst: false },
    kills: {
      W8: 8,
      L2: 9,
      'every leecher has every piece that it wants': 'never',
      L1: 9,
      'at stake in W1': 'never',
      NoCut: 8,
    },
    source: 'Transmission 4.0.0, pull requests 4879, 4880, 4890',
  },
  B24: {
    doc: 'a seed that has uploaded nothing divides by it in its first choke round',
    values: { ...pair, blocks: 1, choking: 'rounds' },
    variation: { ranksNothing: 'crash' },
    kills: { NoCut: 7 },
    source: 'libtorrent ChangeLog 1.2.3',
  },
  S1: {
    doc: 'a piece is announced when its last block has come, before it is hashed',
    values: { ...trio, seeds: 0, corrupters: 1, pieces: 1, network: 'synchronous' },
    variation: { announces: 'full' },
    kills: { W1: 2 },
    source: 'seeded',
  },
  S4: {
    doc: 'nobody is unchoked who has given nothing (no optimistic unchoke)',
    values: { ...trio, choking: 'rounds', network: 'synchronous', crashes: 1, mortal: 'seeds' },
    variation: { optimistic: false },
    kills: { L1: 5 },
    source: 'seeded',
  },
  S5: {
    doc: 'of equally rare pieces the lowest is fetched',
    values: { ...trio, level: 'atomic', crashes: 1, mortal: 'seeds' },
    variation: { tie: 'lowest' },
    kills: { 'two leechers hold one piece each, and not the same': 'never' },
    source: 'the BitTorrent mailing list, August 2007',
  },
  S6: {
    doc: 'pieces of one who has gone are still counted',
    values: { ...trio, network: 'synchronous', crashes: 1 },
    variation: { forgetsGone: false },
    kills: { Counts: 2 },
    source: 'seeded',
  },
  M4: {
    doc: 'a seed unchokes whoever is interested',
    values: { ...trio, leechers: 3, pieces: 1, choking: 'rounds', network: 'synchronous' },
    variation: { countsSlots: false },
    kills: { W6: 1 },
    source: 'seeded',
  },
  M1: {
    doc: 'pieces are not hashed',
    values: oneBadOneGood,
    variation: { verifies: false },
    kills: { W2: 2, 'a corrupting peer is banned': 'never', 'at stake in W8': 'never' },
    source: 'seeded',
  },
  M2: {
    doc: 'all senders of a bad piece are banned',
    values: oneBadOneGood,
    variation: { blame: 'all' },
    kills: { W8: 2, 'at stake in W8': 'never', L2: 2, L1: 2 },
    source: 'the mass bans of qBittorrent issue 20111 and libtorrent issue 7734',
  },
  M3: {
    doc: 'nobody is ever blamed',
    values: oneBadOneGood,
    variation: { blame: 'nobody' },
    kills: { 'a corrupting peer is banned': 'never', 'at stake in W8': 'never' },
    source: 'seeded',
  },
  M6: {
    doc: 'slots that nobody has earned are given away',
    values: { ...trio, leechers: 3, freeRiders: 1, choking: 'rounds', network: 'synchronous' },
    variation: { ranksGiversOnly: false },
    kills: { L5: 3 },
    source: 'seeded',
  },
};

const connection = { pieces: 1, gains: 1 } as const;

/** Of the suite `wire`. @public */
export const wireMutants: { readonly [name: string]: SwarmMutant } = {
  B12: {
    doc: 'interest is not looked at again when the neighbour has a piece more',
    values: connection,
    variation: { interestOnHave: false },
    kills: { W5: 5 },
    source: 'webtorrent CHANGELOG; Transmission 4.0.2, pull request 5176',
  },
  B13: {
    doc: 'every block is asked for in full length, whatever the piece',
    values: { ...connection, blocks: 2, short: true },
    variation: { knowsEnds: false },
    kills: { W4v: 13, NoCut: 14 },
    source: 'Transmission issue 3111, pull request 3324',
  },
  B19: {
    doc: 'blocks are asked for while choked',
    values: connection,
    variation: { asksWhileChoked: true },
    kills: { W4: 5 },
    source: 'webtorrent issue 890',
  },
  B23: {
    doc: 'an empty bitfield is more than the client can take',
    values: connection,
    variation: { emptyBitfield: 'crash' },
    kills: { 'at stake in W3': 'never', NoCut: 3, 'a block comes that is not asked for any more': 'never' },
    source: 'libtorrent ChangeLog 1.1.6, 1.2, 1.2.8',
  },
  M5: {
    doc: 'nobody is told that he is not interesting any more',
    values: connection,
    variation: { saysNotInterested: false },
    kills: { W5q: 13 },
    source: 'seeded',
  },
  S2: {
    doc: 'requests stay queued when the one who asked is choked',
    values: connection,
    variation: { clearsQueue: false },
    kills: { W3: 11 },
    source: 'seeded',
  },
  S3: {
    doc: 'what was asked for stays reserved at one who chokes',
    values: connection,
    variation: { returnsBlocks: false },
    kills: { W4: 9, 'a block comes that is not asked for any more': 'never' },
    source: 'seeded',
  },
  S10: {
    doc: 'who sends a block that is not asked for any more is banned',
    values: connection,
    variation: { unasked: 'ban' },
    kills: { W8: 16, NoCut: 16 },
    source: 'seeded; BEP 3 allows late pieces',
  },
};
