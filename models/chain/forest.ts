/** The same block trees as `chart.ts` has in plain text, as drawings for the replay page. */
import type { Frame, LegendEntry, TreesDrawing, View } from '../../src/kernel/index.js';
import { type BlockTable, genesis, kindOf } from './blocks.js';
import { type DrawnTree, type Mark, marksOf } from './chart.js';
import type { ChainState } from './state.js';

/** What the colours of blocks mean; the keys are those of {@link Mark}. @public */
export const forestLegend: readonly (LegendEntry & { readonly key: Mark })[] = [
  { key: 'active', label: 'on its chain', tone: 'strong' },
  { key: 'stale', label: 'stale', tone: 'plain' },
  { key: 'header', label: 'header only', tone: 'soft' },
  { key: 'orphan', label: 'orphan: parent unknown', tone: 'doubt' },
  { key: 'invalid', label: 'known to be invalid', tone: 'bad' },
];

type Forest = TreesDrawing['forests'][number];

/** The tree as one node has it, with what else there is to say of single blocks. @public */
export function forestOf(
  title: string,
  { parents, marks, tip, label = String }: DrawnTree,
  { note, remark }: { readonly note?: string; readonly remark?: (id: number) => readonly string[] } = {},
): Forest {
  return {
    title,
    ...(note === undefined ? {} : { note }),
    items: marks.flatMap((as, id) => {
      if (as === null) return [];
      const said = [...(id === tip ? ['tip'] : []), ...(remark?.(id) ?? [])];
      const parent = parents[id];
      return [
        {
          id: String(id),
          label: label(id),
          as,
          ...(parent === undefined || parent === id ? {} : { parent: String(parent) }),
          ...(said.length === 0 ? {} : { marks: said }),
        },
      ];
    }),
  };
}

type Drawn = Pick<ChainState, 'status' | 'tip' | 'orphans' | 'todo' | 'flushed'> & { readonly blocks: BlockTable };

/** Beside the tree that the node has stands the whole one, which no node sees. @public */
export const chainForests = (frames: readonly Frame[]): View => ({
  title: 'Block trees',
  legend: forestLegend,
  drawings: frames.map(({ picture }) => {
    const peer = picture.peers.find(({ name }) => name === 'node');
    const node = peer?.context as Drawn | undefined;
    if (node === undefined) return { kind: 'trees', forests: [{ title: 'node', note: peer?.status ?? '', items: [] }] };
    const { blocks, tip, flushed } = node;
    const parents = blocks.map(({ parent }) => parent);
    return {
      kind: 'trees',
      forests: [
        forestOf(
          'node',
          { parents, marks: marksOf(blocks, node), tip },
          {
            ...(flushed === tip ? {} : { note: `on disk up to ${flushed}` }),
          },
        ),
        forestOf(
          'every block there is',
          { parents, marks: parents.map(() => 'stale'), tip: -1 },
          {
            remark: (id) => {
              const { work } = blocks[id] as BlockTable[number];
              const kind = kindOf(blocks, id);
              return [...(id === genesis || work === 1 ? [] : [`work ${work}`]), ...(kind === 'ok' ? [] : [kind])];
            },
          },
        ),
      ],
    };
  }),
});
