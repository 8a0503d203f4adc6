/** What sending does to a situation: onto a link, dropped, waiting for room; or heard at once, where the network is synchronous. */
import { ChurnproofError, type Message, type SystemSpec } from '../kernel/index.js';
import { isSame, type JudgedPeer } from '../machine/index.js';
import type { Flight, Inbox, Situation, Standing } from './situation.js';

type Said = JudgedPeer['said'];

/** Deliveries within one synchronous move after which it is given up. */
const stormLimit = 10_000;

/** @internal */
export class Links {
  /** Sends that found a full link and had to wait. */
  blocked = 0;
  /** Whose link was full, at the latest of these. */
  blockedTo = -1;
  readonly isSynchronous: boolean;
  readonly isQueue: boolean;
  /** What was sent stays deliverable for ever. */
  readonly isSet: boolean;
  private readonly capacity: number;
  private readonly dropsWhenFull: boolean;
  private readonly cutLoses: boolean;
  private readonly index: ReadonlyMap<string, number>;
  private readonly cutOff: readonly (readonly boolean[])[];

  constructor(
    { network = 'unordered', capacity, whenFull, faults }: SystemSpec,
    private readonly names: readonly string[],
    private readonly peers: readonly JudgedPeer[],
    cuts: readonly (readonly string[])[],
    private readonly situation: Situation,
  ) {
    this.isSynchronous = network === 'synchronous';
    this.isQueue = network === 'fifo';
    this.isSet = network === 'set';
    this.capacity = capacity ?? Number.POSITIVE_INFINITY;
    this.dropsWhenFull = whenFull === 'drop';
    this.cutLoses = faults?.partition?.crossing !== 'held';
    this.index = new Map(names.map((name, i) => [name, i]));
    this.cutOff = cuts.map((side) => names.map((name) => side.includes(name)));
  }

  /** Whether no move can fail for want of room. */
  get neverBlocks(): boolean {
    return this.dropsWhenFull || this.capacity === Number.POSITIVE_INFINITY;
  }

  /** Whether the cut that is in force keeps these two apart. */
  isCut(a: number, b: number): boolean {
    const { cut } = this.situation;
    if (cut < 0) return false;
    const side = this.cutOff[cut] as readonly boolean[];
    return side[a] !== side[b];
  }

  hasRoom(from: number, to: number): boolean {
    return this.situation.linked(from, to) < this.capacity;
  }

  /** Sends what a step said; false when a full link makes the move wait. */
  send(from: number, said: Said): boolean {
    if (said.length === 0) return true;
    if (this.isSynchronous) {
      this.settle(from, said);
      return true;
    }
    for (let i = 0; i < said.length; i++) {
      const { to, message } = said[i] as Said[number];
      for (let r = 0; r < to.length; r++) if (!this.put(from, to[r] as string, message)) return false;
    }
    return true;
  }

  /** A second copy of a message, right behind it. */
  copy(flight: Flight): void {
    const inbox = this.situation.inboxes[flight.to] as Inbox;
    this.situation.add({ ...flight, at: -1 }, inbox.indexOf(flight) + 1);
  }

  /** Takes away all messages that `drop` names. */
  purge(drop: (flight: Flight) => boolean): void {
    const { inboxes } = this.situation;
    for (let to = 0; to < inboxes.length; to++)
      for (const flight of inboxes[to] as Inbox) if (drop(flight)) this.situation.remove(flight);
  }

  /** What a new cut keeps apart is lost, unless it is held. */
  purgeCrossing(): void {
    if (this.cutLoses) this.purge(({ from, to }) => this.isCut(from, to));
  }

  /** Whether a message is the first of its queue; any is, where there are no queues. */
  isHead(flight: Flight): boolean {
    if (!this.isQueue) return true;
    const inbox = this.situation.inboxes[flight.to] as Inbox;
    for (let i = 0; i < inbox.length; i++) {
      const other = inbox[i] as Flight;
      if (other.from === flight.from) return other === flight;
    }
    return false;
  }

  private put(from: number, name: string, message: Message): boolean {
    const to = this.receiver(from, name, message);
    if (this.cutLoses && this.isCut(from, to)) return true;
    const inbox = this.situation.inboxes[to] as Inbox;
    if (this.isSet && inbox.some((other) => other.from === from && isSame(other.envelope.message, message)))
      return true;
    if (!this.hasRoom(from, to)) {
      if (this.dropsWhenFull) return true;
      this.blocked++;
      this.blockedTo = to;
      return false;
    }
    const envelope = { from: this.names[from] as string, to: name, message };
    this.situation.add({ from, to, envelope, at: -1 }, this.isQueue ? behind(inbox, from) : inbox.length);
    return true;
  }

  /** Delivers within the move, in the order of sending, until nobody says anything more. */
  private settle(from: number, said: Said): void {
    const { situation } = this;
    const queue: { readonly from: number; readonly to: number; readonly message: Message }[] = [];
    const schedule = (sender: number, words: Said) => {
      for (const { to, message } of words)
        for (const name of to) queue.push({ from: sender, to: this.receiver(sender, name, message), message });
    };
    schedule(from, said);
    for (let i = 0; i < queue.length; i++) {
      if (i > stormLimit) throw storm();
      const { from: sender, to, message } = queue[i] as (typeof queue)[number];
      const { life } = situation.standings[to] as Standing;
      if (life === undefined || this.isCut(sender, to)) continue;
      const peer = this.peers[to] as JudgedPeer;
      const after = peer.hear(life, { ...message, from: this.names[sender] as string });
      if (after === undefined) continue;
      const { said: answer } = peer;
      situation.setStanding(to, { status: 'up', life: after, stored: undefined });
      schedule(to, answer);
    }
  }

  private receiver(from: number, name: string, { type }: Message): number {
    const to = this.index.get(name);
    if (to !== undefined) return to;
    throw new ChurnproofError(
      'SYSTEM_INVALID',
      `peer ${this.names[from]} sends '${type}' to '${name}', who is no peer`,
      {
        expected: `one of ${this.names.join(', ')}`,
        hint: 'give the machine the names that its system uses, by its input',
      },
    );
  }
}

/** Queues stand side by side, in the order of their senders. */
function behind(inbox: Inbox, from: number): number {
  let at = inbox.length;
  while (at > 0 && (inbox[at - 1] as Flight).from > from) at--;
  return at;
}

const storm = (): ChurnproofError =>
  new ChurnproofError('SYSTEM_STORM', `one move caused more than ${stormLimit} messages`, {
    expected: 'in a synchronous network, peers that fall silent after a while',
    hint: 'look for two peers that answer each other for ever, or use network fifo with a capacity',
  });
