/** Every seeded mistake breaks the laws it is said to break, at the length it is said to; survivors break none. */
import { describe, expect, test } from 'vitest';
import {
  chordOriginal,
  chordZave,
  type OriginalMutant,
  originalMutants,
  ringView,
  type ZaveContext,
  type ZaveMutant,
  zaveMutants,
} from '../../models/chord/index.js';
import { atLeastOneRing, suites } from '../../properties/chord.js';
import { state } from '../../properties/common/law.js';
import type { Property, Suite, System, Values } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

const [original, zave] = suites as readonly [Suite, Suite];

interface Seeded {
  readonly id: string;
  readonly suite: Suite;
  readonly mutant: OriginalMutant | ZaveMutant;
  // biome-ignore lint/suspicious/noExplicitAny: a system of either protocol
  readonly system: System<any, any>;
}

const seeded: readonly Seeded[] = [
  ...Object.entries<OriginalMutant>(originalMutants).map(([id, mutant]) => ({
    id,
    suite: original,
    mutant,
    system: chordOriginal({ ...mutant.values, ...(mutant.variation && { variation: mutant.variation }) }),
  })),
  ...Object.entries<ZaveMutant>(zaveMutants).map(([id, mutant]) => ({
    id,
    suite: zave,
    mutant,
    system: chordZave({ ...mutant.values, variation: mutant.variation }),
  })),
];

const wordOf = ({ name }: Property): string => name.split(':')[0] as string;

const claimed = (suite: Suite, values: Values): readonly Property[] =>
  suite.claims(values).map(({ property }) => property);

const caught = seeded.filter(({ mutant }) => Object.keys(mutant.kills).length > 0);

test.each(caught)('$id is caught', ({ suite, mutant, system }) => {
  const properties = claimed(suite, mutant.values).filter((property) => wordOf(property) in mutant.kills);
  const { findings } = check(system, properties, { stopWhenDecided: true });
  const kills = findings.map(({ property, verdict, trace }) => [
    property.split(':')[0],
    verdict === 'neverWitnessed' ? 'never' : trace?.moves.length,
  ]);
  expect(Object.fromEntries(kills)).toEqual(mutant.kills);
});

const harmless = seeded.filter(({ mutant }) => Object.keys(mutant.kills).length === 0);

const alarms = (suite: Suite, system: Seeded['system'], values: Values): readonly string[] =>
  check(system, claimed(suite, values))
    .findings.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'witnessed')
    .map(({ property }) => property);

test.each(harmless)('$id breaks no law', ({ suite, mutant, system }) => {
  expect(alarms(suite, system, mutant.values)).toEqual([]);
  // Either nothing is wrong with it, or what is wrong is that it does not get on.
  expect(mutant.survivor === true).toBe(mutant.dead === undefined);
});

test('S7 breaks no law where no identifier is used again', () => {
  const { values, variation } = zaveMutants.S7;
  const once = { ...values, rejoin: false };
  expect(alarms(zave, chordZave({ ...once, variation }), once)).toEqual([]);
});

test('a checker that looks at first entries only raises a false alarm', () => {
  const slipped = ringView<ZaveContext>(
    ({ list }) => list,
    (list, members) => {
      const [first] = list;
      return first !== undefined && (members >> first) & 1 ? first : undefined;
    },
  );
  const [finding] = check(chordZave({ n: 4, r: 2, rejoin: false }), [state(atLeastOneRing, slipped).property]).findings;
  expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 6]);
});

describe('every law can be broken', () => {
  const broken = new Set([
    ...seeded.flatMap(({ mutant }) => Object.keys(mutant.kills)),
    ...original
      .claims({ n: 3, rejoin: true, split: false, jfix: true, sfix: true })
      .filter(({ expect }) => expect === 'violated')
      .map(({ property }) => wordOf(property)),
  ]);
  const words = suites.flatMap((suite) =>
    claimed(suite, { n: 5, r: 2, rejoin: true, split: false, jfix: true, sfix: true })
      .filter(({ kind }) => kind !== 'sometimes')
      .map(wordOf),
  );

  test.each([...new Set(words)])('%s', (word) => expect(broken).toContain(word));
});
