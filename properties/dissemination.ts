/** Claims about distribution in rounds: what a round allows, how few are enough, and that so few are. */
import {
  clockOf,
  type DisseminationMutant,
  type DisseminationOptions,
  dissemination,
  fewestRounds,
  membersOf,
  mutants,
  scheduleChart,
  scheduleView,
  unused,
  type Way,
  ways,
} from '../models/dissemination/index.js';
import { seeded } from '../models/mutant.js';
import {
  alwaysStep,
  type Claim,
  derive,
  never,
  type Suite,
  sometimes,
  type Values,
  type World,
} from '../src/kernel/index.js';
import { atStake, titled } from './common/law.js';

type Options = Omit<DisseminationOptions, 'variation'>;

/** Whether every leecher has every piece, when a round is over. @public */
export const isComplete =
  (k: number) =>
  (world: World): boolean =>
    membersOf(world).every(({ held }) => held === (1 << k) - 1);

/** By piece, how many hold it; the seed holds all. */
const holders = derive((world): readonly number[] => {
  const members = membersOf(world as World);
  const pieces = Array.from({ length: 32 - Math.clz32(members[0]?.held ?? 0) }, (_, piece) => piece);
  return pieces.map((piece) => members.filter(({ held }) => ((held >> piece) & 1) === 1).length);
});

const isSameRound = (before: World, after: World): boolean => clockOf(before).round === clockOf(after).round;

/** Pieces that somebody beside the seed holds. */
const given = (world: World): number => holders(world).filter((count) => count > 1).length;

function claims({ n, k, way, rounds }: Options): readonly Claim[] {
  const fewest = fewestRounds(way, n, k);
  const onlySeed = way === 'server';
  return [
    {
      property: alwaysStep(
        titled('OneIn', 'nobody receives twice in a round, nor, in half duplex, after sending'),
        (before: World, after: World) =>
          !isSameRound(before, after) ||
          membersOf(before).every(({ got }, at) => got === unused || membersOf(after)[at]?.got === got),
      ),
    },
    {
      property: sometimes(atStake('OneIn', 'a piece has come in this round'), (world: World) =>
        membersOf(world).some(({ got }) => got >= 0),
      ),
    },
    {
      property: alwaysStep(
        titled('Doubles', 'in a round the holders of a piece at most double'),
        (before: World, after: World) =>
          holders(after).every((count, piece) => count <= 2 * (holders(before)[piece] ?? 0)),
      ),
    },
    {
      property: sometimes(
        atStake('Doubles', onlySeed ? 'a piece that another holds' : 'a piece has doubled in every round so far'),
        (world: World) => {
          const { round } = clockOf(world);
          return round > 0 && holders(world)[0] === (onlySeed ? 2 : Math.min(2 ** round, n + 1));
        },
      ),
    },
    {
      property: never(
        titled('SeedBound', 'more pieces than rounds have gone by have not left the seed'),
        (world: World) => given(world) > clockOf(world).round,
      ),
    },
    {
      property: sometimes(
        atStake('SeedBound', 'the seed gave a new piece in every round, all of them'),
        (world: World) => given(world) === k && clockOf(world).round === k,
      ),
    },
    ...(fewest === undefined
      ? []
      : [
          {
            property: never(
              titled('Fewest', `not all are complete before ${fewest} rounds are over`),
              (world: World) => isComplete(k)(world) && clockOf(world).round < fewest,
            ),
          },
          ...(rounds < fewest
            ? []
            : [
                {
                  property: sometimes(
                    `all are complete after ${fewest} rounds`,
                    (world: World) => isComplete(k)(world) && clockOf(world).round === fewest,
                  ),
                },
              ]),
        ]),
  ];
}

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;

const sized = (n: number, k: number, way: Way = 'peers', doc = 'everybody sends'): { doc: string; set: Values } => ({
  doc: `${n} leechers, ${k} pieces: ${doc}`,
  set: { n, k, rounds: fewestRounds(way, n, k) ?? n * k, way, cut: true },
});

const optionsOf = ({ n, k, rounds, way, cut }: Values): Options => ({
  n: Number(n),
  k: Number(k),
  rounds: Number(rounds),
  way: ways.find((one) => one === way) ?? 'peers',
  cut: cut === true,
});

/** @public */
export const suite: Suite = {
  model: 'dissemination',
  family: 'bittorrent',
  summary: 'k pieces to N leechers in synchronous rounds: no schedule is faster than k + floor(log2 N), one is as fast',
  parameters: {
    n: integer('leechers, at first with nothing', 3, 1, 8),
    k: integer('pieces, all of which the seed has', 3, 1, 8),
    rounds: integer('rounds after which it ends', 4, 1, 64),
    way: {
      type: 'choice',
      doc: 'who sends: everybody, everybody who does not receive in that round, or the seed alone',
      default: 'peers',
      options: ways,
    },
    cut: { type: 'boolean', doc: 'schedules that differ by names alone are looked at once', default: true },
  },
  configurations: {
    n3k3: { ...sized(3, 3), quick: true },
    n4k2: { ...sized(4, 2), quick: true },
    n3k4: sized(3, 4),
    n4k3: sized(4, 3),
    n4k4: sized(4, 4),
    half: { ...sized(3, 3, 'half-duplex', 'nobody sends and receives at once'), quick: true },
    server: { ...sized(3, 3, 'server', 'only the seed sends'), quick: true },
  },
  system: (values) => dissemination(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: seeded<DisseminationMutant>(mutants, ({ values, variation }) =>
    dissemination({ ...optionsOf(values), variation }),
  ),
  chart: (frames, { k }) => scheduleChart(frames, { k: Number(k) }),
  view: (frames, { k }) => scheduleView(frames, { k: Number(k) }),
};
