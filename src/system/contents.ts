/** What the numbers in a state of a composed system stand for: a peer's slot, what is on its way to a peer, the weather. */
import { type Contents, canonical, deepFreeze, type Envelope } from '../kernel/index.js';
import type { PeerTable, ToldSlot } from '../machine/index.js';
import type { Inbox } from './inbox.js';
import type { Network } from './network.js';
import { keyOf, type ToldWeather } from './weather.js';

/** @internal */
export class SystemContents implements Contents {
  /** By receiver and item. */
  private readonly itemTexts: readonly string[][];

  constructor(
    private readonly tables: readonly PeerTable[],
    private readonly network: Network,
  ) {
    this.itemTexts = tables.map(() => []);
  }

  text(component: number, value: number): string {
    const { tables, network } = this;
    if (component < tables.length) return (tables[component] as PeerTable).keyOf(value);
    if (component === network.weatherComponent) return keyOf(network.weather.at(value));
    const receiver = component - tables.length;
    const items = Array.from(this.inbox(receiver).content(value), (item) => this.itemText(receiver, item));
    return items.join();
  }

  tell(component: number, value: number): unknown {
    const { tables, network } = this;
    if (component < tables.length) return (tables[component] as PeerTable).tell(value);
    if (component === network.weatherComponent) return network.weather.at(value);
    return network.envelopes(component - tables.length, value);
  }

  learn(component: number, told: unknown): number {
    const { tables, network } = this;
    if (component < tables.length) return (tables[component] as PeerTable).learn(told as ToldSlot);
    if (component === network.weatherComponent) return network.weather.intern(told as ToldWeather);
    const receiver = component - tables.length;
    const items = (told as readonly Envelope[]).map((envelope) => network.effects.item(receiver, deepFreeze(envelope)));
    return this.inbox(receiver).arranged(items);
  }

  private inbox(receiver: number): Inbox {
    return this.network.inboxes[receiver] as Inbox;
  }

  private itemText(receiver: number, item: number): string {
    const texts = this.itemTexts[receiver] as string[];
    texts[item] ??= canonical(this.network.effects.envelope(receiver, item));
    return texts[item];
  }
}
