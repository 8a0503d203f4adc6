/** Divergences that are known, each with its reason. A campaign is red when it finds another one. */
import { readKnown } from '../src/index.js';

export const known = readKnown(
  [
    {
      id: 'one-orphan-per-parent',
      implementation: 'bcoin',
      version: '1.0.2',
      kind: 'choice',
      reason:
        'of several orphans with one parent only the last is kept, so of a fork that comes before its parent the other branch has to be sent again (storeOrphan in lib/blockchain/chain.js)',
    },
    {
      id: 'failed-reorganisation-not-undone',
      implementation: 'bcoin',
      version: '1.0.2',
      kind: 'defect',
      reason:
        'when a block of the better branch turns out invalid, the tip stays where the attempt had come to, with less work than before, until another block makes it move (reorganize in lib/blockchain/chain.js does not reconnect what it disconnected)',
    },
    {
      id: 'orphans-of-invalid-blocks-kept',
      implementation: 'bcoin',
      version: '1.0.2',
      kind: 'choice',
      reason:
        'when a block is found invalid, what waited for it stays among the orphans until it is driven out, the block for whose sake it was tried is not kept, and what stands on either becomes an orphan, too; nothing of it can become the tip',
    },
    {
      id: 'takes-itself',
      implementation: 'k-bucket',
      version: '5.1.0',
      kind: 'choice',
      reason:
        'the own id is a contact like any other if it is added, and then has a place in a bucket and in answers; to leave it out is left to the caller (add in index.js)',
    },
    {
      id: 'asks-again',
      implementation: 'k-bucket',
      version: '5.1.0',
      kind: 'choice',
      reason:
        'for each newcomer to a full bucket it says anew that the oldest contact is to be asked; that it is being asked already is for the caller to know (add in index.js emits ping)',
    },
    {
      id: 'once-a-seed-always-a-seed',
      implementation: 'bittorrent-tracker',
      version: '11.2.3',
      kind: 'choice',
      reason:
        'who has had everything stays a seed though it says later that something is left, as after a check that found damage; until it stops or falls silent (_onAnnounceUpdate in lib/server/swarm.js makes seeds of others, and never the other way)',
    },
    {
      id: 'completed-is-a-seed',
      implementation: 'bittorrent-tracker',
      version: '11.2.3',
      kind: 'choice',
      reason:
        'who is known and announces `completed` is a seed, whatever is left by the same announce (_onAnnounceCompleted in lib/server/swarm.js does not look at it)',
    },
  ],
  'conform/known.ts',
);
