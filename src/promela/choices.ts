/** The choices: every move that may ever be possible, as a row of numbers that the semantics in C takes apart. */
import { describeMove, type MoveKind } from '../kernel/index.js';
import type { Anatomy } from '../system/index.js';
import type { Inquiry } from './inquiry.js';
import { never, type Tape } from './tape.js';
import type { Variables } from './variables.js';

/** @internal */
export interface Choice {
  /** Whether it is a delivery, a timer or upkeep: a state in which one of these changes something is not quiet. */
  readonly upkeep: boolean;
  readonly row: readonly number[];
  /** For readers of the model; what it really did depends on the state. */
  readonly doc: string;
}

/** Numbers of a row: kind, peer, two that depend on the kind, counter, its limit, guard, upkeep, text. @internal */
export const rowWidth = 9;

/** Kinds of choice, by the names that the semantics has for them. @internal */
export const kinds = {
  DELIVER: 0,
  HEAR: 1,
  TIMER: 2,
  ASK: 3,
  LOSE: 4,
  DUPLICATE: 5,
  CUT: 6,
  HEAL: 7,
  JOIN: 8,
  LEAVE: 9,
  CRASH: 10,
  RESTART: 11,
} as const;

/** @param roots where the tree of what is asked or guarded begins @internal */
export function choicesOf(
  anatomy: Anatomy,
  variables: Variables,
  inquiry: Inquiry,
  tape: Tape,
  roots: (question: string) => number,
): readonly Choice[] {
  const { names, spec, tables, network } = anatomy;
  const { faults = {}, churn = {} } = spec;
  const choices: Choice[] = [];
  const add = (
    kind: keyof typeof kinds,
    doc: string,
    peer: number,
    [a, b]: readonly [number, number],
    { counter = '', guard = never, upkeep = false }: { counter?: string; guard?: number; upkeep?: boolean } = {},
  ): void => {
    const counted = variables.counters.find(({ name }) => name === counter);
    const limit = [counted?.at ?? -1, counted?.limit ?? 0];
    const row = [kinds[kind], peer, a, b, ...limit, guard, upkeep ? 1 : 0, tape.text(doc)];
    choices.push({ upkeep, row, doc });
  };
  const nth = (i: number) => (i === 0 ? '' : `, ${i + 1} of what it may be`);

  for (const [peer, name] of names.entries()) {
    for (const [link, { from, to, cells }] of variables.links.entries()) {
      if (to !== peer) continue;
      const reach = spec.network === 'fifo' ? 1 : cells;
      for (let i = 0; i < reach; i++)
        add('DELIVER', `deliver ${names[from]} -> ${name}, message ${i + 1}`, peer, [link, i], { upkeep: true });
    }
    for (const { to, item, at } of variables.bits) {
      if (to !== peer) continue;
      const { from } = network.effects.envelope(peer, item);
      add('HEAR', `deliver ${from} -> ${name}`, peer, [at, item], { upkeep: true });
    }
    const table = tables[peer] as Anatomy['tables'][number];
    const timers = Math.max(
      0,
      ...Array.from({ length: table.size }, (_, slot) => (table.isUp(slot) ? table.timers(slot).length : 0)),
    );
    for (let i = 0; i < timers; i++) add('TIMER', `${name}: timer${nth(i)}`, peer, [i, 0], { upkeep: true });
    for (const { name: operation, peers = names, offer, by } of spec.operations ?? []) {
      if (!peers.includes(name)) continue;
      const more = { counter: `operation ${operation}`, upkeep: by === 'protocol' };
      if (offer === undefined) {
        const list = inquiry.list(peer, operation, [{ event: { type: operation } }]);
        add('ASK', `${name}: ${operation}`, peer, [-1 - list, 0], more);
        continue;
      }
      const most = Math.max(0, ...inquiry.listsOf(operation, peer).map(({ length }) => length));
      for (let i = 0; i < most; i++)
        add('ASK', `${name}: ${operation}${nth(i)}`, peer, [roots(`${operation} ${peer}`), i], more);
    }
  }
  for (const [link, { from, to, cells }] of variables.links.entries())
    for (let i = 0; i < cells; i++) {
      const what = `${names[from]} -> ${names[to]}, message ${i + 1}`;
      if (faults.lose !== undefined) add('LOSE', `lose ${what}`, to, [link, i], { counter: 'lose' });
      if (faults.duplicate !== undefined)
        add('DUPLICATE', `duplicate ${what}`, to, [link, i], { counter: 'duplicate' });
    }
  for (const [cut, side] of network.cuts.entries())
    add('CUT', describeMove({ kind: 'partition', side }), 0, [cut, 0], { counter: 'partition' });
  if (network.cuts.length > 0) add('HEAL', 'heal', 0, [0, 0]);
  for (const [peer, name] of names.entries()) {
    const isFor = (kind: MoveKind & keyof typeof churn) =>
      churn[kind] !== undefined && ((churn[kind] as { peers?: readonly string[] }).peers ?? names).includes(name);
    if (isFor('join')) {
      const offers = churn.join?.offer === undefined ? undefined : inquiry.listsOf('join', peer);
      const ways = offers === undefined ? 1 : Math.max(0, ...offers.map(({ length }) => length));
      const root = offers === undefined ? never : roots(`join ${peer}`);
      for (let i = 0; i < ways; i++) add('JOIN', `${name}: join${nth(i)}`, peer, [root, i], { counter: 'join' });
    }
    for (const [kind, code] of [
      ['leave', 'LEAVE'],
      ['crash', 'CRASH'],
      ['restart', 'RESTART'],
    ] as const) {
      if (!isFor(kind)) continue;
      const guard = churn[kind]?.when === undefined ? never : roots(`${kind} ${peer}`);
      add(code, `${name}: ${kind}`, peer, [0, 0], { counter: kind, guard });
    }
  }
  return choices;
}
