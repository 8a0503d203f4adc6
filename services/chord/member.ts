/**
 * One Chord member as a process: the machine that keeps the ring, and above it the one that answers lookups, over one UDP socket on
 * loopback. The port is the identifier. Who started the process says where it begins, and asks for lookups.
 */
import { createSocket } from 'node:dgram';
import * as v from 'valibot';
import { createActor } from 'xstate';
import { type MemberMessage, yieldingMember } from '../../models/chord/index.js';
import { type LookupMessage, lookupMember } from '../../models/chord-lookup/index.js';
import { circleSize, type FromMember, type ToMember } from './told.js';

const id = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(circleSize - 1));
const ids = v.pipe(v.array(id), v.maxLength(16));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const turn = v.exactOptional(v.picklist([0, 1]));
const about = { key: id, hops: count, timeouts: count };

const ofRing: v.GenericSchema<unknown, MemberMessage> = v.variant('type', [
  v.strictObject({ type: v.picklist(['getBestPredecessor', 'getSuccList', 'getPredAndSuccs']), turn }),
  v.strictObject({ type: v.literal('gotBestPredecessor'), id, turn }),
  v.strictObject({ type: v.literal('gotSuccList'), list: ids, turn }),
  v.strictObject({ type: v.literal('gotPredAndSuccs'), prdc: v.nullable(id), list: ids, turn }),
  v.strictObject({ type: v.picklist(['ping', 'pong', 'notify', 'busy']), turn }),
]);

const ofLookup: v.GenericSchema<unknown, LookupMessage> = v.variant('type', [
  v.strictObject({ type: v.literal('find'), last: v.boolean(), origin: id, avoid: ids, ...about }),
  v.strictObject({ type: v.literal('taken') }),
  v.strictObject({ type: v.literal('closer'), peer: id, last: v.boolean() }),
  v.strictObject({ type: v.literal('found'), owner: id, ...about }),
]);

const tell = (told: FromMember): void => {
  process.send?.(told);
};

const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1', () => tell({ type: 'listening', port: socket.address().port }));

process.on('message', (told: ToMember) => {
  if (told.type === 'begin') begin(told);
});
// Whoever started it is gone, and nobody else would end it.
process.once('disconnect', () => process.exit());

function begin({ place, via }: Extract<ToMember, { type: 'begin' }>): void {
  const self = socket.address().port;
  // Not all at the same instant: who asks somebody busy is told no, and would be told so for ever.
  const ring = createActor(
    yieldingMember.provide({ delays: { tick: () => 100 + 200 * Math.random(), request: 1000 } }),
    { input: { id: self, r: 2, matched: true, ...place } },
  );
  const lookups = createActor(lookupMember.provide({ delays: { request: 300, patience: 2000 } }), {
    input: { id: self, n: circleSize, m: 16, method: 'recursive' },
  });
  const say = (to: string | readonly string[], message: object) => {
    for (const port of [to].flat()) socket.send(JSON.stringify(message), Number(port), '127.0.0.1');
  };
  ring.on('send', ({ to, message }) => say(to, message));
  lookups.on('send', ({ to, message }) => say(to, message));
  socket.on('message', (bytes, { port, address }) => {
    if (address !== '127.0.0.1') return;
    const said = parsed(bytes);
    const [forRing, forLookup] = [v.safeParse(ofRing, said), v.safeParse(ofLookup, said)];
    if (forRing.success) ring.send({ ...forRing.output, from: String(port) });
    else if (forLookup.success) lookups.send({ ...forLookup.output, from: String(port) });
  });

  const wanted: number[] = [];
  const askNext = () => {
    const snapshot = lookups.getSnapshot();
    if (snapshot.context.list.length === 0 || !snapshot.matches({ asking: 'idle' })) return;
    const key = wanted[0];
    if (key !== undefined && snapshot.context.wants === null) lookups.send({ type: 'lookup', key });
  };
  let list = '';
  ring.subscribe(({ context }) => {
    tell({ type: 'stands', list: context.list, prdc: context.prdc });
    if (`${context.list}` === list || context.list.length === 0) return;
    list = `${context.list}`;
    lookups.send({ type: 'stabilize', list: context.list });
    askNext();
  });
  let heard: unknown = null;
  lookups.subscribe(({ context: { answer } }) => {
    if (answer === heard || answer === null) return;
    heard = answer;
    if (answer.key === wanted[0]) {
      wanted.shift();
      tell({ type: 'found', ...answer });
    }
    setImmediate(askNext);
  });
  process.on('message', (told: ToMember) => {
    if (told.type !== 'lookup') return;
    wanted.push(told.key);
    askNext();
  });
  lookups.start();
  ring.start();
  if (via !== undefined) ring.send({ type: 'join', via });
  // One finger after another, while no client waits; and a client that came meanwhile gets its turn.
  setInterval(() => {
    if (wanted.length === 0 && list !== '') lookups.send({ type: 'fixFinger' });
    else askNext();
  }, 50);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
