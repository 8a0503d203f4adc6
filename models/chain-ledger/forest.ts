/** The same picture of a node with a ledger as `chart.ts` has in plain text, as a drawing for the replay page. */
import type { Frame, View } from '../../src/kernel/index.js';
import { forestLegend, forestOf, marksOf } from '../chain/index.js';
import { inWords } from './chart.js';
import type { LedgerContext } from './machine.js';
import { ledgerOf } from './worlds.js';

/** @public */
export const ledgerForest = (frames: readonly Frame[]): View => ({
  title: 'Block tree and ledger',
  legend: forestLegend,
  drawings: frames.map(({ picture }) => {
    const peer = picture.peers[0];
    const node = peer?.status === 'up' ? (peer.context as LedgerContext | undefined) : undefined;
    if (node === undefined) return { kind: 'trees', forests: [{ title: 'node', note: peer?.status ?? '', items: [] }] };
    const { tree } = ledgerOf(node.world);
    const drawn = { parents: tree.map(({ parent }) => parent), marks: marksOf(tree, node), tip: node.tip };
    return { kind: 'trees', forests: [forestOf('node', drawn, { note: inWords(node).join('; ') })] };
  }),
});
