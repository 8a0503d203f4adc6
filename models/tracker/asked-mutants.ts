/** Mistakes that a tracker can make when it is asked anything at any time. */
import type { Seeded } from '../mutant.js';
import type { AskedOptions } from './asked.js';
import type { TrackerRules } from './table.js';

/** @public */
export interface AskedMutant extends Seeded<Omit<AskedOptions, 'variation'> & Seeded['values']> {
  readonly variation: Partial<TrackerRules>;
}

const two = {
  clients: 2,
  announces: 2,
  numwant: 50,
  keyPolicy: 'endpoint',
  seedsToSeeds: true,
  listsSelf: false,
  sweeps: false,
} as const satisfies Omit<AskedOptions, 'variation'>;

/** @public */
export const askedMutants = {
  'stays-after-stop': {
    doc: 'who stops is kept',
    values: two,
    variation: { without: (entries) => entries },
    kills: { Out: 2 },
  },
  'counts-the-asker-out': {
    doc: 'a reply counts everybody but the one who asks',
    values: two,
    variation: {
      counted: (entries, { key }) => {
        const others = entries.filter((entry) => entry.key !== key);
        const complete = others.filter(({ seed }) => seed).length;
        return { complete, incomplete: others.length - complete };
      },
    },
    kills: { Counts: 1 },
  },
  'tells-of-itself': {
    doc: 'who asks is told of itself',
    values: two,
    variation: { candidates: (entries) => entries.map(({ at }) => at).sort() },
    kills: { NotItself: 1 },
  },
  'counts-again': {
    doc: 'each announce of a completion is counted',
    values: two,
    variation: { counts: ({ event, left }) => event === 'completed' && left === 0 },
    kills: { CountedOnce: 2 },
  },
  'forgets-at-once': {
    doc: 'a sweep forgets everybody, however lately heard',
    values: { ...two, sweeps: true },
    variation: { swept: () => [] },
    kills: { Stays: 2 },
  },
  'knows-the-started': {
    doc: 'who has not said that it started is refused, as after a crash of the tracker',
    values: two,
    variation: { admits: ({ event }, entry) => event === 'started' || entry !== undefined },
    kills: { Taken: 1 },
  },
  'once-a-seed': {
    doc: 'who has had everything counts as a seed whatever it says later',
    values: two,
    variation: { isSeed: ({ left }, entry) => left === 0 || entry?.seed === true },
    kills: { AsItSays: 2 },
  },
} as const satisfies { readonly [name: string]: AskedMutant };
