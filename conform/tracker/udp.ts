/** A tracker asked over real UDP, as BEP 15 has it: first for a connection id, then with it. */
import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Carrier } from './asking.js';
import { type Answer, announceRequest, connectRequest, readAnswer, scrapeRequest } from './bep15.js';

/** One address from which a tracker is asked, question by question. */
export interface UdpClient {
  /** The connection id that it is given. */
  connect(): Promise<bigint>;
  /** What comes back under the number that was put into the question; nothing is sent twice. */
  ask(question: (transaction: number) => Buffer): Promise<Answer>;
  close(): void;
}

/** @param host the address that is asked from */
export async function udpClient(port: number, host = '127.0.0.1'): Promise<UdpClient> {
  const socket = createSocket('udp4');
  socket.bind(0, host);
  await once(socket, 'listening');
  const ask = (question: (transaction: number) => Buffer) => asked(socket, port, question);
  return {
    ask,
    connect: async () => {
      const answer = await ask(connectRequest);
      if (answer.action !== 'connect') throw new Error(`no connection id but ${told(answer)}`);
      return answer.connection;
    },
    close: () => socket.close(),
  };
}

function asked(socket: Socket, port: number, question: (transaction: number) => Buffer): Promise<Answer> {
  const transaction = randomInt(2 ** 32);
  return new Promise((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      try {
        const answer = readAnswer(bytes);
        // What is late, or was meant for another question, is left alone.
        if (answer.transaction !== transaction) return;
        socket.off('message', hear);
        resolve(answer);
      } catch (error) {
        socket.off('message', hear);
        reject(error);
      }
    };
    socket.on('message', hear);
    socket.send(question(transaction), port, '127.0.0.1');
  });
}

/** The id is asked for once: the schedules of a campaign take less than the minute for which a client may use it. */
export async function overUdp(port: number, infoHash: Buffer): Promise<Carrier> {
  const client = await udpClient(port);
  let connection: Promise<bigint> | undefined;
  const connected = (): Promise<bigint> => {
    connection ??= client.connect();
    return connection;
  };
  return {
    async announce(announced) {
      const id = await connected();
      const answer = await client.ask((transaction) => announceRequest(id, transaction, { infoHash, ...announced }));
      if (answer.action !== 'announce') throw new Error(`refused: ${told(answer)}`);
      const { complete, incomplete, peers } = answer;
      return { complete, incomplete, peers };
    },
    async scrape() {
      const id = await connected();
      const answer = await client.ask((transaction) => scrapeRequest(id, transaction, infoHash));
      if (answer.action !== 'scrape') throw new Error(`refused: ${told(answer)}`);
      const { complete, incomplete, downloaded } = answer;
      return { complete, incomplete, downloaded };
    },
    close: () => client.close(),
  };
}

const told = (answer: Answer): string => (answer.action === 'error' ? answer.message : `an answer to ${answer.action}`);
