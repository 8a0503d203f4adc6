/** The store against a plain map: many states looked up together, while their numbers outgrow one layout after another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Store } from '../../src/check/store.js';
import { Moves } from '../../src/kernel/index.js';

const width = 5;
/** A component may take numbers of any size up to so many bits. */
const change = fc.record({ component: fc.nat(width - 1), bits: fc.nat(14), value: fc.nat(0x3fff) });
/** Moves of one state, each with its changes. */
const enabled = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 6 });

test('numbers equal states alike and others apart, whatever is looked up together', () => {
  fc.assert(
    fc.property(fc.array(enabled, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (script, batch) => {
      const store = new Store(width);
      const numbers = new Map<string, number>();
      const start = new Int32Array(width);
      numbers.set(String(start), store.addStart(start, 0));
      let next = 0;
      for (let at = 0; at < script.length; ) {
        const gathered: { readonly id: number; readonly place: number; readonly after: Int32Array[] }[] = [];
        for (; gathered.length < batch && at < script.length && next < store.count; at++) {
          const state = new Int32Array(width);
          const id = next++;
          store.open(id, state);
          const moves = new Moves();
          const after = (script[at] as (typeof script)[number]).map((changes) => {
            const goal = state.slice();
            for (const { component, bits, value } of changes) goal[component] = value & ((1 << bits) - 1);
            moves.begin(0, 0, 0, 0);
            for (const [c, value] of goal.entries()) if (value !== state[c]) moves.change(c, value);
            moves.end();
            return goal;
          });
          gathered.push({ id, place: store.gather(moves), after });
        }
        if (gathered.length === 0) return;
        store.probe();
        for (const { id, place, after } of gathered) {
          for (const [i, goal] of after.entries()) {
            const key = String(goal);
            const wasSeen = store.isKnown(place + i);
            const number = wasSeen ? store.target(place + i) : store.successor(place + i, id);
            expect(number).toBe(numbers.get(key) ?? numbers.size);
            if (wasSeen) expect(numbers.has(key)).toBe(true);
            numbers.set(key, number);
          }
        }
      }
      expect(store.count).toBe(numbers.size);
      const state = new Int32Array(width);
      for (const [key, number] of numbers) {
        store.read(number, state);
        expect(String(state)).toBe(key);
      }
    }),
    { numRuns: 300 },
  );
});
