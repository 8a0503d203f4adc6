/**
 * A Chord member that lives: the machine that churnproof has checked, on real timers, with a UDP socket for its links. The port
 * is its identifier. `ring.js` starts some of these; each is a process of its own.
 */
import { createSocket } from 'node:dgram';
import { yieldingMember } from 'churnproof/models/chord';
import { createActor } from 'xstate';

/** The whole of it: what the machine says goes out, what comes in it hears. */
function member(socket, place) {
  // Not all at the same instant: who asks somebody busy is told no, and would be told so for ever.
  const machine = yieldingMember.provide({ delays: { tick: () => 100 + 200 * Math.random(), request: 1000 } });
  const id = socket.address().port;
  const actor = createActor(machine, { input: { id, r: 2, matched: true, ...place } });
  actor.on('send', ({ to, message }) => {
    for (const port of [to].flat()) socket.send(JSON.stringify(message), Number(port), '127.0.0.1');
  });
  // On loopback, from our own kind; from strangers, hold what comes in against a schema first.
  socket.on('message', (bytes, { port }) => actor.send({ ...JSON.parse(bytes), from: String(port) }));
  return actor;
}

const socket = createSocket('udp4');
socket.bind(0, '127.0.0.1', () => process.send({ port: socket.address().port }));
// Whoever started this process says where it begins: in the first ring, or outside and through whom it joins.
process.once('message', ({ place = {}, via }) => {
  const actor = member(socket, place);
  actor.subscribe(({ context: { list, prdc } }) => process.send({ list, prdc }));
  actor.start();
  if (via !== undefined) actor.send({ type: 'join', via });
});
process.once('disconnect', () => process.exit());
