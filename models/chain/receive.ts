/**
 * What a node does with a block or a header that comes in: the checks in their order, the orphans, and whatever had waited for
 * it. Where the tip has to move it stops; that is a matter of `activation.ts`.
 */
import { type BlockId, type BlockTable, descendantsOf, genesis, kindOf, parentOf } from './blocks.js';
import { type Rules, ranksBefore } from './rules.js';
import {
  type ChainEvent,
  type ChainState,
  hasData,
  isHeld,
  isKnown,
  isMarked,
  type Refusal,
  type Result,
  type Status,
  statusOf,
  withStatus,
} from './state.js';

/** `mutated`: the transactions are not those that the header commits to, though their merkle root is. @public */
export type Body = 'genuine' | 'mutated';

/** A whole block has come. @public */
export function receiveBlock(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId, body: Body): Result {
  if (isHeld(chain, id)) {
    if (statusOf(chain, id) === 'failed') return refused(chain, id, 'invalid-known');
    return {
      chain: rules.ranksAgain ? againRanked(rules, blocks, chain, id) : chain,
      events: [{ type: 'duplicate', block: id }],
    };
  }
  if (kindOf(blocks, id) === 'headerInvalid') return refused(chain, id, 'invalid-header');
  // Before anything is kept under its id: the id says nothing of this body.
  if (body === 'mutated') {
    return refused(rules.mutated === 'mark' ? marked(blocks, chain, id) : chain, id, 'mutated');
  }
  if (isKnown(chain, parentOf(blocks, id))) return drained(rules, blocks, judged(rules, blocks, chain, id));
  const orphans = rules.keepOrphan(blocks, chain.orphans, id);
  const evicted = [...chain.orphans, id].filter((orphan) => !orphans.includes(orphan));
  return {
    chain: { ...chain, orphans },
    events: [{ type: 'orphan', block: id }, ...evicted.map((block): ChainEvent => ({ type: 'evicted', block }))],
  };
}

/** A header alone has come. One that does not lead to a chain of good standing is not kept. @public */
export function receiveHeader(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): Result {
  const parent = parentOf(blocks, id);
  if (kindOf(blocks, id) === 'headerInvalid') return refused(chain, id, 'invalid-header');
  if (isKnown(chain, id) || !isKnown(chain, parent)) return { chain, events: [] };
  if (isMarked(chain, parent)) return refused(chain, id, 'invalid-ancestor');
  if (isAhead(blocks, chain, id)) return tooEarly(rules, blocks, chain, id);
  const known = { ...chain, status: withStatus(chain.status, id, 'header-ok') };
  const kept = rules.ranksHeaders ? { ...known, ranked: withRank(rules, blocks, known.ranked, id) } : known;
  // An orphan of which the header alone is known now waits in the tree for the body in between.
  return drained(rules, blocks, { chain: released(blocks, kept, id), events: [{ type: 'accepted', block: id }] });
}

/** Looks at what waits, until the tip has to move. @internal */
export function drained(rules: Rules, blocks: BlockTable, { chain, events }: Result): Result {
  let now = chain;
  let said = events;
  for (;;) {
    const [next, ...rest] = now.todo;
    if (next === undefined || rules.best(blocks, now) !== now.tip) return { chain: now, events: said };
    const { chain: after, events: more } = judged(rules, blocks, { ...now, todo: rest }, next, rest);
    now = after;
    said = [...said, ...more];
  }
}

/** All checks but that of connecting, for a block whose parent is known. */
function judged(
  rules: Rules,
  blocks: BlockTable,
  chain: ChainState,
  id: BlockId,
  waiting: readonly BlockId[] = [],
): Result {
  const parent = parentOf(blocks, id);
  if (isMarked(chain, parent)) return condemned(rules, blocks, chain, id, 'failed-ancestor');
  if (isMarked(chain, id)) return { chain, events: [] };
  if (isAhead(blocks, chain, id)) return tooEarly(rules, blocks, chain, id);
  if (kindOf(blocks, id) === 'bodyInvalid') {
    const { chain: after, events } = condemned(rules, blocks, chain, id, 'failed');
    return { chain: rules.condemned(waiting).reduce((so, other) => marked(blocks, so, other), after), events };
  }
  const stored = hasData(chain, id) ? chain : { ...chain, status: withStatus(chain.status, id, 'data-ok') };
  const isLinked = parent === genesis || (chain.ranked.includes(parent) && hasData(chain, parent));
  return {
    chain: isLinked ? linked(rules, blocks, stored, id) : released(blocks, stored, id),
    events: [{ type: 'accepted', block: id }],
  };
}

/** Its chain is held down to genesis: it gets its rank, and what waits for it is next. */
function linked(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  const ranked = chain.ranked.includes(id) ? chain.ranked : withRank(rules, blocks, chain.ranked, id);
  const isEligible = ranksBefore(ranked, id, chain.tip);
  const candidates = isEligible ? [...chain.candidates, id].sort((a, b) => a - b) : chain.candidates;
  return released(blocks, { ...chain, ranked, candidates }, id);
}

/** @internal */
export function withRank(
  rules: Rules,
  blocks: BlockTable,
  ranked: readonly BlockId[],
  id: BlockId,
): readonly BlockId[] {
  const at = ranked.findIndex((other) => rules.outranks(blocks, ranked, id, other));
  return at < 0 ? [...ranked, id] : [...ranked.slice(0, at), id, ...ranked.slice(at)];
}

function againRanked(rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  if (!chain.ranked.includes(id)) return chain;
  const others = chain.ranked.filter((other) => other !== id);
  return { ...chain, ranked: withRank(rules, blocks, others, id) };
}

/** Bodies in the tree first, then orphans as they came. */
function released(blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  const isChild = (other: BlockId) => other !== genesis && parentOf(blocks, other) === id;
  const { status } = chain;
  const bodied: BlockId[] = [];
  for (let other = 0; other < blocks.length; other++)
    if (status[other] === 'data-ok' && isChild(other)) bodied.push(other);
  if (bodied.length === 0 && !chain.orphans.some(isChild)) return chain;
  return {
    ...chain,
    orphans: chain.orphans.filter((orphan) => !isChild(orphan)),
    todo: [...chain.todo, ...bodied, ...chain.orphans.filter(isChild)],
  };
}

function condemned(
  rules: Rules,
  blocks: BlockTable,
  chain: ChainState,
  id: BlockId,
  status: 'failed' | 'failed-ancestor',
): Result {
  const after =
    status === 'failed' ? marked(blocks, chain, id) : { ...chain, status: withStatus(chain.status, id, status) };
  return refused(
    rules.releasesRefused ? released(blocks, after, id) : after,
    id,
    status === 'failed' ? 'invalid' : 'invalid-ancestor',
  );
}

const isAhead = (blocks: BlockTable, { mended }: ChainState, id: BlockId): boolean =>
  kindOf(blocks, id) === 'future' && !mended;

const tooEarly = (rules: Rules, blocks: BlockTable, chain: ChainState, id: BlockId): Result =>
  refused(rules.notYet === 'mark' ? marked(blocks, chain, id) : chain, id, 'not-yet');

const refused = (chain: ChainState, block: BlockId, why: Refusal): Result => ({
  chain,
  events: [{ type: 'refused', block, why }],
});

/** The block is invalid for ever, and so is whatever is built on it. @internal */
export function marked(blocks: BlockTable, chain: ChainState, id: BlockId): ChainState {
  const above = descendantsOf(blocks, id);
  const status = chain.status.map((before, at): Status => {
    if (at === id) return 'failed';
    if (!above.includes(at) || before === 'unknown' || isMarked(chain, at)) return before;
    return before === 'header-ok' ? 'header-failed-ancestor' : 'failed-ancestor';
  });
  const candidates = chain.candidates.filter((other) => !(status[other] as Status).includes('failed'));
  return { ...chain, status, candidates };
}
