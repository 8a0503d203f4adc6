/** Reference counts of the Chord protocols with atomic operations and with queries that take time, small and large. */
import {
  chordEvents,
  chordOriginal,
  chordZave,
  type OriginalOptions,
  type ZaveOptions,
} from '../../models/chord/index.js';
import type { System } from '../../src/kernel/index.js';

/** Reached by two explorers that were written from the definitions alone, independently of this one. */
export interface ChordCount {
  readonly name: string;
  // biome-ignore lint/suspicious/noExplicitAny: a system of either protocol
  readonly system: System<any, any>;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

type Counts = readonly [states: number, transitions: number, depth: number];

const row = (system: ChordCount['system'], [states, transitions, depth]: Counts): ChordCount => ({
  name: system.name,
  system,
  states,
  transitions,
  depth,
});

const original = (n: number, options: Partial<OriginalOptions>, counts: Counts) =>
  row(chordOriginal({ n, rejoin: false, split: false, jfix: true, sfix: true, ...options }), counts);

const zave = (n: number, options: Partial<ZaveOptions>, counts: Counts) =>
  row(chordZave({ n, r: 2, rejoin: false, ...options }), counts);

/** Seconds altogether. */
export const smallCounts: readonly ChordCount[] = [
  original(3, {}, [424, 1_793, 14]),
  original(4, {}, [11_920, 74_434, 23]),
  original(3, { rejoin: true }, [5_449, 33_555, 31]),
  original(3, { split: true }, [2_950, 14_575, 20]),
  original(4, { split: true }, [181_259, 1_284_944, 32]),
  original(3, { split: true, rejoin: true }, [118_277, 741_150, 44]),
  original(3, { jfix: false, sfix: false, rejoin: true }, [6_841, 40_851, 33]),
  zave(4, {}, [315, 1_227, 13]),
  zave(5, {}, [15_740, 80_462, 20]),
  zave(4, { rejoin: true }, [2_577, 12_224, 29]),
  zave(5, { r: 3 }, [1_044, 5_054, 18]),
  zave(6, { r: 3 }, [83_244, 495_090, 27]),
  zave(5, { r: 3, rejoin: true }, [17_851, 103_210, 38]),
  zave(4, { r: 1, rejoin: true }, [3_243, 16_022, 24]),
  zave(5, { r: 1 }, [36_058, 204_851, 20]),
];

/** Half a minute and half a gigabyte each at most. */
export const largeCounts: readonly ChordCount[] = [
  original(5, {}, [555_881, 4_560_082, 30]),
  zave(5, { rejoin: true }, [777_771, 5_375_975, 46]),
  zave(6, {}, [1_059_186, 6_902_037, 31]),
];

/** Minutes; the same with its rules, 666,749 states, is in test/models/chord-events. */
export const largestCounts: readonly ChordCount[] = [
  row(chordEvents({ n: 5, r: 2, busy: true, failures: 'visible' }), [653_652, 3_284_970, 41]),
  row(chordEvents({ n: 5, r: 2, busy: false, failures: 'effective' }), [2_787_419, 19_060_034, 45]),
];
