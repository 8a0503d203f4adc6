/**
 * A system as a Promela model: tables of what its peers do alone, and a semantics in C that puts them together again, so that Spin
 * recounts the states, judges the claims and finds counterexamples of its own. See docs/decisions/022.
 */
import { type Claim, expectedOf, isTemporal, type Property, show } from '../kernel/index.js';
import { type Anatomy, anatomyOf, compose } from '../system/index.js';
import { type Choice, choicesOf, kinds, rowWidth } from './choices.js';
import { Explored } from './explored.js';
import { Inquiry } from './inquiry.js';
import { statusCodes } from './onlooker.js';
import { putPeers } from './tables.js';
import { never, Tape } from './tape.js';
import { Variables } from './variables.js';
import { type Defines, type Judged, write } from './write.js';

/** A Promela model, and what Spin should make of it. @internal */
export interface PromelaText {
  readonly text: string;
  /** Spin counts one more: the state in which nothing has begun. */
  readonly states: number;
  /** By number, from 1: what `CLAIM` is set to. */
  readonly claims: readonly Judged[];
  /** Claims that only cycles decide; they are left out. */
  readonly temporal: readonly string[];
}

const claimKinds = { always: 0, sometimes: 1, whenQuiet: 2, alwaysStep: 3 } as const;

/**
 * @param system any system, with the claims to be judged
 * @returns nothing when there are more states than `maxStates`: tables that lack something would be taken for whole ones
 * @internal
 */
export function promelaOf(
  system: Parameters<typeof compose>[0],
  claims: readonly Claim[],
  maxStates: number,
): PromelaText | undefined {
  const model = compose(system);
  const anatomy = anatomyOf(model);
  const explored = Explored.all(model, maxStates);
  if (explored === undefined) return undefined;
  const decidable = claims.filter(({ property }) => !isTemporal(property));
  const variables = new Variables(anatomy, explored);
  const inquiry = new Inquiry(
    model,
    anatomy,
    variables,
    decidable.map(({ property }) => property as Property),
  );
  inquiry.run(explored);
  const judged = decidable.map((claim): Judged => ({ ...claim.property, expect: expectedOf(claim) }));
  const tape = new Tape();
  const defines = new Composer(anatomy, variables, inquiry, tape).compose(
    model.starts.map(({ state }) => variables.read(state)),
    judged.map(({ kind }) => claimKinds[kind as keyof typeof claimKinds]),
  );
  const temporal = claims.filter(({ property }) => isTemporal(property)).map(({ property }) => property.name);
  const text = write({
    name: model.name,
    states: explored.count,
    starts: model.starts.map(({ label }) => label),
    claims: judged,
    temporal,
    legend: legendOf(anatomy, variables),
    ...defines,
    tape,
  });
  return { text, states: explored.count, claims: judged, temporal };
}

/** Puts everything on the tape, in the order in which one table names another. */
class Composer {
  private readonly roots = new Map<string, number>();

  constructor(
    private readonly anatomy: Anatomy,
    private readonly variables: Variables,
    private readonly inquiry: Inquiry,
    private readonly tape: Tape,
  ) {}

  compose(starts: readonly Int32Array[], claims: readonly number[]): Written {
    const { anatomy, variables, inquiry, tape } = this;
    const { names, network, tables, spec } = anatomy;
    const roots = this.putTrees();
    const effects = new Map([[0, 0]]);
    const peers = putPeers(anatomy, inquiry, tape, effects, roots);
    const choices = choicesOf(anatomy, variables, inquiry, tape, roots);
    const items = names.map(() => new Set<number>());
    tape.part('what is said: by effect, how many messages, and receiver, item of each');
    const EFFECTS = tape.putRows(
      [...effects.keys()].map((effect) => {
        const pairs = network.effects.of(effect);
        for (let i = 0; i < pairs.length; i += 2) items[pairs[i] as number]?.add(pairs[i + 1] as number);
        return [pairs.length / 2, ...pairs];
      }),
    );
    tape.part('by receiver, item and text of each message');
    const envelopes = items.map((set, to) =>
      [...set]
        .sort((a, b) => a - b)
        .map((item) => {
          const { from, message } = network.effects.envelope(to, item);
          return [item, tape.text(`${from} -> ${names[to]} ${show(message)}`)];
        }),
    );
    const ENVELOPES = this.putCounted(envelopes);
    tape.part('by receiver, item and place of each message of a message set; by place, its sender');
    const BITS = this.putCounted(
      names.map((_, to) => variables.bits.filter((bit) => bit.to === to).map(({ item, at }) => [item, at])),
    );
    const senders = new Array<number>(variables.width).fill(-1);
    for (const { to, item, at } of variables.bits) senders[at] = network.effects.sender(to, item);
    const SENDERS = tape.put(senders);
    tape.part('links: sender, receiver, first cell, cells; and by receiver and sender, the link');
    const LINKS = tape.put(variables.links.flatMap(({ from, to, first, cells }) => [from, to, first, cells]));
    const linkOf = names.flatMap((_, to) =>
      names.map((_, from) => variables.links.findIndex((link) => link.from === from && link.to === to)),
    );
    const LINK_OF = tape.put(linkOf);
    tape.part('the sides that may be cut off');
    const SIDES = tape.put(network.cuts.flatMap((side) => names.map((name) => (side.includes(name) ? 1 : 0))));
    tape.part('by peer, the input that a leave is');
    const LEAVES = tape.put(tables.map((table) => (spec.churn?.leave ? table.hears({ type: 'leave' }) : -1)));
    tape.part('lists of what may be asked: how many, and input, text of each');
    const LISTS = tape.putRows(
      inquiry.lists.map((list) => [list.length, ...list.flatMap(({ input, text }) => [input, tape.text(text)])]),
    );
    tape.part('by peer: where its tables begin');
    const PEERS = tape.put(
      peers.flatMap((one) => [one.status, one.steps, one.armed, one.crashed, one.restarted, one.joined]),
    );
    tape.part('starts');
    const STARTS = tape.put(starts.flatMap((values) => [...values]));
    tape.part('claims: kind and tree');
    const CLAIMS = tape.put(claims.flatMap((kind, i) => [kind, roots(`claim ${i}`)]));
    tape.part('choices: kind, peer, what, which, counter, its limit, guard, whether upkeep, text');
    const CHOICES = tape.put(choices.flatMap(({ row }) => row));
    const largest = Math.max(variables.largest, ...items.flatMap((set) => [...set].map((item) => item + 1)));
    return {
      choices,
      cell: largest < 256 ? 'byte' : largest < 32_768 ? 'short' : 'int',
      defines: {
        ...kinds,
        ...Object.fromEntries(statusCodes.map((status, code) => [status.toUpperCase(), code])),
        ALWAYS: claimKinds.always,
        SOMETIMES: claimKinds.sometimes,
        WHEN_QUIET: claimKinds.whenQuiet,
        ALWAYS_STEP: claimKinds.alwaysStep,
        FIFO: 0,
        UNORDERED: 1,
        SET: 2,
        SYNCHRONOUS: 3,
        NETWORK: ['fifo', 'unordered', 'set', 'synchronous'].indexOf(spec.network ?? 'unordered'),
        CAPACITY: spec.capacity ?? -1,
        DROPS: spec.whenFull === 'drop' ? 1 : 0,
        CUT_LOSES: network.cutLoses ? 1 : 0,
        CRASH_LOSES: spec.churn?.crash?.inFlight === 'lost' ? 1 : 0,
        REUSE: spec.churn?.reuse === true ? 1 : 0,
        W: variables.width,
        CUT_AT: variables.cut,
        PEER_COUNT: names.length,
        LINK_COUNT: variables.links.length,
        CLAIM_COUNT: claims.length,
        CHOICE: rowWidth,
        CHOICE_COUNT: choices.length,
        NEVER: never,
        ...{ EFFECTS, ENVELOPES, BITS, SENDERS, LINKS, LINK_OF, SIDES, LEAVES, LISTS, PEERS, STARTS, CLAIMS, CHOICES },
      },
    };
  }

  private putTrees(): (question: string) => number {
    const { inquiry, tape, roots } = this;
    const questions = [
      ...inquiry.offers,
      ...inquiry.guards,
      ...inquiry.claims.map(({ question }, i) => [`claim ${i}`, question] as const),
    ];
    for (const [name, question] of questions) {
      const [what = '', peer = ''] = name.startsWith('claim') ? [name] : splitLast(name);
      const at = this.anatomy.names[Number(peer)];
      tape.part(
        `what decides ${what}${at === undefined || peer === '' ? '' : ` of ${at}`}: variable, how many values, value and branch of each`,
      );
      roots.set(name, question.tree.write(tape.numbers));
    }
    return (question) => roots.get(question) ?? never;
  }

  /** Rows of pairs by peer; where each begins, and how many pairs. */
  private putCounted(rows: readonly (readonly (readonly number[])[])[]): number {
    const index = rows.map((pairs) => [this.tape.put(pairs.flat()), pairs.length]);
    return this.tape.put(index.flat());
  }
}

interface Written {
  readonly choices: readonly Choice[];
  readonly cell: 'byte' | 'short' | 'int';
  readonly defines: Defines;
}

const splitLast = (text: string): [string, string] => {
  const at = text.lastIndexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
};

/** What each variable is, for people. */
function legendOf({ names }: Anatomy, { links, bits, counters, cut }: Variables): readonly string[] {
  return [
    ...names.map((name, at) => `v[${at}]: the slot of ${name}`),
    ...links.map(
      ({ from, to, first, cells }) =>
        `v[${first}]..v[${first + cells - 1}]: on the way from ${names[from]} to ${names[to]}`,
    ),
    ...(bits.length === 0 ? [] : [`v[${bits[0]?.at}]..v[${bits.at(-1)?.at}]: whether each message was sent`]),
    ...counters.map(({ name, at, limit }) => `v[${at}]: ${name}, at most ${limit}`),
    ...(cut < 0 ? [] : [`v[${cut}]: the cut`]),
  ];
}
