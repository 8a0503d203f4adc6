/** One member of the corrected Chord with messages, handler by handler; and what is claimed of a network of them. */
import { describe, expect, test } from 'vitest';
import { type Actor, createActor, getInitialSnapshot, SimulatedClock, transition } from 'xstate';
import {
  type MemberContext,
  type MemberEvent,
  type MemberMessage,
  messageMember,
} from '../../models/chord/message-member.js';
import { type MessageMutant, messageMutants } from '../../models/chord/message-mutants.js';
import { chordMessages, type MessageOptions, trusting } from '../../models/chord/message-system.js';
import { visibleRing } from '../../models/chord/message-view.js';
import { messageSuite } from '../../properties/chord/message-suite.js';
import { sufficientPrincipals } from '../../properties/chord.js';
import { state } from '../../properties/common/law.js';
import { always, type Claim, expectedOf, type From, type Property, type Send } from '../../src/kernel/index.js';
import { check } from '../../src/run/check.js';

type Value = 'outside' | 'finding' | 'entering' | 'idle' | 'stabilizing' | 'adopting' | 'rectifying';

const base: MemberContext = {
  ...{ id: 3, r: 2, joined: true, list: [5, 7], prdc: 1 },
  ...{ asked: null, turn: null, known: null, rectifyWith: null, notifier: null, delayed: [] },
};

type Sent = Send<MemberMessage>;

const line = ({ to, message: { type, ...fields } }: Sent): string =>
  [`${to} ${type}`, ...Object.values(fields).map((field) => JSON.stringify(field))].join(' ');

/** The state, what of the context is other than before, and what was said. */
function outcome(
  value: Value,
  context: Partial<MemberContext>,
  event: MemberEvent | { readonly type: `xstate.${string}` },
) {
  const before = messageMember.resolveState({ value, context: { ...base, ...context } });
  const [after, actions] = transition(messageMember, before, event as MemberEvent);
  const changed = Object.entries(after.context).filter(
    ([name, now]) => JSON.stringify(now) !== JSON.stringify(before.context[name as keyof MemberContext]),
  );
  const said = actions
    .filter(({ type }) => String(type) === 'xstate.emit')
    .map(({ params }) => line((params as { readonly event: Sent }).event));
  return [after.value, Object.fromEntries(changed), ...said];
}

const from = (peer: number, message: MemberMessage): From<MemberMessage> => ({ ...message, from: `${peer}` });

/** The timer of the request, or of the pause between rounds, in this state. */
const timer = (delay: 'request' | 'tick', value: Value) =>
  ({ type: `xstate.after.${delay}.Chord member.${value}` }) as const;

describe('joining', () => {
  test('asks the member that it knows, and then whoever comes nearer before it', () => {
    const outside = getInitialSnapshot(messageMember, { id: 3, r: 2 });
    const [next] = transition(messageMember, outside, { type: 'join', via: 7 });
    expect([next.value, next.context]).toEqual([
      'finding',
      { ...base, joined: false, list: [], prdc: null, asked: 7, known: 7 },
    ]);
    const joining = { joined: false, list: [], prdc: null, asked: 7, known: 7 };
    expect(outcome('finding', joining, from(7, { type: 'gotBestPredecessor', id: 1 }))).toEqual([
      ...['finding', { asked: 1 }],
      '1 getBestPredecessor',
    ]);
    expect(outcome('finding', { ...joining, asked: 1 }, from(1, { type: 'gotBestPredecessor', id: 1 }))).toEqual([
      ...['entering', {}],
      '1 getSuccList',
    ]);
  });

  const entering = { joined: false, list: [], prdc: null, asked: 1, known: 7 };

  test('takes the list of its predecessor as it is, and nobody for predecessor', () => {
    expect(outcome('entering', entering, from(1, { type: 'gotSuccList', list: [5, 7] }))).toEqual([
      'idle',
      { joined: true, list: [5, 7], asked: null, known: null },
    ]);
  });

  test('starts over with the member that it knows where it does not belong, or where nobody answers', () => {
    const again = ['finding', { asked: 7 }, '7 getBestPredecessor'];
    expect(outcome('entering', entering, from(1, { type: 'gotSuccList', list: [2, 5] }))).toEqual(again);
    expect(outcome('entering', entering, timer('request', 'entering'))).toEqual(again);
    expect(outcome('finding', entering, timer('request', 'finding'))).toEqual(again);
  });

  test('gives up when that one does not answer either', () => {
    expect(outcome('finding', { ...entering, asked: 7 }, timer('request', 'finding'))).toEqual([
      'outside',
      { asked: null, known: null },
    ]);
  });
});

describe('asked while it is idle', () => {
  test.each([
    ['getSuccList', '4 gotSuccList [5,7]'],
    ['getPredAndSuccs', '4 gotPredAndSuccs 1 [5]'],
    ['getBestPredecessor', '4 gotBestPredecessor 3'],
    ['ping', '4 pong'],
  ] as const)('%s', (type, said) => {
    expect(outcome('idle', {}, from(4, { type }))).toEqual(['idle', {}, said]);
  });

  test('names the last entry that comes before the asker', () => {
    expect(outcome('idle', {}, from(6, { type: 'getBestPredecessor' })).at(-1)).toBe('6 gotBestPredecessor 5');
    expect(outcome('idle', {}, from(2, { type: 'getBestPredecessor' })).at(-1)).toBe('2 gotBestPredecessor 7');
  });
});

describe('while it waits for an answer', () => {
  const waiting = { asked: 5 };

  test('puts questions about its state off, and says so', () => {
    expect(outcome('stabilizing', waiting, from(4, { type: 'getSuccList' }))).toEqual([
      ...['stabilizing', { delayed: [{ type: 'getSuccList', from: '4' }] }],
      '4 busy',
    ]);
  });

  test('keeps one question of a kind for each who asks, in an order of its own', () => {
    const delayed = [{ type: 'getSuccList', from: '4' }] as const;
    const put = (peer: number) => outcome('stabilizing', { ...waiting, delayed }, from(peer, { type: 'getSuccList' }));
    expect(put(4)).toEqual(['stabilizing', {}, '4 busy']);
    expect(put(2)[1]).toEqual({ delayed: [{ type: 'getSuccList', from: '2' }, ...delayed] });
  });

  test('says at once that it is alive, and notes who notifies', () => {
    expect(outcome('stabilizing', waiting, from(2, { type: 'ping' }))).toEqual(['stabilizing', {}, '2 pong']);
    expect(outcome('stabilizing', waiting, from(2, { type: 'notify' }))).toEqual(['stabilizing', { rectifyWith: 2 }]);
    expect(outcome('stabilizing', { ...waiting, rectifyWith: 2 }, from(1, { type: 'notify' }))).toEqual([
      'stabilizing',
      {},
    ]);
  });

  test('answers with its new state when its query has ended, and then looks at who notified', () => {
    const context = { ...waiting, rectifyWith: 2, delayed: [{ type: 'getSuccList', from: '4' }] } as const;
    expect(outcome('stabilizing', context, from(5, { type: 'gotPredAndSuccs', prdc: 3, list: [6] }))).toEqual([
      ...['rectifying', { list: [5, 6], asked: 1, notifier: 2, rectifyWith: null, delayed: [] }],
      ...['5 notify', '4 gotSuccList [5,6]', '1 ping'],
    ]);
  });

  test.each([
    ['stabilizing', { type: 'gotPredAndSuccs', prdc: 4, list: [6] }],
    ['adopting', { type: 'gotSuccList', list: [5, 7] }],
    ['rectifying', { type: 'pong' }],
    ['stabilizing', { type: 'busy' }],
  ] as const)('does not listen while %s to an answer from somebody else: %o', (value, message) => {
    expect(outcome(value, { ...waiting, notifier: 2 }, from(6, message))).toEqual([value, {}]);
  });

  test('does not listen to an answer to an earlier request, where answers are matched', () => {
    const matched = { ...waiting, turn: 1 } as const;
    const told = (turn: 0 | 1) => from(5, { type: 'gotPredAndSuccs', prdc: 3, list: [6], turn });
    expect(outcome('stabilizing', matched, told(0))).toEqual(['stabilizing', {}]);
    expect(outcome('stabilizing', matched, told(1))).toEqual(['idle', { list: [5, 6], asked: null }, '5 notify']);
    expect(outcome('idle', { turn: 1 }, timer('tick', 'idle'))).toEqual([
      ...['stabilizing', { asked: 5, turn: 0 }],
      '5 getPredAndSuccs 0',
    ]);
    expect(outcome('idle', {}, from(4, { type: 'getSuccList', turn: 1 })).at(-1)).toBe('4 gotSuccList [5,7] 1');
  });

  test('waits longer for who is busy', () => {
    const before = messageMember.resolveState({ value: 'stabilizing', context: { ...base, ...waiting } });
    const [, actions] = transition(messageMember, before, from(5, { type: 'busy' }) as MemberEvent);
    expect(actions.map(({ type }) => type)).toEqual(['xstate.cancel', 'xstate.raise']);
  });
});

describe('stabilizing', () => {
  test('begins with a question to the first successor', () => {
    expect(outcome('idle', {}, timer('tick', 'idle'))).toEqual(['stabilizing', { asked: 5 }, '5 getPredAndSuccs']);
    expect(outcome('idle', { list: [] }, timer('tick', 'idle'))).toEqual(['idle', {}]);
  });

  test('takes the successor’s list, and goes on to its predecessor where that is closer', () => {
    const told = (prdc: number | null) => from(5, { type: 'gotPredAndSuccs', prdc, list: [6] });
    expect(outcome('stabilizing', { asked: 5 }, told(4))).toEqual([
      'adopting',
      { list: [5, 6], asked: 4 },
      '4 getSuccList',
    ]);
    for (const prdc of [null, 3, 2])
      expect(outcome('stabilizing', { asked: 5 }, told(prdc))).toEqual([
        'idle',
        { list: [5, 6], asked: null },
        '5 notify',
      ]);
  });

  test('drops a successor that does not answer, and asks the next if there is one', () => {
    expect(outcome('stabilizing', { asked: 5 }, timer('request', 'stabilizing'))).toEqual([
      ...['stabilizing', { list: [7], asked: 7 }],
      '7 getPredAndSuccs',
    ]);
    expect(outcome('stabilizing', { asked: 7, list: [7] }, timer('request', 'stabilizing'))).toEqual([
      'idle',
      { list: [], asked: null },
    ]);
  });

  test('adopts the closer one with its list and notifies it, or stays where it is', () => {
    expect(outcome('adopting', { asked: 4 }, from(4, { type: 'gotSuccList', list: [5, 7] }))).toEqual([
      ...['idle', { list: [4, 5], asked: null }],
      '4 notify',
    ]);
    expect(outcome('adopting', { asked: 4 }, timer('request', 'adopting'))).toEqual([
      'idle',
      { asked: null },
      '5 notify',
    ]);
  });
});

describe('rectifying', () => {
  test('needs no ping without a predecessor, or with one who is the notifier', () => {
    expect(outcome('idle', { prdc: null }, from(2, { type: 'notify' }))).toEqual(['idle', { prdc: 2 }]);
    expect(outcome('idle', {}, from(1, { type: 'notify' }))).toEqual(['idle', {}]);
  });

  test('pings the predecessor and not the notifier', () => {
    expect(outcome('idle', {}, from(2, { type: 'notify' }))).toEqual([
      ...['rectifying', { asked: 1, notifier: 2 }],
      '1 ping',
    ]);
  });

  test('takes a notifier that is closer, or any if the predecessor is silent', () => {
    const rectifying = (notifier: number) => ({ asked: 1, notifier });
    const adopted = (prdc: number) => ['idle', { prdc, asked: null, notifier: null }];
    expect(outcome('rectifying', rectifying(2), from(1, { type: 'pong' }))).toEqual(adopted(2));
    expect(outcome('rectifying', rectifying(7), from(1, { type: 'pong' }))).toEqual([
      'idle',
      { asked: null, notifier: null },
    ]);
    expect(outcome('rectifying', rectifying(7), timer('request', 'rectifying'))).toEqual(adopted(7));
  });
});

describe('under createActor', () => {
  const r = 2;
  const ring = [0, 3, 5];

  /** Members of a ring that is begun by three, with a clock and a network of their own. */
  function network(joiners: readonly number[]) {
    const clock = new SimulatedClock();
    const actors = new Map<number, Actor<typeof messageMember>>();
    const queue: [to: number, event: MemberEvent][] = [];
    for (const id of [...ring, ...joiners]) {
      const at = ring.indexOf(id);
      const place = { list: [ring[(at + 1) % 3] ?? 0, ring[(at + 2) % 3] ?? 0], prdc: ring[(at + 2) % 3] ?? 0 };
      const actor = createActor(messageMember, { input: at < 0 ? { id, r } : { id, r, ...place }, clock });
      actor.on('send', ({ to, message }) => {
        for (const name of [to].flat()) queue.push([Number(name), from(id, message) as MemberEvent]);
      });
      actors.set(id, actor);
    }
    const deliver = () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) actors.get(next[0])?.send(next[1]);
    };
    const contextOf = (id: number) => (actors.get(id) as Actor<typeof messageMember>).getSnapshot().context;
    return { clock, actors, deliver, contextOf };
  }

  test('members who do not all stabilize at once become an ideal ring', () => {
    const joiners = [2, 7, 6];
    const { clock, actors, deliver, contextOf } = network(joiners);
    for (const id of [...ring, ...joiners]) {
      actors.get(id)?.start();
      if (joiners.includes(id)) actors.get(id)?.send({ type: 'join', via: 0 });
      // A second apart, so that their timers are too.
      clock.increment(1_000);
      deliver();
    }
    for (let second = 0; second < 300; second++) {
      clock.increment(1_000);
      deliver();
    }
    const members = [...ring, ...joiners].sort();
    expect(members.map((id) => contextOf(id).list)).toEqual([
      ...[
        [2, 3],
        [3, 5],
        [5, 6],
        [6, 7],
        [7, 0],
        [0, 2],
      ],
    ]);
    expect(members.map((id) => contextOf(id).prdc)).toEqual([7, 0, 2, 3, 5, 6]);
  });

  test('members who do all wait for each other', () => {
    const { clock, actors, deliver, contextOf } = network([]);
    for (const id of ring) actors.get(id)?.start();
    clock.increment(10_000);
    deliver();
    expect(ring.map((id) => [contextOf(id).asked, contextOf(id).delayed.map((query) => query.from)])).toEqual([
      ...[
        [3, ['5']],
        [5, ['0']],
        [0, ['3']],
      ],
    ]);
  });
});

const three = { ...trusting, n: 3, r: 1, rounds: 1 } satisfies MessageOptions;
const four = { ...trusting, n: 4, r: 2, rounds: 2 } satisfies MessageOptions;

test.each([
  [three, 1_260, 2_801, 43],
  [{ ...three, rounds: 3 }, 5_308, 13_184, 43],
  [{ ...three, lastWords: 'lost' as const }, 949, 2_125, 43],
  [{ ...three, matched: true }, 8_024, 17_932, 53],
  [{ ...four, rounds: 1 }, 18_922, 56_066, 58],
  [four, 155_961, 508_994, 66],
  [{ ...four, rounds: 4, busy: 'yields' as const }, 82_646, 333_603, 49],
])('%o has its states', (options, states, transitions, depth) => {
  const { coverage, effort } = check(chordMessages(options), []);
  expect(coverage).toEqual({ kind: 'exhaustive', states, transitions, depth, queue: 0 });
  // Over ordered links nobody ever has to wait until there is room.
  expect(effort.blocked).toBe(0);
});

/** What was found where a claim says otherwise. */
function surprises(values: MessageOptions): readonly unknown[] {
  const claims = messageSuite.claims({ ...values, variation: '' });
  const { findings } = check(
    chordMessages(values),
    claims.map(({ property }) => property),
  );
  return findings.flatMap(({ property, verdict }, at) =>
    verdict === expectedOf(claims[at] as Claim) ? [] : [{ property, verdict }],
  );
}

test.each([
  three,
  { ...three, rounds: 2 },
  { ...three, network: 'unordered' as const },
  { ...three, duplicate: 1, matched: true },
  { ...four, rounds: 1 },
  { ...three, rounds: 3, busy: 'yields' as const },
  { ...three, rounds: 3, network: 'unordered' as const, busy: 'yields' as const },
])('what is claimed of %o holds', (values) => expect(surprises(values)).toEqual([]));

const wordOf = ({ name }: Property): string => name.split(':')[0] as string;

const claimed = (values: MessageMutant['values']): readonly Property[] =>
  messageSuite
    .claims(values)
    .filter((claim) => claim.expect === undefined)
    .map(({ property }) => property);

const systemOf = (name: string) => messageSuite.mutants?.find((mutant) => mutant.name === name)?.system();

describe('mutants', () => {
  const all = Object.entries<MessageMutant>(messageMutants);

  test.each(all.filter(([, { survivor }]) => survivor === undefined))('%s is caught', (name, { values, kills }) => {
    const properties = claimed(values).filter((property) => wordOf(property) in kills);
    const { findings } = check(systemOf(name) as never, properties, { stopWhenDecided: true });
    expect(
      Object.fromEntries(findings.map(({ property, trace }) => [property.split(':')[0], trace?.moves.length])),
    ).toEqual(kills);
  });

  test.each(all.filter(([, { survivor }]) => survivor))('%s breaks nothing', (name, { values }) => {
    const { findings } = check(systemOf(name) as never, claimed(values));
    expect(findings.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'witnessed')).toEqual([]);
  });

  test('R9 breaks nothing where no message arrives twice, and more where messages overtake each other', () => {
    const { values, variation } = messageMutants.R9;
    const once = { ...values, duplicate: 0 };
    const { findings } = check(chordMessages({ ...once, variation }), claimed(once));
    expect(findings.filter(({ verdict }) => verdict !== 'holds' && verdict !== 'witnessed')).toEqual([]);

    const overtaking = { ...three, network: 'unordered' as const, duplicate: 1 };
    const lives = claimed(overtaking).filter((property) => wordOf(property) === 'OneLiveSuccessor');
    const [finding] = check(chordMessages({ ...overtaking, variation }), lives, { stopWhenDecided: true }).findings;
    expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 26]);
  });

  test('R6 makes itself felt with four identifiers and lists of one', () => {
    const values = { ...three, n: 4 };
    const loss = claimed(values).filter((property) => wordOf(property) === 'LossOfPrincipal');
    const system = chordMessages({ ...values, variation: messageMutants.R6.variation });
    const [finding] = check(system, loss, { stopWhenDecided: true }).findings;
    expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 19]);
  });
});

describe('the lists that the members have', () => {
  const visible = state(sufficientPrincipals(2), visibleRing).property;

  test('raise a false alarm where the protocol is right', () => {
    const [finding] = check(chordMessages(four), [visible], { stopWhenDecided: true }).findings;
    expect([finding?.verdict, finding?.trace?.moves.length]).toEqual(['violated', 19]);
  });
});

test('a member waits for somebody exactly while it is not idle', () => {
  const { findings } = check(chordMessages(four), [
    always('it has asked somebody exactly while it waits', (world) =>
      world.names.every((name) => {
        const isWaiting = !['idle', 'outside', 'undefined'].includes(String(world.state(name)));
        return ((world.peers[name]?.asked ?? null) !== null) === isWaiting;
      }),
    ),
    always('it keeps a question only while it waits', (world) =>
      world.names.every((name) => {
        const { asked = null, delayed = [] } = world.peers[name] ?? {};
        return asked !== null || delayed.length === 0;
      }),
    ),
  ]);
  expect(findings.map(({ verdict }) => verdict)).toEqual(['holds', 'holds']);
});

test('lists that are too long for the circle are refused', () => {
  expect(() => chordMessages({ ...four, n: 3 })).toThrow('a circle of 3 identifiers cannot be checked');
});
