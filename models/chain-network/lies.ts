/** What a peer that lies may say next to one node, seeing everything: the offers of each kind of lie. */
import type { Message, Offer } from '../../src/kernel/index.js';
import { genesis, type Kind, kindOf, parentOf } from '../chain/index.js';
import type { LiarContext, Lie, Tell, WholeBlock } from './liar.js';
import type { NetworkMessage } from './messages.js';
import { isInTree, type NodeContext } from './state.js';
import { type Header, headerOf, minerOf, numberOf } from './table.js';

/** What is to be seen for whoever lies. @internal */
export interface Scene {
  readonly liar: LiarContext;
  /** Its number among the miners, and how many there are. */
  readonly miner: number;
  readonly miners: number;
  readonly victim: NodeContext;
  readonly others: readonly NodeContext[];
}

/** @internal */
export const offersOf = (lie: Lie, scene: Scene): readonly Offer[] => tellings[lie](scene);

type Says = Tell['says'];

const offer = (
  lie: Lie,
  { victim }: Scene,
  more: object,
  makes: readonly WholeBlock[],
  then: Tell['then'],
  says: Says,
): Offer => ({
  args: { lie, to: victim.at.name, ...more },
  event: { type: 'tell', makes, then, says } as unknown as Message,
});

/** The number of its n-th block from now on. */
const next = ({ liar, miner, miners }: Scene, n = 0): number =>
  numberOf(miner, miners, liar.made.filter(({ id }) => minerOf(id, miners) === miner).length + n);

const block = (id: number, parent: number, kind: Kind = 'ok'): WholeBlock => ({ id, parent, work: 1, kind });

const headerFrom = ({ id, parent, work }: WholeBlock): Header => ({ id, parent, work });

const headers = (to: string | readonly string[], list: readonly Header[]): Says[number] => ({
  to,
  message: { type: 'headers', headers: list },
});

const everybody = ({ victim, others }: Scene): readonly string[] => [victim, ...others].map(({ at }) => at.name).sort();

/** Headers of another node's chain that the victim has not got on its own, after where the two meet. */
function ahead({ victim }: Scene, other: NodeContext): readonly Header[] {
  let height = 0;
  while (height < other.active.length && other.active[height] === victim.active[height]) height++;
  return other.active.slice(height).map((id) => headerOf(other.blocks, id));
}

const tellings: { readonly [lie in Lie]: (scene: Scene) => readonly Offer[] } = {
  withholds: (scene) => {
    const made = block(next(scene), scene.victim.tip);
    return [offer('withholds', scene, {}, [made], 'ignore', [headers(everybody(scene), [headerFrom(made)])])];
  },
  invalid: (scene) => {
    const made = block(next(scene), scene.victim.tip, 'ctxInvalid');
    return [offer('invalid', scene, {}, [made], 'serve', [headers(everybody(scene), [headerFrom(made)])])];
  },
  mutates: (scene) =>
    scene.others.flatMap((other) => {
      const { tip, blocks } = other;
      if (tip === genesis) return [];
      const told: WholeBlock = { ...headerOf(blocks, tip), kind: kindOf(blocks, tip) };
      const message: NetworkMessage = { type: 'block', block: told, body: 'mutated' };
      const way = ahead(scene, other);
      return [
        offer('mutates', scene, { id: tip }, [told], 'falsify', [{ to: scene.victim.at.name, message }]),
        ...(way.length === 0
          ? []
          : [
              offer('mutates', scene, { id: tip, by: 'header' }, [told], 'falsify', [
                headers(scene.victim.at.name, way),
              ]),
            ]),
      ];
    }),
  spams: (scene) => {
    const made = block(next(scene), genesis);
    return [offer('spams', scene, {}, [made], 'ignore', [headers(scene.victim.at.name, [headerFrom(made)])])];
  },
  orphans: (scene) => {
    const below = block(next(scene), genesis);
    const made = block(next(scene, 1), below.id);
    const message: NetworkMessage = { type: 'block', block: made, body: 'genuine' };
    return [offer('orphans', scene, {}, [below, made], 'ignore', [{ to: scene.victim.at.name, message }])];
  },
  stalls: (scene) =>
    scene.others.flatMap((other) => {
      const way = ahead(scene, other);
      return way.length === 0
        ? []
        : [offer('stalls', scene, { id: other.tip }, [], 'ignore', [headers(scene.victim.at.name, way)])];
    }),
  stale: (scene) => {
    const [, first] = scene.victim.active;
    if (first === undefined || !isInTree(scene.victim, first) || parentOf(scene.victim.blocks, first) !== genesis)
      return [];
    return [
      offer('stale', scene, {}, [], 'ignore', [headers(scene.victim.at.name, [headerOf(scene.victim.blocks, first)])]),
    ];
  },
  equivocates: (scene) => {
    const [one, two] = [block(next(scene), scene.victim.tip), block(next(scene, 1), scene.victim.tip)];
    const others = scene.others.map(({ at }) => at.name);
    return [
      offer('equivocates', scene, {}, [one, two], 'serve', [
        headers(scene.victim.at.name, [headerFrom(one)]),
        ...(others.length === 0 ? [] : [headers(others, [headerFrom(two)])]),
      ]),
    ];
  },
};
