/**
 * A replay in the Informal Trace Format of Apalache and Quint (ADR-015, revision of 2023-09-14). Integers are written
 * `{"#bigint": "7"}` as that revision wants; peers are one function from names to records. What the format has no word for
 * (`null`, `undefined`, fractions) is `{"#unserializable": "null"}`, as Quint writes it. The state that closes a loop is written
 * again at its end, so that its last move is there: it equals the one with the index `loop`.
 */
import { describeMove, type Picture, show } from '../kernel/index.js';
import { framesOfStory, type ReplayStory } from './replay-text.js';

type Itf = string | boolean | readonly Itf[] | { readonly [field: string]: Itf };

/** A replay in the Informal Trace Format of Apalache and Quint. @public */
export function renderItf(story: ReplayStory, engine: string): string {
  const { subject, property, recorded, shownAt, temporal } = story;
  const frames = framesOfStory(story);
  const document = {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: `${subject.model}/${subject.config}`,
      description: `${recorded.verdict}: ${property}`,
      status: shownAt === undefined ? 'unknown' : recorded.verdict === 'violated' ? 'violation' : 'ok',
      generator: `churnproof ${engine}`,
    },
    vars: ['action', 'peers', 'inFlight', 'cutOff'],
    ...(temporal?.loop === undefined ? {} : { loop: temporal.loop }),
    states: frames.map(({ step, move, picture }) => ({
      '#meta': { index: step },
      action: move === undefined ? 'init' : describeMove(move),
      peers: { '#map': picture.peers.map((peer) => [peer.name, peerOf(peer)]) },
      inFlight: picture.inFlight.map(value),
      cutOff: { '#set': [...(picture.partition ?? [])] },
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function peerOf({ status, state, context, timers = [] }: Picture['peers'][number]): Itf {
  const up = status === 'up' ? { state: value(state), context: value(context), timers: { '#set': [...timers] } } : {};
  return { status, ...up };
}

function value(plain: unknown): Itf {
  switch (typeof plain) {
    case 'string':
    case 'boolean':
      return plain;
    case 'bigint':
      return { '#bigint': String(plain) };
    case 'number':
      return Number.isInteger(plain) ? { '#bigint': String(BigInt(plain)) } : { '#unserializable': String(plain) };
    case 'object':
      if (plain === null) return { '#unserializable': 'null' };
      return Array.isArray(plain) ? plain.map(value) : record(plain as Readonly<Record<string, unknown>>);
    default:
      return { '#unserializable': show(plain) };
  }
}

/** A field may not begin with `#`: such a record is written as a function from its fields. */
function record(plain: Readonly<Record<string, unknown>>): Itf {
  const fields = Object.entries(plain).map(([name, part]): [string, Itf] => [name, value(part)]);
  return fields.some(([name]) => name.startsWith('#')) ? { '#map': fields } : Object.fromEntries(fields);
}
