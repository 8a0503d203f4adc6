/** What the peers of a system do, as tables: their slots, steps and timers, what they say, and how they come and go. */
import { describeMove } from '../kernel/index.js';
import { refused } from '../machine/index.js';
import type { Anatomy } from '../system/index.js';
import type { Inquiry } from './inquiry.js';
import { statusCodes } from './onlooker.js';
import { never, type Tape } from './tape.js';

type Table = Anatomy['tables'][number];

/** Where the tables of one peer begin. @internal */
export interface PeerTables {
  readonly status: number;
  readonly steps: number;
  readonly armed: number;
  readonly crashed: number;
  readonly restarted: number;
  readonly joined: number;
}

/** Puts the tables of every peer on the tape. Effects that they name are gathered in `effects`. @internal */
export function putPeers(
  anatomy: Anatomy,
  inquiry: Inquiry,
  tape: Tape,
  effects: Map<number, number>,
  roots: (guard: string) => number,
): readonly PeerTables[] {
  const sizes = anatomy.tables.map(({ size }) => size);
  return anatomy.tables.map((table, peer): PeerTables => {
    const size = sizes[peer] as number;
    const name = anatomy.names[peer] as string;
    const effectOf = (effect: number): number => {
      if (!effects.has(effect)) effects.set(effect, effects.size);
      return effects.get(effect) as number;
    };
    const known = (slot: number) => (slot < size ? slot : -1);
    const slots = Array.from({ length: size }, (_, slot) => slot);
    const isUp = (slot: number) => table.isUp(slot);
    // Read before anything below takes steps of its own.
    const steps = stepsOf(table, size, effectOf);
    tape.part(`${name}: how it stands in each slot`);
    const status = tape.put(slots.map((slot) => statusCodes.indexOf(table.slot(slot).status)));
    tape.part(`${name}: by slot, how many inputs, and input, next slot (-1: refused), effect of each`);
    const stepsAt = tape.putRows(steps.map((row) => [row.length / 3, ...row]));
    tape.part(`${name}: by slot, how many timers are armed, and input, text, rule of each`);
    const armed = tape.putRows(
      slots.map((slot) => {
        const inputs = isUp(slot) ? [...table.timers(slot)] : [];
        const triples = inputs.flatMap((input) => {
          const timer = table.timerName(input);
          const rule = inquiry.ruleOf(timer);
          const text = tape.text(describeMove({ kind: 'timeout', peer: name, timer }));
          return [input, text, rule === undefined ? never : roots(`timer ${rule} ${peer}`)];
        });
        return [inputs.length, ...triples];
      }),
    );
    const churn = anatomy.spec.churn ?? {};
    tape.part(`${name}: the slot that a crash in each slot leaves behind`);
    const crashes = churn.crash !== undefined && churn.reuse !== true;
    const crashed = tape.put(slots.map((slot) => (crashes && isUp(slot) ? known(table.crashed(slot)) : -1)));
    tape.part(`${name}: the slot and effect of a restart from each slot`);
    const restarted = tape.put(
      slots.flatMap((slot) => {
        if (churn.restart === undefined || table.slot(slot).status !== 'crashed') return [-1, 0];
        table.restart(slot);
        return [known(table.next), effectOf(table.effect)];
      }),
    );
    tape.part(`${name}: how many ways to join, and input (-1: none), slot (-1: refused), effect of each`);
    const joined = tape.put(joinsOf(anatomy, inquiry, peer, known, effectOf));
    return { status, steps: stepsAt, armed, crashed, restarted, joined };
  });
}

function stepsOf(table: Table, size: number, effectOf: (effect: number) => number): readonly number[][] {
  const rows = Array.from({ length: size }, (): [input: number, next: number, effect: number][] => []);
  table.eachStep((slot, input, next, effect) => {
    if (slot < size) rows[slot]?.push([input, next === refused ? -1 : next, effectOf(effect)]);
  });
  return rows.map((row) => row.sort(([a], [b]) => a - b).flat());
}

function joinsOf(
  anatomy: Anatomy,
  inquiry: Inquiry,
  peer: number,
  known: (slot: number) => number,
  effectOf: (effect: number) => number,
): readonly number[] {
  const { names, spec, tables, network } = anatomy;
  const join = spec.churn?.join;
  if (join === undefined || !(join.peers ?? names).includes(names[peer] as string)) return [0];
  const table = tables[peer] as Table;
  const inputs = join.offer === undefined ? [-1] : inputsOf(inquiry, peer);
  const triples = inputs.flatMap((input) => {
    table.start();
    const { next, effect } = table;
    if (input < 0) return [input, known(next), effectOf(effect)];
    table.step(next, input);
    if (table.next === refused) return [input, -1, 0];
    return [input, known(table.next), effectOf(network.effects.both(effect, table.effect))];
  });
  return [inputs.length, ...triples];
}

const inputsOf = (inquiry: Inquiry, peer: number): readonly number[] =>
  [...new Set(inquiry.listsOf('join', peer).flatMap((list) => list.map(({ input }) => input)))].sort((a, b) => a - b);
