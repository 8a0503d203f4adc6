/** Where two chains part, found with few numbers: what a node asks with, and what it is answered. */
import { type BlockId, type BlockTable, genesis } from '../chain/index.js';
import { type Header, headerOf, isOn, levelOf } from './table.js';

/**
 * The last blocks of a chain one by one, then with steps that double, at last genesis: `CChain::GetLocator` of Bitcoin Core.
 * `active` is the chain by height. @public
 */
export function locatorOf(active: readonly BlockId[]): readonly BlockId[] {
  const locator: BlockId[] = [];
  let step = 1;
  for (let height = active.length - 1; ; height = Math.max(height - step, 0)) {
    locator.push(active[height] as BlockId);
    if (height === 0) return locator;
    if (locator.length > 10) step *= 2;
  }
}

/** The height on the active chain of the first block of a locator that is part of it. @public */
export function meetingOf(
  active: readonly BlockId[],
  blocks: BlockTable,
  isKnown: (id: BlockId) => boolean,
  locator: readonly BlockId[],
): number {
  const met = locator.find((id) => isKnown(id) && isOn(active, blocks, id)) ?? genesis;
  return levelOf(blocks, met);
}

/** The headers after a height, no more than `batch`. @public */
export const headersAfter = (
  active: readonly BlockId[],
  blocks: BlockTable,
  height: number,
  batch: number,
): readonly Header[] => active.slice(height + 1, height + 1 + batch).map((id) => headerOf(blocks, id));
