/** The regression corpus at length: ten thousand replays of recorded traces drift nowhere. */
import { expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { Corpus } from '../../src/ci/index.js';
import { recordedCorpus } from '../support/corpus.js';

test('10,000 replays of counterexamples of the bundled models show zero drift', () => {
  const traces = recordedCorpus(['stop-and-wait/unordered', 'chord-orig/reuse', 'chord-zave/five', 'two-phase-commit']);
  expect(traces.length).toBeGreaterThan(15);
  const corpus = new Corpus(catalogue, () => []);
  let drift = 0;
  const began = performance.now();
  for (let n = 0; n < 10_000; n++) {
    const told = corpus.judge(traces[n % traces.length] as string, `${n}.json`);
    drift += told.notes.length;
    expect(told).toMatchObject({ state: 'shown', outcome: 'asExpected' });
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(`10,000 replays of ${traces.length} traces in ${seconds.toFixed(1)} s: drift ${drift}`);
  expect(drift).toBe(0);
});
