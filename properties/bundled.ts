/** Every bundled suite by its model, loaded when it is asked for: most commands need one, and some take long to load. */
import type { Suite } from '../src/kernel/index.js';

/** In the order of the catalogue. */
const shelves: readonly (readonly [models: readonly string[], load: () => Promise<readonly Suite[]>])[] = [
  [['two-phase-commit'], async () => [(await import('./two-phase-commit.js')).suite]],
  [['stop-and-wait'], async () => [(await import('./stop-and-wait.js')).suite]],
  [['leader-election'], async () => [(await import('./leader-election.js')).suite]],
  [['chord-orig', 'chord-zave', 'chord-msg', 'chord-net'], async () => (await import('./chord.js')).suites],
  [['chord-lookup'], async () => [(await import('./chord-lookup.js')).suite]],
  [['chord-keys'], async () => [(await import('./chord-keys.js')).suite]],
  [['chain'], async () => [(await import('./chain.js')).suite]],
  [['chain-ledger'], async () => [(await import('./chain-ledger.js')).suite]],
  [['chain-difficulty'], async () => [(await import('./chain-difficulty.js')).suite]],
  [['chain-network'], async () => [(await import('./chain-network.js')).suite]],
  [['chain-race'], async () => [(await import('./chain-race.js')).suite]],
  [['dissemination'], async () => [(await import('./dissemination.js')).suite]],
  [['metainfo'], async () => [(await import('./metainfo.js')).suite]],
  [['tracker'], async () => [(await import('./tracker.js')).suite]],
  [['tracker-asked'], async () => [(await import('./tracker-asked.js')).suite]],
  [['tracker-udp'], async () => [(await import('./tracker-udp.js')).suite]],
  [['wire', 'swarm'], swarm],
];

async function swarm(): Promise<readonly Suite[]> {
  const { wireSuite, swarmSuite } = await import('./swarm.js');
  return [wireSuite, swarmSuite];
}

/** The suites of these models, where all of them are bundled; else all that there are. @public */
export async function bundled(models?: readonly string[]): Promise<readonly Suite[]> {
  const isAsked = (shelf: readonly string[]) => models?.some((model) => shelf.includes(model)) ?? true;
  const isKnown = models?.every((model) => shelves.some(([shelf]) => shelf.includes(model))) ?? false;
  const wanted = isKnown ? shelves.filter(([shelf]) => isAsked(shelf)) : shelves;
  return (await Promise.all(wanted.map(([, load]) => load()))).flat();
}
