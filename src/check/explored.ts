/** What walks have seen of one model: each state once, with its moves, shared by all walks of a campaign. */
import type { Model } from '../kernel/index.js';
import { Events } from './events.js';
import { Menus } from './menus.js';
import { Seen } from './seen.js';

/** Bytes that the states may take; those that come later are walked all the same, but not counted. */
const stateBytes = 1 << 28;

/** @internal */
export class Explored {
  readonly states: Seen;
  readonly events: Events;
  readonly menus: Menus;

  /** @param classes every class that a move of the model can have */
  constructor(
    readonly model: Model,
    readonly classes: readonly string[],
    maxBytes = stateBytes,
  ) {
    this.states = new Seen(model.width, maxBytes);
    this.events = new Events(model, classes);
    this.menus = new Menus(model, this.events, classes.length);
  }
}
