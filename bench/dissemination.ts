/**
 * Prints in how few rounds a seed can have every piece with every leecher, as the search finds it, beside the closed form: the
 * least number of rounds for which a schedule exists, tried one after the other from the number of pieces on.
 */
import { dissemination, fewestRounds, type Way } from '../models/dissemination/index.js';
import { isComplete } from '../properties/dissemination.js';
import { sometimes } from '../src/kernel/index.js';
import { check } from '../src/run/check.js';

function found(way: Way, n: number, k: number): number {
  for (let rounds = k; ; rounds++) {
    const { findings } = check(dissemination({ n, k, rounds, way, cut: true }), [sometimes('complete', isComplete(k))]);
    if (findings[0]?.verdict === 'witnessed') return rounds;
  }
}

const upTo = Number(process.argv[2] ?? 12);
const sizes = [1, 2, 3, 4];
for (const way of ['peers', 'half-duplex', 'server'] as const) {
  process.stdout.write(`${way}: rounds by leechers (down) and pieces (across), found by search\n`);
  for (const n of sizes) {
    const row = sizes.map((k) => {
      if (n * k > upTo) return '-';
      const rounds = found(way, n, k);
      const known = fewestRounds(way, n, k);
      return known === undefined || known === rounds ? `${rounds}` : `${rounds} (not ${known})`;
    });
    process.stdout.write(`  N=${n}  ${row.map((text) => text.padStart(3)).join(' ')}\n`);
  }
}
