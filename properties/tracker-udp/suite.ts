/** The suite of the UDP tracker protocol. */
import { seeded } from '../../models/mutant.js';
import { type UdpMutant, type UdpOptions, udpMutants, udpTracking } from '../../models/tracker-udp/index.js';
import type { Claim, Suite, Values } from '../../src/kernel/index.js';
import * as claimed from './claims.js';

type Options = Omit<UdpOptions, 'variation'>;

function claims({ minutes, finishes, scrapes, forgeries, duplicates }: Options): readonly Claim[] {
  const guarded = [
    ...(forgeries > 0 || minutes > 1 ? [claimed.proven] : []),
    claimed.notForged,
    ...(scrapes > 0 ? [claimed.countsOfEach] : []),
  ];
  const { property, witness } = claimed.isListed;
  return [
    ...guarded.map((one) => one.property),
    property,
    claimed.answered,
    ...guarded.map((one) => one.witness),
    ...(duplicates > 0 ? [witness] : []),
    ...(finishes > 0 ? [claimed.completed] : []),
  ].map((one) => ({ property: one }));
}

const integer = (doc: string, value: number, min: number, max: number) =>
  ({ type: 'integer', doc, default: value, min, max }) as const;

const whole = { minutes: 2, finishes: 1, scrapes: 1, forgeries: 1, losses: 1, duplicates: 1, says: false } as const;

/** @public */
export const suite: Suite = {
  model: 'tracker-udp',
  family: 'bittorrent',
  summary: 'the UDP tracker protocol: connection ids that prove an address, numbers that match answers',
  parameters: {
    minutes: integer('how many minutes pass', whole.minutes, 0, 4),
    finishes: integer('downloads that may be completed', whole.finishes, 0, 1),
    scrapes: integer('how often the client asks for counts', whole.scrapes, 0, 2),
    forgeries: integer('announces that are forged', whole.forgeries, 0, 2),
    losses: integer('packets that are lost', whole.losses, 0, 3),
    duplicates: integer('packets that come twice', whole.duplicates, 0, 3),
    says: { type: 'boolean', doc: 'whether the client says where it is to be listed', default: whole.says },
  },
  configurations: {
    forge: {
      doc: 'a completion, a forged announce, a packet that comes twice, two minutes',
      quick: true,
      set: { ...whole, scrapes: 0, losses: 0 },
    },
    scrape: {
      doc: 'a completion and a scrape, a loss and a packet that comes twice, a minute',
      quick: true,
      set: { ...whole, minutes: 1, forgeries: 0 },
    },
    says: {
      doc: 'a client that says where it is to be listed, a loss and a packet that comes twice',
      set: { ...whole, scrapes: 0, says: true },
    },
    whole: { doc: 'a completion, a scrape, a forged announce, a loss, a duplicate, two minutes', set: whole },
  },
  system: (values) => udpTracking(optionsOf(values)),
  claims: (values) => claims(optionsOf(values)),
  mutants: seeded<UdpMutant>(udpMutants, ({ values, variation }) => udpTracking({ ...values, variation })),
};

function optionsOf(values: Values): Options {
  const number = (name: keyof Options) => Number(values[name]);
  return {
    minutes: number('minutes'),
    finishes: number('finishes'),
    scrapes: number('scrapes'),
    forgeries: number('forgeries'),
    losses: number('losses'),
    duplicates: number('duplicates'),
    says: values.says === true,
  };
}
