/** What a node does with each message: a function of what it remembers, which gives what it remembers then and what it says. */
import type { From } from '../../src/kernel/index.js';
import { type BlockId, genesis, hasData, isMarked, type Kind, receiveBlock, receiveHeader } from '../chain/index.js';
import type { BlockMessage, GetData, GetHeaders, Headers, Inv, NetworkMessage } from './messages.js';
import { announcement, isAtRest, type Outcome, rested, type Steps, send, unchanged, whole } from './rest.js';
import type { NetworkRules } from './rules.js';
import { isInTree, isPromising, type NodeContext } from './state.js';
import { type Header, isHeardOf, noted, notedLine, numberOf, totalOf } from './table.js';

/** @public */
export interface Manner {
  readonly rules: NetworkRules;
  readonly steps: Steps;
}

/** @public */
export function heard(manner: Manner, node: NodeContext, message: From<NetworkMessage>): Outcome {
  switch (message.type) {
    case 'inv':
      return heardInv(manner, node, message);
    case 'getheaders':
      return heardGetHeaders(manner, node, message);
    case 'headers':
      return heardHeaders(manner, node, message);
    case 'getdata':
      return heardGetData(node, message);
    case 'block':
      return heardBlock(manner, node, message);
  }
}

/** Headers come first: of a block that it has not heard of a node asks how it is connected. */
function heardInv(manner: Manner, node: NodeContext, { id, from }: From<Inv>): Outcome {
  const { rules } = manner;
  if (!isInTree(node, id)) return { node, says: [asksHeaders(rules, node, from)] };
  // It may be held while something below it is missing.
  return restedIf(manner, node, withHead(rules, node, from, id), from);
}

/** What has changed nothing leaves nothing to be done: all of it was done when the node came to rest. */
const restedIf = (
  { rules, steps }: Manner,
  was: NodeContext,
  now: NodeContext,
  from: string,
  said?: Outcome['says'],
) => (now === was ? { node: now, says: said ?? [] } : rested(rules, steps, now, from, said));

const asksHeaders = (rules: NetworkRules, node: NodeContext, to: string | readonly string[]) =>
  send(to, { type: 'getheaders', locator: rules.locator(node.active) });

/** An empty answer would tell nobody anything. */
function heardGetHeaders({ rules }: Manner, node: NodeContext, { locator, from }: From<GetHeaders>): Outcome {
  const headers = rules.served(node, locator);
  return headers.length === 0 ? unchanged(node) : { node, says: [send(from, { type: 'headers', headers })] };
}

function heardHeaders(manner: Manner, node: NodeContext, { headers, from }: From<Headers>): Outcome {
  const { rules } = manner;
  const [first] = headers;
  const last = headers.at(-1);
  if (first === undefined || last === undefined || !isLine(headers)) return unchanged(node);
  if (!isInTree(node, first.parent)) return { node, says: [asksHeaders(rules, node, from)] };
  const total = headers.reduce((sum, { work }) => sum + work, totalOf(node.blocks, first.parent));
  const isFull = headers.length === rules.batch;
  if (!isFull && !rules.keepsHeaders(node, total)) return unchanged(node);
  const more = isFull
    ? [send(from, { type: 'getheaders', locator: rules.continued(last.id, rules.locator(node.active)) })]
    : [];
  const line = newLineOf(rules, node, headers);
  if (line !== undefined) {
    const now = line.length === 0 ? node : notedLine(node, line);
    const after = withHead(rules, now, from, last.id);
    // Headers that nobody is asked for would be forgotten at once.
    return restedIf(manner, node, after === now && isAtRest(rules, node) ? node : after, from, more);
  }
  let now = node;
  for (const header of headers) {
    if (isMarked(now, header.parent)) return restedIf(manner, node, now, from);
    if (isInTree(now, header.id)) continue;
    now = noted(now, header, header.isEarly ? 'future' : 'ok');
    now = { ...now, ...receiveHeader(rules.chain, now.blocks, now, header.id).chain };
  }
  // What is too early for now is told again.
  return restedIf(manner, node, isInTree(now, last.id) ? withHead(rules, now, from, last.id) : now, from, more);
}

/** The headers of a line that are new, where they follow what is in the tree and nothing waits for them; else `undefined`. */
function newLineOf(rules: NetworkRules, node: NodeContext, headers: readonly Header[]): readonly Header[] | undefined {
  if (rules.forgets !== 'useless' || rules.chain.ranksHeaders) return undefined;
  if (node.orphans.length > 0 || node.todo.length > 0) return undefined;
  let known = 0;
  while (known < headers.length && isInTree(node, (headers[known] as Header).id)) known++;
  for (let i = 0; i < headers.length; i++) {
    const { id, parent, isEarly } = headers[i] as Header;
    if (isEarly) return undefined;
    if (i <= known ? isMarked(node, parent) : isHeardOf(node, id)) return undefined;
  }
  const first = headers[known];
  if (first !== undefined && isHeardOf(node, first.id)) return undefined;
  return headers.slice(known);
}

const isLine = (headers: readonly Header[]): boolean =>
  headers.every(({ parent }, i) => i === 0 || parent === headers[i - 1]?.id);

/** Remembers what a neighbour has announced. */
function withHead(rules: NetworkRules, node: NodeContext, from: string, id: BlockId): NodeContext {
  const place = node.at.neighbours.indexOf(from);
  const head = node.heads[place];
  if (
    head === undefined ||
    head === id ||
    !rules.replaces(node, head, id) ||
    (hasData(node, id) && !rules.listensAgain)
  )
    return node;
  // It would be forgotten at once.
  if (head === genesis && isAtRest(rules, node) && !isPromising(node, id)) return node;
  const heads = node.heads.slice();
  heads[place] = id;
  return { ...node, heads };
}

const heardGetData = (node: NodeContext, { ids, from }: From<GetData>): Outcome => ({
  node,
  says: ids
    .filter((id) => isInTree(node, id) && hasData(node, id) && !isMarked(node, id))
    .map((id) => send(from, whole(node, id))),
});

function heardBlock(manner: Manner, node: NodeContext, { block, body, from }: From<BlockMessage>): Outcome {
  const { rules, steps } = manner;
  const { id } = block;
  if (isInTree(node, id) && hasData(node, id)) return restedIf(manner, node, withHead(rules, node, from, id), from);
  // The id says nothing of this body, so nothing is kept under it, and the block can still be had from others.
  if (body === 'mutated' && rules.chain.mutated === 'ignore')
    return restedIf(manner, node, withoutRequest(rules, node, id, from), from);
  const told = noted(node, block, block.kind);
  const { chain } = receiveBlock(rules.chain, told.blocks, told, id, body);
  const now: NodeContext = { ...told, ...chain, asked: told.asked.filter((request) => request.id !== id) };
  const isOrphan = !isInTree(now, block.parent);
  return rested(rules, steps, now, from, isOrphan ? [asksHeaders(rules, now, from)] : []);
}

/** Who sends a body that is not the block's is not asked for it again until it announces something. */
function withoutRequest(rules: NetworkRules, node: NodeContext, id: BlockId, from: string): NodeContext {
  const isBack = ({ id: other, from: asked }: { id: BlockId; from: string }) =>
    other === id && rules.takenBack(from, asked);
  const back = node.asked.filter(isBack).map((request) => request.from);
  if (back.length === 0) return node;
  const { neighbours } = node.at;
  return {
    ...node,
    heads: node.heads.map((head, i) => (back.includes(neighbours[i] as string) ? genesis : head)),
    asked: node.asked.filter((request) => !isBack(request)),
  };
}

/** Nobody answered: those who were asked count for nothing until they announce something again, others are asked. @internal */
export function waitedInVain({ rules, steps }: Manner, node: NodeContext): Outcome {
  if (rules.slow === 'wait') return unchanged(node);
  const slow = node.asked.map(({ from }) => from);
  const { neighbours } = node.at;
  const heads = node.heads.map((head, i) => (slow.includes(neighbours[i] as string) ? genesis : head));
  return rested(rules, steps, { ...node, heads, asked: [] });
}

/** A block of its own. @internal */
export function minedOne({ rules, steps }: Manner, node: NodeContext, work: number, kind: Kind = 'ok'): Outcome {
  const { miner, miners } = node.at;
  const id = numberOf(miner, miners, node.mined);
  const told = noted({ ...node, mined: node.mined + 1 }, { id, parent: rules.minesOn(node), work }, kind);
  const { chain } = receiveBlock(rules.chain, told.blocks, told, id, 'genuine');
  return rested(rules, steps, { ...told, ...chain });
}

/** The clock is set and the limits are raised: what had stopped it goes on. @internal */
export const mended = ({ rules, steps }: Manner, node: NodeContext): Outcome =>
  rested(rules, steps, { ...node, mended: true });

/** Tells a neighbour what the best chain is, once more. @internal */
export const announcedAgain = ({ rules }: Manner, node: NodeContext, to: string): Outcome => ({
  node,
  says: announcement(rules, node, genesis).map((message) => send(to, message)),
});

/** Whoever has just come up asks everybody what it has missed. @internal */
export const asksEverybody = ({ rules }: Manner, node: NodeContext): Outcome =>
  node.announced === null
    ? { node: { ...node, announced: node.tip }, says: [asksHeaders(rules, node, node.at.tells)] }
    : unchanged(node);
