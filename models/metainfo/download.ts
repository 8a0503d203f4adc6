/**
 * How a torrent file comes from a web server to a client, in two parts over a network that loses, doubles and reorders: the
 * client asks again for what is missing, never puts parts of two versions together, and only then reads.
 */
import { assign, emit, enqueueActions, setup } from 'xstate';
import type { From, Send } from '../../src/kernel/index.js';
import { concatenated } from './bencode.js';
import { type FileName, halfOf } from './catalogue.js';
import { MetainfoError, type MetainfoFault } from './fault.js';
import type { Metainfo } from './metainfo.js';
import { type Block, blocksOf, pieceSize } from './pieces.js';
import { readMetainfo } from './read.js';

/** @public */
export interface Get {
  readonly type: 'get';
  readonly part: 0 | 1;
}

/** Half of a file, with the version that it is of, as an entity tag tells it. @public */
export interface Part {
  readonly type: 'part';
  readonly part: 0 | 1;
  readonly version: FileName;
}

/** @public */
export interface WebServerContext {
  readonly version: FileName;
}

/** Gives what is published at the moment. @public */
export const webServer = setup({
  types: {
    context: {} as WebServerContext,
    input: {} as WebServerContext,
    events: {} as From<Get> | { readonly type: 'publish'; readonly version: FileName },
    emitted: {} as Send<Part>,
  },
}).createMachine({
  id: 'web server',
  context: ({ input }) => input,
  on: {
    get: {
      actions: emit(({ context, event: { from, part } }) => ({
        type: 'send',
        to: from,
        message: { type: 'part', part, version: context.version },
      })),
    },
    publish: {
      guard: ({ context, event }) => context.version !== event.version,
      actions: assign({ version: ({ event }) => event.version }),
    },
  },
});

/** What came of reading. @public */
export type Outcome =
  | {
      readonly kind: 'taken';
      readonly swarm: string;
      readonly paths: readonly string[];
      /** Requests for the first piece. */
      readonly blocks: readonly (readonly [begin: number, length: number])[];
    }
  | { readonly kind: 'refused'; readonly fault: MetainfoFault };

/** @public */
export type Versions = readonly [FileName | null, FileName | null];

/** @public */
export interface ReaderContext {
  readonly server: string;
  /** Which version each part that has come is of. */
  readonly parts: Versions;
  readonly outcome: Outcome | null;
}

/** How a client reads and plans, and which parts it puts together. @public */
export interface ReaderRules {
  read(bytes: Uint8Array): Metainfo;
  blocks(size: number): readonly Block[];
  /** The parts after one more has come. */
  joined(parts: Versions, newcomer: Part): Versions;
}

/** @public */
export const soundReader: ReaderRules = {
  read: readMetainfo,
  blocks: blocksOf,
  joined: (parts, { part, version }) => {
    const other = parts[1 - part];
    const kept = other === version ? other : null;
    return part === 0 ? [version, kept] : [kept, version];
  },
};

/** @public */
export type ReaderEvent = From<Part> | { readonly type: 'fetch' };

/** A client that fetches a torrent file and reads it by these rules. @public */
export function readerOf(rules: ReaderRules = soundReader) {
  return setup({
    types: {
      context: {} as ReaderContext,
      input: {} as { readonly server: string },
      events: {} as ReaderEvent,
      emitted: {} as Send<Get>,
    },
    delays: { patience: 2000 },
    guards: { isWhole: ({ context: { parts } }) => parts.every((part) => part !== null) },
    actions: {
      ask: enqueueActions(({ context: { server, parts }, enqueue }) => {
        for (const part of [0, 1] as const)
          if (parts[part] === null) enqueue.emit({ type: 'send', to: server, message: { type: 'get', part } });
      }),
      join: assign(({ context, event }) =>
        event.type === 'part' ? { parts: rules.joined(context.parts, event) } : {},
      ),
      read: assign(({ context: { parts } }) => ({ outcome: outcomeOf(rules, parts) })),
      clear: assign({ parts: [null, null] as const, outcome: null }),
    },
  }).createMachine({
    id: 'reader of torrent files',
    context: ({ input: { server } }) => ({ server, parts: [null, null], outcome: null }),
    initial: 'idle',
    states: {
      idle: { on: { fetch: { target: 'asking', actions: 'clear' } } },
      asking: {
        entry: 'ask',
        after: { patience: { target: 'asking', reenter: true } },
        on: { part: { target: 'judging', actions: 'join' } },
      },
      judging: { always: [{ guard: 'isWhole', target: 'idle', actions: 'read' }, { target: 'waiting' }] },
      waiting: {
        after: { patience: 'asking' },
        on: { part: { target: 'judging', actions: 'join' } },
      },
    },
  });
}

function outcomeOf(rules: ReaderRules, [first, second]: Versions): Outcome | null {
  if (first === null || second === null) return null;
  try {
    const metainfo = rules.read(concatenated([halfOf(first, 0), halfOf(second, 1)]));
    const [file] = metainfo.tree;
    const size = pieceSize(file === undefined ? metainfo : { ...metainfo, length: file.length }, 0);
    return {
      kind: 'taken',
      swarm: metainfo.swarm,
      paths: metainfo.files.filter(({ pad }) => !pad).map(({ path }) => path.join('/')),
      blocks: rules.blocks(size).map(({ begin, length }) => [begin, length]),
    };
  } catch (thrown) {
    if (thrown instanceof MetainfoError) return { kind: 'refused', fault: thrown.fault };
    throw thrown;
  }
}
