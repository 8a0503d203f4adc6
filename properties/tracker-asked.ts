/** What is claimed of a tracker that is asked anything at any time: the reference that real trackers are held against. */
import { seeded } from '../models/mutant.js';
import {
  type AskedMutant,
  type AskedOptions,
  type AskedPeers,
  type AskedWorld,
  asked,
  askedMutants,
  callerNames,
  type Entry,
  type Reply,
} from '../models/tracker/index.js';
import {
  always,
  alwaysStep,
  type Claim,
  canonical,
  type Plain,
  type Property,
  type Suite,
  sometimes,
  type Values,
} from '../src/kernel/index.js';
import { atStake, titled } from './common/law.js';

type Options = Omit<AskedOptions, 'variation'>;
type Asked = Property<AskedPeers>;

interface Answered {
  readonly reply: Reply;
  readonly at: string;
  readonly own: Entry | undefined;
}

const entriesOf = (world: AskedWorld): readonly Entry[] => world.peers.tracker?.entries ?? [];

const countedIn = (world: AskedWorld): number => world.peers.tracker?.downloaded ?? 0;

const isSame = (a: object | null | undefined, b: object | null | undefined): boolean =>
  canonical((a ?? null) as Plain) === canonical((b ?? null) as Plain);

/** Who has just been answered, and how. */
const answeredIn = (before: AskedWorld, after: AskedWorld): readonly Answered[] =>
  callerNames.flatMap((name): readonly Answered[] => {
    const [had, has] = [before.peers[name]?.answer, after.peers[name]?.answer];
    if (has === undefined || has === null || has.type === 'failure' || isSame(had, has)) return [];
    const at = `${name}:${after.peers[name]?.port}`;
    return [{ reply: has, at, own: entriesOf(after).find((entry) => entry.at === at) }];
  });

interface AnswerLaw {
  readonly name: string;
  readonly says: string;
  readonly holds: (answered: Answered, after: AskedWorld) => boolean;
  readonly when: string;
  readonly isAtStake: (world: AskedWorld) => boolean;
}

const lawOfAnswers = ({ name, says, holds, when, isAtStake }: AnswerLaw): readonly Asked[] => [
  alwaysStep(titled(name, says), (before: AskedWorld, after: AskedWorld) =>
    answeredIn(before, after).every((one) => holds(one, after)),
  ),
  sometimes(atStake(name, when), isAtStake),
];

const repliesIn = (world: AskedWorld): readonly Reply[] =>
  callerNames.flatMap((name) => {
    const answer = world.peers[name]?.answer;
    return answer?.type === 'reply' ? [answer] : [];
  });

function claims({ clients, listsSelf, sweeps }: Options): readonly Claim[] {
  const properties: readonly Asked[] = [
    ...lawOfAnswers({
      name: 'Counts',
      says: 'an answer counts the seeds and the others that are in the table',
      holds: ({ reply }, after) => {
        const seeds = entriesOf(after).filter(({ seed }) => seed).length;
        return reply.complete === seeds && reply.complete + reply.incomplete === entriesOf(after).length;
      },
      when: 'an answer counts a seed',
      isAtStake: (world) => repliesIn(world).some(({ complete }) => complete > 0),
    }),
    ...lawOfAnswers({
      name: 'Out',
      says: 'who says that it stops is not in the table',
      holds: ({ reply, own }) => reply.event !== 'stopped' || own === undefined,
      when: 'somebody has stopped',
      isAtStake: (world) => repliesIn(world).some(({ event }) => event === 'stopped'),
    }),
    always(titled('Taken', 'nobody with a port that one can listen at is refused'), (world: AskedWorld) =>
      callerNames.every((name) => world.peers[name]?.answer?.type !== 'failure'),
    ),
    ...lawOfAnswers({
      name: 'In',
      says: 'who says anything else is in the table, whatever was known of it',
      holds: ({ reply, own }) => reply.event === 'stopped' || own !== undefined,
      when: 'somebody came in by a plain update',
      isAtStake: (world) => repliesIn(world).some(({ event }) => event === 'none') && entriesOf(world).length === 1,
    }),
    alwaysStep(
      titled('CountedOnce', 'a completion is counted once for an entry, and never taken back'),
      (before: AskedWorld, after: AskedWorld) => {
        const more = countedIn(after) - countedIn(before);
        const known = entriesOf(before).filter(({ counted }) => counted).length;
        const now = entriesOf(after).filter(({ counted }) => counted).length;
        return more === 0 || (more === 1 && now === known + 1);
      },
    ),
    sometimes(atStake('CountedOnce', 'a completion was counted'), (world) => countedIn(world) > 0),
    alwaysStep(
      titled('AsItSays', 'who is heard counts as a seed if it says that nothing is left'),
      (before: AskedWorld, after: AskedWorld) =>
        answeredIn(before, after).every(({ own, reply }) => {
          if (own === undefined || reply.event === 'stopped') return true;
          return own.seed === saysSeed(after, own.at);
        }),
    ),
    sometimes(atStake('AsItSays', 'a seed is in the table'), (world: AskedWorld) =>
      entriesOf(world).some(({ seed }) => seed),
    ),
    ...(clients > 1 && !listsSelf
      ? lawOfAnswers({
          name: 'NotItself',
          says: 'nobody is told of itself',
          holds: ({ reply, at }) => !reply.peers.includes(at),
          when: 'somebody is told of another',
          isAtStake: (world) => repliesIn(world).some(({ peers }) => peers.length > 0),
        })
      : []),
    ...(sweeps
      ? [
          alwaysStep(
            titled('Stays', 'a sweep puts nobody out who was heard since the last'),
            (before: AskedWorld, after: AskedWorld) => {
              if (callerNames.some((name) => !isSame(before.peers[name]?.answer, after.peers[name]?.answer)))
                return true;
              return entriesOf(before).every(({ age, at }) => age > 0 || entriesOf(after).some((one) => one.at === at));
            },
          ),
          sometimes(atStake('Stays', 'somebody is in the table who was not heard lately'), (world: AskedWorld) =>
            entriesOf(world).some(({ age }) => age > 0),
          ),
        ]
      : []),
  ];
  return properties.map((property) => ({ property }));
}

/** What the client at this endpoint said last. */
const saysSeed = (world: AskedWorld, at: string): boolean =>
  callerNames.some((name) => {
    const context = world.peers[name];
    return context !== undefined && `${name}:${context.port}` === at && context.left === 0;
  });

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;
const toggle = (doc: string, value: boolean) => ({ type: 'boolean', doc, default: value }) as const;

/** @public */
export const suite: Suite = {
  model: 'tracker-asked',
  family: 'bittorrent',
  summary: 'a BitTorrent tracker that is asked anything at any time: the reference for real ones',
  parameters: {
    clients: integer('clients of one torrent', 2, 1, 3),
    announces: integer('announces of each, at most', 2, 1, 12),
    numwant: integer('peers that a client asks for', 50, 0, 50),
    keyPolicy: {
      type: 'choice',
      doc: 'what an entry of the table is known by',
      default: 'endpoint',
      options: ['endpoint', 'peerId', 'key'],
    },
    seedsToSeeds: toggle('whether seeds are told of seeds', true),
    listsSelf: toggle('whether who asks is told of itself', false),
    sweeps: toggle('whether time passes', true),
  },
  configurations: {
    two: { doc: 'two clients, two announces each, and time', quick: true, set: {} },
    chance: { doc: 'three clients that want one peer', set: { clients: 3, numwant: 1, sweeps: false, announces: 1 } },
  },
  system: (values) => asked(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: seeded<AskedMutant>(askedMutants, ({ values, variation }) => asked({ ...values, variation })),
};

function optionsOf(values: Values): Options {
  const { keyPolicy } = values;
  return {
    ...{ clients: Number(values.clients), announces: Number(values.announces), numwant: Number(values.numwant) },
    keyPolicy: keyPolicy === 'peerId' || keyPolicy === 'key' ? keyPolicy : 'endpoint',
    ...{
      seedsToSeeds: values.seedsToSeeds === true,
      listsSelf: values.listsSelf === true,
      sweeps: values.sweeps === true,
    },
  };
}
