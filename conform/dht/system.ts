/** The table as a machine, and what may happen to it: anybody is heard of at any time, any contact may fail to answer. */
import { assign, setup } from 'xstate';
import { type Operation, type Peer, peer, type System, system } from '../../src/index.js';
import {
  contactsOf,
  emptyTable,
  failed,
  heard,
  type Id,
  kademliaRules,
  type Rules,
  type Shape,
  type Table,
} from './table.js';

export interface TableOptions extends Shape {
  /** Ids that the table is tried with as its own. */
  readonly selves: number;
  /** Whether whoever is being asked is asked again for the next newcomer. */
  readonly asksAgain: boolean;
  /** Whether messages come from the own id, too. */
  readonly hearsItself: boolean;
  /** A way to differ. */
  readonly variation?: Partial<Rules>;
}

export type TablePeers = { readonly table: Peer<Table> };

const tableMachine = (shape: Shape, rules: Rules) =>
  setup({
    types: {
      context: {} as Table,
      input: {} as { readonly self: Id },
      events: {} as { readonly type: 'hear' | 'fail'; readonly id: Id },
    },
  }).createMachine({
    context: ({ input: { self } }) => emptyTable(self),
    on: {
      hear: { actions: assign(({ context, event }) => heard(shape, rules, context, event.id)) },
      fail: { actions: assign(({ context, event }) => failed(shape, rules, context, event.id)) },
    },
  });

/** Every behaviour of one table. */
export function tableSystem(options: TableOptions): System<TablePeers, true> {
  const { bits, selves, asksAgain, hearsItself, variation = {} } = options;
  const rules = { ...kademliaRules, asksOnce: !asksAgain, ...variation };
  const ids = Array.from({ length: 2 ** bits }, (_, id) => id);
  const about = (type: 'hear' | 'fail', which: (table: Table) => readonly Id[]): Operation<TablePeers> => ({
    name: type,
    offer: ({ peers: { table } }) =>
      table === undefined ? [] : which(table).map((id) => ({ args: { id }, event: { type, id } })),
  });
  return system<TablePeers>({
    name: `Kademlia table, ids of ${bits} bits, buckets of ${options.k}`,
    network: 'synchronous',
    peers: { table: peer(tableMachine(options, rules), { self: 0 }) },
    starts: selvesOf(bits, selves).map((self) => ({ label: `id ${self}`, up: { table: { input: { self } } } })),
    operations: [
      about('hear', ({ self }) => (hearsItself ? ids : ids.filter((id) => id !== self))),
      about('fail', (table) => contactsOf(table).toSorted((a, b) => a - b)),
    ],
  });
}

/** Spread over all there are, with the first among them. */
const selvesOf = (bits: number, count: number): readonly Id[] =>
  Array.from({ length: Math.min(count, 2 ** bits) }, (_, at) => Math.floor((at * (2 ** bits + 1)) / count) % 2 ** bits);
