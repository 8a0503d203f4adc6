/** What the two ends of stop-and-wait say to each other. */

/** Alternates with each packet. @public */
export type Bit = 0 | 1;

/** A packet; what it carries does not matter to the protocol and is left out. @public */
export interface Data {
  readonly type: 'data';
  readonly bit: Bit;
}

/** The packet with this bit has arrived. @public */
export interface Ack {
  readonly type: 'ack';
  readonly bit: Bit;
}

/** @public */
export const flip = (bit: Bit): Bit => (bit === 0 ? 1 : 0);
