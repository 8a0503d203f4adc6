/**
 * A hundred million states and more: what a search by fingerprints takes of time and memory, every ten million states and at its
 * end. The system is leader election among 13 members, or as many as the first argument says.
 */
import { leaderElection } from '../models/leader-election/index.js';
import { oneLeader } from '../properties/leader-election.js';
import { begin } from '../src/run/check.js';

const members = Number(process.argv[2] ?? 13);
const every = 10_000_000;

const started = performance.now();
const spent = () => ({
  seconds: Math.round((performance.now() - started) / 1000),
  cpuSeconds: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1e6),
  peakMB: Math.round(process.resourceUsage().maxRSS / 1000),
});

const search = begin(leaderElection({ members }), [oneLeader], { store: 'fingerprint', maxBytes: 4 * 2 ** 30 });
const marks: { readonly states: number; readonly queue: number }[] = [];
while (!search.done) {
  search.advance(20_000);
  const { states, queue, depth } = search.progress();
  if (states < (marks.length + 1) * every) continue;
  marks.push({ states, queue, ...spent() });
  console.error(JSON.stringify({ ...marks[marks.length - 1], depth }));
}
const { coverage, findings, effort } = search.report();
console.log(JSON.stringify({ members, coverage, findings, effort, end: spent(), marks }, null, 2));
