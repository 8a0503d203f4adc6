/** The machine room: an ordinary xstate machine becomes a table of numbered local states and steps. */
export { isCalled } from './inspect.js';
export { checkPeer, type NumberEffect, PeerTable, refused, type Slot } from './peer-table.js';
export { type ArmedTimer, type Local, Runner, type Said } from './runner.js';
