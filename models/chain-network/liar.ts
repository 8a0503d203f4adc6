/**
 * A peer that lies, as a machine with more moves than a node has. What it may say the system offers, for whoever lies knows
 * everything; it cannot make blocks without work, so it keeps what it made. It sends bodies that it is asked for, or does not.
 */
import { enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import type { BlockId } from '../chain/index.js';
import type { BlockMessage, GetData, NetworkMessage } from './messages.js';

/**
 * `withholds`: headers of its blocks and no bodies. `invalid`: blocks that prove work and break the rules. `mutates`: bodies that
 * are not those of the blocks. `spams`: headers with little work. `orphans`: blocks that hang on nothing. `stalls`: announces what
 * others have and does not send it. `stale`: tells of the beginning of the chain only. `equivocates`: one block for some, another
 * for others.
 * @public
 */
export const lies = ['withholds', 'invalid', 'mutates', 'spams', 'orphans', 'stalls', 'stale', 'equivocates'] as const;

/** @public */
export type Lie = (typeof lies)[number];

/** A block with its body. @public */
export type WholeBlock = BlockMessage['block'];

/** @public */
export type LiarContext = {
  /** Blocks that it knows of, so that it can speak of them; its own ones are among them. */
  readonly made: readonly WholeBlock[];
  /** Which of them it has, and sends; of the others it sends a body that is not theirs, or none. */
  readonly serves: readonly BlockId[];
  readonly falsifies: readonly BlockId[];
  /** Blocks that it was asked for in vain. */
  readonly ignored: readonly BlockId[];
};

/** Something to say, with the blocks that it takes and what is to be done when somebody asks for them. @public */
export type Tell = {
  readonly type: 'tell';
  readonly makes: readonly WholeBlock[];
  readonly then: 'serve' | 'falsify' | 'ignore';
  readonly says: readonly { readonly to: string | readonly string[]; readonly message: NetworkMessage }[];
};

const about = <E>({ event }: { readonly event: E }): E => event;

const joined = (some: readonly BlockId[], more: readonly BlockId[]): readonly BlockId[] =>
  [...new Set([...some, ...more])].sort((a, b) => a - b);

/** @public */
export const liar = setup({
  types: {
    context: {} as LiarContext,
    events: {} as Tell | From<GetData>,
    emitted: {} as Send<NetworkMessage>,
  },
  actions: {
    tell: enqueueActions(({ context, enqueue }, { makes, then, says }: Tell) => {
      const ids = makes.map(({ id }) => id);
      const known = context.made.filter(({ id }) => !ids.includes(id));
      enqueue.assign({
        made: [...known, ...makes].sort((a, b) => a.id - b.id),
        ...(then === 'serve' ? { serves: joined(context.serves, ids) } : {}),
        ...(then === 'falsify' ? { falsifies: joined(context.falsifies, ids) } : {}),
      });
      for (const { to, message } of says) enqueue.emit({ type: 'send', to, message });
    }),
    answer: enqueueActions(({ context, enqueue }, { ids, from }: From<GetData>) => {
      const { made, serves, falsifies, ignored } = context;
      for (const block of made) {
        if (!ids.includes(block.id) || !(serves.includes(block.id) || falsifies.includes(block.id))) continue;
        const body = serves.includes(block.id) ? 'genuine' : 'mutated';
        enqueue.emit({ type: 'send', to: from, message: { type: 'block', block, body } });
      }
      const silent = ids.filter((id) => !serves.includes(id) && !falsifies.includes(id));
      if (silent.length > 0) enqueue.assign({ ignored: joined(ignored, silent) });
    }),
  },
}).createMachine({
  id: 'peer that lies',
  context: { made: [], serves: [], falsifies: [], ignored: [] },
  on: {
    tell: { actions: { type: 'tell', params: about } },
    getdata: { actions: { type: 'answer', params: about } },
  },
});
