/**
 * What had to wait for room on a link: as long as the peer lives the same life and the link is as full as it was, the same input
 * would say the same words and wait again. Where links are short, most attempts are of this kind. Law: to remember never makes
 * another move than to try again.
 */
import type { Life } from '../machine/index.js';
import type { Links } from './links.js';
import type { Situation } from './situation.js';

interface Waiting {
  /** Whose link was full. */
  to: number;
  /** The cut that was in force: what crosses a cut may need no room. */
  cut: number;
}

/** @internal */
export class Blocks {
  private readonly lives: (Life | undefined)[] = [];
  private readonly waiting: Map<object, Waiting>[] = [];

  constructor(
    private readonly links: Links,
    private readonly situation: Situation,
  ) {}

  /** Whether the input, a message, an offer or a timer, is known to have to wait. */
  has(peer: number, life: Life, input: object): boolean {
    if (this.lives[peer] !== life) return false;
    const known = this.waiting[peer]?.get(input);
    if (known === undefined || known.cut !== this.situation.cut || this.links.hasRoom(peer, known.to)) return false;
    this.links.blocked++;
    return true;
  }

  /** The input has just had to wait. */
  add(peer: number, life: Life, input: object): void {
    const to = this.links.blockedTo;
    if (to === peer) return; // hearing a message of one's own makes room on that link
    let waiting = this.waiting[peer];
    if (waiting === undefined) {
      waiting = new Map();
      this.waiting[peer] = waiting;
    } else if (this.lives[peer] !== life) {
      waiting.clear();
    }
    this.lives[peer] = life;
    waiting.set(input, { to, cut: this.situation.cut });
  }
}
