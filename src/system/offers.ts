/** What may be asked of a peer, as numbers: the offers of one operation, or of joining, computed from the world. */
import {
  ChurnproofError,
  canonical,
  messageOf,
  type Observer,
  type Offer,
  type Operation,
  type Peers,
  type State,
  type World,
} from '../kernel/index.js';
import type { PeerTable } from '../machine/index.js';
import type { Observers } from './observers.js';

/** Anything that may be asked: an operation, or joining. */
type Askable = { readonly name: string } & Pick<Operation, 'offer'>;

/** What is offered to a peer in a world. @throws ChurnproofError SYSTEM_OPERATION @internal */
export function offersOf(of: Askable, self: string, world: World<Peers, true>): readonly Offer[] {
  try {
    const offers = of.offer?.call(of, world, self);
    if (Array.isArray(offers) && offers.every((one) => typeof one?.event?.type === 'string')) return offers;
  } catch (thrown) {
    if (thrown instanceof ChurnproofError) throw thrown;
    throw failed(of, self, `threw: ${messageOf(thrown)}`, thrown);
  }
  throw failed(of, self, 'did not answer a list of offers');
}

function failed({ name }: Askable, self: string, what: string, cause?: unknown): ChurnproofError {
  return new ChurnproofError('SYSTEM_OPERATION', `the offer of '${name}' to peer ${self} ${what}`, {
    expected: 'offer(world, self) to return a list of { event: { type, ... }, args? }, empty when nothing may be asked',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The offers of one operation (or of joining) to one peer, numbered. @internal */
export class OfferTable {
  private readonly offers: Offer[] = [];
  private readonly ids = new Map<string, number>();
  /** The inputs of an operation that is offered alike in every state. */
  readonly constant: Int32Array | undefined;
  private readonly observer: Observer<Int32Array> | undefined;

  constructor(
    private readonly of: Askable,
    private readonly self: string,
    private readonly table: PeerTable,
    observers: Observers,
  ) {
    if (of.offer === undefined) this.constant = this.number([{ event: { type: of.name } }]);
    else this.observer = observers.observe((world) => this.number(offersOf(of, self, world)));
  }

  /** Pairs of an input of the peer and the number of the offer behind it. */
  inputs(state: State): Int32Array {
    return this.constant ?? (this.observer as Observer<Int32Array>).at(state);
  }

  offer(id: number): Offer {
    return this.offers[id] as Offer;
  }

  private number(offers: readonly Offer[]): Int32Array {
    const pairs = offers.flatMap((offer) => {
      const input = this.table.hears(offer.event);
      const key = `${input} ${this.canonicalArgs(offer)}`;
      const id = this.ids.get(key) ?? this.offers.push(offer) - 1;
      this.ids.set(key, id);
      return [input, id];
    });
    return Int32Array.from(pairs);
  }

  private canonicalArgs({ args = {} }: Offer): string {
    try {
      return canonical(args, 'args');
    } catch (thrown) {
      throw failed(this.of, this.self, `has args that are not plain data: ${messageOf(thrown)}`, thrown);
    }
  }
}
