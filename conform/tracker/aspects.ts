/** What can be seen of a tracker, and what the model says of it. */
import type { AskedPeers, Reply } from '../../models/tracker/index.js';
import type { Aspect, ModelStep, World } from '../../src/index.js';

type TrackerAspect = Aspect<AskedPeers>;

/** The answer to the announce that was the move; none while chance has not drawn it, and none of another move. */
function replyIn({ after, move }: ModelStep<AskedPeers>): Reply | undefined {
  if (move?.kind !== 'operation' || move.operation !== 'announce') return undefined;
  const answer = after.peers[move.peer as 'ann']?.answer;
  return answer?.type === 'reply' ? answer : undefined;
}

const isAnnounce = ({ move }: ModelStep<AskedPeers>): boolean =>
  move?.kind === 'operation' && move.operation === 'announce';

const countsIn = ({ peers: { tracker } }: World<AskedPeers, true>) => {
  const entries = tracker?.entries ?? [];
  const complete = entries.filter(({ seed }) => seed).length;
  return { complete, incomplete: entries.length - complete };
};

export const reply: TrackerAspect = {
  allows: (step) => {
    if (!isAnnounce(step)) return undefined;
    const answer = replyIn(step);
    return answer === undefined ? [] : [{ complete: answer.complete, incomplete: answer.incomplete }];
  },
  because: ({ after }) => {
    const { complete, incomplete } = countsIn(after);
    return `${complete} of those who announced have said last that nothing is left, and ${incomplete} that something is`;
  },
};

export const peers: TrackerAspect = {
  allows: (step) => {
    if (!isAnnounce(step)) return undefined;
    const answer = replyIn(step);
    if (answer === undefined) return [];
    return answer.event === 'stopped' ? undefined : [answer.peers];
  },
  because: () => 'who may be handed out is in the table and, where that is its policy, somebody else',
};

export const scrape: TrackerAspect = {
  allows: ({ after }) => [countsIn(after)],
  because: () => 'a scrape counts those who are in the table',
};

export const downloaded: TrackerAspect = {
  allows: ({ after }) => [after.peers.tracker?.downloaded ?? 0],
  because: () => 'each completion that was announced with nothing left is counted, once for an entry',
};
