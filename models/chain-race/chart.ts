/** Both branches over time: the tree of all blocks there are, with the payment and the double spend, and how far the merchant is. */
import type { Frame, Picture, View } from '../../src/kernel/index.js';
import { type DrawnTree, film, forestLegend, forestOf, type Mark, treeLines } from '../chain/index.js';
import { type Block, type Chain, carriedBy, depthOf, isPrefix, prefixesOf, spendIn, textOf } from './blocks.js';
import type { MalloryContext } from './mallory.js';
import type { NodeContext } from './rules.js';

interface Scene {
  readonly nodes: readonly { readonly name: string; readonly chain: Chain }[];
  readonly secret: readonly Chain[];
  /** The merchant's chain, and what the merchant does. */
  readonly own: Chain;
  readonly phase: string;
}

function sceneOf({ peers }: Picture): Scene {
  const nodes = peers.flatMap(({ name, context }) =>
    name === 'mallory' ? [] : [{ name, chain: (context as unknown as NodeContext).chain }],
  );
  const adversary = peers.find(({ name }) => name === 'mallory')?.context as unknown as MalloryContext;
  return {
    nodes,
    secret: adversary.secret,
    own: nodes.find(({ name }) => name === 'merchant')?.chain ?? [],
    phase: String(peers.find(({ name }) => name === 'merchant')?.state),
  };
}

/** Every block is the chain that ends with it; the first is genesis. */
function treeOf({ nodes, secret, own }: Scene): DrawnTree {
  const blocks = prefixesOf([own, ...nodes.map(({ chain }) => chain), ...secret]);
  const texts = blocks.map(textOf);
  const marks = blocks.map((block): Mark => {
    if (isPrefix(block, own)) return 'active';
    return nodes.some(({ chain }) => isPrefix(block, chain)) ? 'stale' : 'header';
  });
  return {
    parents: blocks.map((block) => texts.indexOf(textOf(block.slice(0, -1)))),
    marks,
    tip: texts.indexOf(textOf(own)),
    label: (id) => labelOf(blocks[id]?.at(-1)),
  };
}

const labelOf = (block: Block | undefined): string => block ?? 'G';

const standing = ({ phase, own }: Scene, asked: number): string => {
  if (phase === 'given')
    return spendIn(own) === 'double' ? 'the goods are gone, and so is the money' : 'the goods are given';
  return `${phase === 'packing' ? 'packs the goods' : 'waits'}, ${depthOf(own)} of ${asked}`;
};

/** @public */
export const raceChart = (frames: readonly Frame[], asked: number): readonly string[] => [
  '     [n] the merchant’s tip  n~ on the chain of others  n. secret  $ the payment  x the double spend',
  ...film(frames, ({ picture }) => {
    const scene = sceneOf(picture);
    return [...treeLines(treeOf(scene)), `  merchant: ${standing(scene, asked)}`];
  }),
];

/** @public */
export const raceForest = (frames: readonly Frame[], asked: number): View => ({
  title: 'The race',
  legend: forestLegend.flatMap((entry) => {
    const label = labels[entry.key];
    return label === undefined ? [] : [{ ...entry, label }];
  }),
  drawings: frames.map(({ picture }) => {
    const scene = sceneOf(picture);
    const tree = treeOf(scene);
    return {
      kind: 'trees',
      forests: [
        forestOf('all blocks', tree, {
          note: `merchant: ${standing(scene, asked)}`,
          remark: (id) => {
            const spend = carriedBy(tree.label?.(id) ?? '');
            return spend === null ? [] : [spend === 'payment' ? 'the payment' : 'the double spend'];
          },
        }),
      ],
    };
  }),
});

const labels: { readonly [mark in Mark]?: string } = {
  active: 'on the merchant’s chain',
  stale: 'on the chain of others',
  header: 'secret',
};
