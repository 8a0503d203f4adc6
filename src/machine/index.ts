/** The machine room: an ordinary xstate machine becomes a table of numbered local states and steps. */

export { isCalled } from './inspect.js';
export { JudgedPeer, type StepCounts } from './judged.js';
export { type Context, isSame, isSameLife, type Life } from './life.js';
export { checkPeer, type NumberEffect, PeerTable, refused, type Slot, type ToldSlot } from './peer-table.js';
export { type ArmedTimer, type Local, Runner, type Said } from './runner.js';
export { statechartOf } from './statechart.js';
export type { Used } from './taken.js';
