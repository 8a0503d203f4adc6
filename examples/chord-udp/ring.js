/**
 * Five Chord members over UDP, each a process: three make the first ring, two join it, one is killed at random, and the ring heals.
 *
 *   node examples/chord-udp/ring.js
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const members = new Map();
const begun = performance.now();
const tell = (text) => console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${text}`);

async function start() {
  const child = fork(fileURLToPath(new URL('member.js', import.meta.url)));
  const [{ port }] = await once(child, 'message');
  child.on('message', (seen) => members.set(port, { child, ...seen }));
  members.set(port, { child });
  return { port, child };
}

const inOrder = () => [...members.keys()].sort((a, b) => a - b);
const after = (ports, at, steps) => ports[(at + steps + ports.length) % ports.length];

/** Whether everybody lists the next two members, and knows the one before. */
const isIdeal = (ports) =>
  ports.every((port, at) => {
    const { list = [], prdc } = members.get(port);
    return `${list}` === `${[1, 2].map((steps) => after(ports, at, steps))}` && prdc === after(ports, at, -1);
  });

async function untilIdeal() {
  const deadline = performance.now() + 6_000;
  while (!isIdeal(inOrder())) {
    if (performance.now() > deadline)
      throw new Error(
        `the ring has not come about: ${JSON.stringify([...members].map(([port, { list, prdc }]) => ({ port, list, prdc })))}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  tell(`the ring is ideal: ${inOrder().join(' -> ')}`);
}

try {
  const founders = await Promise.all([start(), start(), start()]);
  const ports = inOrder();
  for (const { port, child } of founders) {
    const at = ports.indexOf(port);
    child.send({ place: { list: [after(ports, at, 1), after(ports, at, 2)], prdc: after(ports, at, -1) } });
  }
  for (const { child } of await Promise.all([start(), start()])) child.send({ via: ports[0] });
  await untilIdeal();

  const unlucky = inOrder()[Math.floor(Math.random() * members.size)];
  const { child } = members.get(unlucky);
  child.kill('SIGKILL');
  await once(child, 'exit');
  members.delete(unlucky);
  tell(`killed ${unlucky}`);
  await untilIdeal();
} finally {
  for (const { child } of members.values()) child.kill();
}
