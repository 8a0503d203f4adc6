/** Every suite that comes with churnproof. Order is contract: it is the order of `churnproof list`. */
import type { Suite } from '../src/kernel/index.js';
import { suite as chain } from './chain.js';
import { suite as chainDifficulty } from './chain-difficulty.js';
import { suite as chainLedger } from './chain-ledger.js';
import { suite as chainNetwork } from './chain-network.js';
import { suite as chainRace } from './chain-race.js';
import { suites as chord } from './chord.js';
import { suite as chordKeys } from './chord-keys.js';
import { suite as chordLookup } from './chord-lookup.js';
import { suite as dissemination } from './dissemination.js';
import { suite as leaderElection } from './leader-election.js';
import { suite as metainfo } from './metainfo.js';
import { suite as stopAndWait } from './stop-and-wait.js';
import { swarmSuite, wireSuite } from './swarm.js';
import { suite as tracker } from './tracker.js';
import { suite as trackerAsked } from './tracker-asked.js';
import { suite as trackerUdp } from './tracker-udp.js';
import { suite as twoPhaseCommit } from './two-phase-commit.js';

/** @public */
export const catalogue: readonly Suite[] = [
  twoPhaseCommit,
  stopAndWait,
  leaderElection,
  ...chord,
  chordLookup,
  chordKeys,
  chain,
  chainLedger,
  chainDifficulty,
  chainNetwork,
  chainRace,
  dissemination,
  metainfo,
  tracker,
  trackerAsked,
  trackerUdp,
  wireSuite,
  swarmSuite,
];
