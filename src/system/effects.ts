/**
 * Effects: what a step said, as a number. Effect 0 is silence; any other lists receivers, each with the item that the
 * message becomes in its inbox (the input that it will be to that peer).
 */
import { ChurnproofError, canonical, type Envelope } from '../kernel/index.js';
import type { PeerTable, Said } from '../machine/index.js';
import type { Items } from './inbox.js';

/** @internal */
export class Effects {
  /** Set once by the composer: effects name the peers' inputs, and the peers' steps name effects. */
  tables: readonly PeerTable[] = [];
  private readonly pairs: Int32Array[] = [new Int32Array(0)];
  /** By effect: see {@link isPlain}. */
  private readonly plain: boolean[] = [true];
  private readonly ids = new Map<string, number>([['', 0]]);
  private readonly envelopes: Envelope[][];
  private readonly senders: number[][];

  constructor(private readonly names: readonly string[]) {
    this.envelopes = names.map(() => []);
    this.senders = names.map(() => []);
  }

  /** The number of what the peer `from` said. */
  number(from: number, said: readonly Said[]): number {
    const list: number[] = [];
    for (const { to, message } of said) {
      for (const name of to) {
        const receiver = this.names.indexOf(name);
        if (receiver < 0) throw this.stranger(from, name, message.type);
        const sender = this.names[from] as string;
        const item = (this.tables[receiver] as PeerTable).hears({ ...message, from: sender });
        (this.envelopes[receiver] as Envelope[])[item] ??= { from: sender, to: name, message };
        (this.senders[receiver] as number[])[item] = from;
        list.push(receiver, item);
      }
    }
    return this.intern(list);
  }

  /** The item that a message would be to `receiver`, whether or not anybody has sent it yet. */
  item(receiver: number, { from, to, message }: Envelope): number {
    const item = (this.tables[receiver] as PeerTable).hears({ ...message, from });
    (this.envelopes[receiver] as Envelope[])[item] ??= { from, to, message };
    (this.senders[receiver] as number[])[item] = this.names.indexOf(from);
    return item;
  }

  /** The effect of one after the other. */
  both(first: number, second: number): number {
    if (first === 0 || second === 0) return first + second;
    return this.intern([...this.of(first), ...this.of(second)]);
  }

  /** Whether nobody is told two things. */
  isPlain(effect: number): boolean {
    return this.plain[effect] as boolean;
  }

  /** Receiver, item, receiver, item, in the order in which they were said. */
  of(effect: number): Int32Array {
    return this.pairs[effect] as Int32Array;
  }

  envelope(receiver: number, item: number): Envelope {
    return (this.envelopes[receiver] as Envelope[])[item] as Envelope;
  }

  sender(receiver: number, item: number): number {
    return (this.senders[receiver] as number[])[item] as number;
  }

  /** What an inbox must know of the items of its peer: they go by sender, then by what the message says. */
  itemsOf(receiver: number): Items {
    const texts: string[] = [];
    const text = (item: number) => (texts[item] ??= canonical(this.envelope(receiver, item).message));
    const sender = (item: number) => this.sender(receiver, item);
    const compare = (a: number, b: number) => {
      if (a === b) return 0;
      return sender(a) - sender(b) || (text(a) < text(b) ? -1 : 1);
    };
    return { sender, compare };
  }

  private intern(list: readonly number[]): number {
    const key = list.join();
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.pairs.length;
    this.pairs.push(Int32Array.from(list));
    const receivers = list.filter((_, i) => i % 2 === 0);
    this.plain.push(new Set(receivers).size === receivers.length);
    this.ids.set(key, id);
    return id;
  }

  private stranger(from: number, name: string, type: string): ChurnproofError {
    return new ChurnproofError(
      'SYSTEM_INVALID',
      `peer ${this.names[from]} sends '${type}' to '${name}', who is no peer`,
      {
        expected: `one of ${this.names.join(', ')}`,
        hint: 'give the machine the names that its system uses, by its input',
      },
    );
  }
}
