/** `serve chord`: members that are checked as `chord-net` and `chord-lookup`, a process each, over UDP; some are killed, lookups go on. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ChurnproofError } from '../../src/kernel/index.js';
import type { Service, ServiceWishes, Stage } from '../../src/serve/index.js';
import { circleSize, type FromMember, type ToMember } from './told.js';

/** @public */
export const chordService: Service = {
  name: 'chord',
  summary: 'A Chord ring: checked members, a process each, over UDP on loopback; some are killed while lookups go on.',
  help: `
Three members make the first ring, the others join it. Lookups of random keys go on all the time. Members are killed at random, one
after another, each when the ring has healed. After that every lookup must be right.

Example:
  churnproof serve chord --members 5 --kill 1 --lookups 20`,
  options: [
    { name: 'members', type: 'whole', doc: 'how many there are', min: 3, max: 16, default: 5 },
    { name: 'kill', type: 'whole', doc: 'how many of them are killed; three stay', min: 0, max: 13, default: 1 },
    { name: 'lookups', type: 'whole', doc: 'lookups once the ring has healed', min: 1, max: 10_000, default: 20 },
    {
      name: 'patience',
      type: 'whole',
      doc: 'seconds for the ring to heal, and for a lookup',
      min: 1,
      max: 600,
      default: 30,
    },
  ],
  run,
};

interface Member {
  readonly port: number;
  readonly child: ChildProcess;
  list: readonly number[];
  prdc: number | null;
}

type Found = Extract<FromMember, { type: 'found' }>;

async function run(wishes: ServiceWishes, { tell, stopped }: Stage): Promise<boolean> {
  const {
    members: size,
    kill,
    lookups,
    patience,
  } = wishes as Record<'members' | 'kill' | 'lookups' | 'patience', number>;
  if (size - kill < 3)
    throw new ChurnproofError('USAGE', `of ${size} members ${kill} cannot be killed`, { expected: 'three that stay' });
  const members = new Map<number, Member>();
  const answers = new Set<(from: number, found: Found) => void>();

  async function start(): Promise<Member> {
    const child = fork(fileURLToPath(new URL('./member.js', import.meta.url)));
    const [{ port }] = (await once(child, 'message')) as [Extract<FromMember, { type: 'listening' }>];
    const member: Member = { port, child, list: [], prdc: null };
    child.on('message', (told: FromMember) => {
      if (told.type === 'stands') Object.assign(member, { list: told.list, prdc: told.prdc });
      if (told.type === 'found') for (const hear of answers) hear(port, told);
    });
    members.set(port, member);
    return member;
  }

  const say = ({ child }: Member, told: ToMember) => {
    if (child.connected) child.send(told);
  };
  const inOrder = () => [...members.keys()].sort((a, b) => a - b);
  const after = (ports: readonly number[], at: number, steps: number) =>
    ports[(at + steps + ports.length) % ports.length] as number;
  const isIdeal = () => {
    const ports = inOrder();
    return ports.every((port, at) => {
      const { list, prdc } = members.get(port) as Member;
      return `${list}` === `${[after(ports, at, 1), after(ports, at, 2)]}` && prdc === after(ports, at, -1);
    });
  };
  const ownerOf = (key: number) => inOrder().find((port) => port >= key) ?? (inOrder()[0] as number);
  const anybody = () => members.get(inOrder()[randomInt(members.size)] as number) as Member;

  async function untilIdeal(): Promise<boolean> {
    for (let waited = 0; waited < patience * 1000 && !stopped.aborted; waited += 20) {
      if (isIdeal()) {
        tell(`the ring is ideal: ${inOrder().join(' -> ')}`, { type: 'ideal', ring: inOrder() });
        return true;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    tell('the ring has not become ideal', {
      ...{ type: 'not ideal', members: [...members.values()].map(({ port, list, prdc }) => ({ port, list, prdc })) },
    });
    return false;
  }

  /** Asks one member, and says whether the answer was right; a member that was killed meanwhile owes none. */
  async function lookup(when: string): Promise<boolean | undefined> {
    const asked = anybody();
    const key = randomInt(circleSize);
    const found = await new Promise<Found | undefined>((resolve) => {
      const end = (result: Found | undefined) => {
        answers.delete(hear);
        clearTimeout(timer);
        asked.child.off('exit', gone);
        resolve(result);
      };
      const hear = (from: number, one: Found) => {
        if (from === asked.port && one.key === key) end(one);
      };
      const gone = () => end(undefined);
      const timer = setTimeout(gone, patience * 1000);
      answers.add(hear);
      asked.child.once('exit', gone);
      say(asked, { type: 'lookup', key });
    });
    if (found === undefined && !members.has(asked.port)) return undefined;
    const right = found?.owner === ownerOf(key);
    const text = found === undefined ? 'no answer' : `${found.owner}, ${found.hops} hops${right ? '' : ', WRONG'}`;
    tell(`${when}: ${asked.port} asks for ${key}: ${text}`, {
      ...{ type: 'lookup', when, asked: asked.port, key, owner: found?.owner, hops: found?.hops, right },
    });
    return right;
  }

  let goesOn = true;
  try {
    const founders = await Promise.all([start(), start(), start()]);
    const ports = inOrder();
    for (const founder of founders) {
      const at = ports.indexOf(founder.port);
      say(founder, {
        type: 'begin',
        place: { list: [after(ports, at, 1), after(ports, at, 2)], prdc: after(ports, at, -1) },
      });
    }
    const others = await Promise.all(Array.from({ length: size - 3 }, start));
    for (const other of others) say(other, { type: 'begin', via: ports[0] as number });
    if (!(await untilIdeal())) return false;

    const meanwhile = (async () => {
      while (goesOn && !stopped.aborted) {
        await lookup('meanwhile');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    for (let killed = 0; killed < kill && !stopped.aborted; killed++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      const unlucky = anybody();
      members.delete(unlucky.port);
      unlucky.child.kill('SIGKILL');
      tell(`killed ${unlucky.port}`, { type: 'killed', port: unlucky.port });
      if (!(await untilIdeal())) return false;
    }
    goesOn = false;
    await meanwhile;
    let right = 0;
    for (let at = 0; at < lookups && !stopped.aborted; at++) if (await lookup('healed')) right++;
    tell(`${right} of ${lookups} lookups right`, { type: 'end', right, lookups });
    return right === lookups;
  } finally {
    goesOn = false;
    for (const { child } of members.values()) child.kill();
  }
}
