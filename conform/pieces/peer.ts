/**
 * A peer of the model behind a real socket: the machine of `swarm` decides, this carries. It has every piece; whether the bytes
 * that it sends are right is the machine's `bad`, as in the model. One machine for each connection.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createActor } from 'xstate';
import {
  allOf,
  blockLength as modelBlock,
  type Setting,
  soundRules,
  swarmPeer,
  verifierOf,
  type Wire,
} from '../../models/swarm/index.js';
import { decode, decodeHandshake, encode, encodeHandshake, type Grid, handshakeLength, Malformed } from './codec.js';

export interface PeerOptions {
  readonly host: string;
  readonly infoHash: string;
  readonly peerId: Uint8Array;
  readonly data: Uint8Array;
  readonly grid: Grid;
  readonly bad: boolean;
  /** Nothing is read before. */
  readonly begins?: Promise<void>;
  readonly onBlock: (piece: number, begin: number) => void;
  /** What a client did that the protocol does not allow. */
  readonly onFault: (what: string) => void;
}

export interface LivingPeer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens, and comes back when it does. */
export async function servePeer(options: PeerOptions): Promise<LivingPeer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    if (options.begins === undefined) connected(socket, options);
    else options.begins.then(() => connected(socket, options));
  });
  server.listen(0, options.host);
  await once(server, 'listening');
  return {
    port: (server.address() as { readonly port: number }).port,
    close: async () => {
      const ended = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

function connected(socket: Socket, options: PeerOptions): void {
  const { grid, onFault } = options;
  const blocks = grid.pieceLength / grid.blockLength;
  const shape = { pieces: grid.pieces, blocks, short: false };
  const setting: Setting = {
    ...shape,
    self: 'peer',
    neighbours: ['client'],
    wants: allOf(shape),
    gives: true,
    slots: 1,
    choking: 'open',
    serving: 'atOnce',
  };
  const machine = swarmPeer({ rules: soundRules, setting, verifies: verifierOf(shape) });
  const actor = createActor(machine, { input: { have: allOf(shape), bad: options.bad } });
  actor.on('send', ({ message }) => say(message));
  actor.start();

  /** The machine counts in blocks of few bytes. */
  const scale = grid.blockLength / modelBlock;
  const say = (message: Wire): void => {
    if (message.type === 'close') socket.end();
    else if (message.type === 'handshake') socket.write(encodeHandshake(options));
    else if (message.type === 'piece') {
      const begin = message.begin * scale;
      const from = message.piece * grid.pieceLength + begin;
      const data = Uint8Array.from(options.data.subarray(from, from + message.length * scale));
      if (!message.good) data[0] = (data[0] ?? 0) ^ 0xff;
      options.onBlock(message.piece, begin);
      socket.write(encode({ type: 'piece', piece: message.piece, begin, data }, grid));
    } else if (message.type === 'request' || message.type === 'cancel') {
      socket.write(encode({ ...message, begin: message.begin * scale, length: message.length * scale }, grid));
    } else socket.write(encode(message, grid));
  };

  let pending = Buffer.alloc(0);
  let isOpen = false;
  const read = (): void => {
    if (!isOpen) {
      if (pending.length < handshakeLength) return;
      const { infoHash } = decodeHandshake(pending);
      if (infoHash !== options.infoHash) throw new Malformed('another torrent');
      pending = pending.subarray(handshakeLength);
      isOpen = true;
      actor.send({ type: 'handshake', from: 'client' });
    }
    const { said, used } = decode(pending, grid);
    pending = pending.subarray(used);
    for (const one of said) {
      // A seed asks for nothing, so nothing comes that is of use; what is not of BEP 3 was not agreed on.
      if (one.type === 'keepAlive' || one.type === 'other' || one.type === 'piece') continue;
      if (one.type !== 'request' && one.type !== 'cancel') {
        actor.send({ ...one, from: 'client' });
        continue;
      }
      if (one.type === 'request' && actor.getSnapshot().context.halves[0]?.choking !== false) {
        onFault('a request before it was unchoked');
      }
      actor.send({ ...one, begin: one.begin / scale, length: one.length / scale, from: 'client' });
    }
  };
  socket.on('data', (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    try {
      read();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      // An encrypted call is no fault: it is the client's first try.
      if (isOpen) onFault(error.message);
      socket.destroy();
    }
  });
  socket.on('close', () => actor.stop());
}
