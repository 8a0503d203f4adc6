/** Stop-and-wait: the machines, the system they make, and its seeded bugs. */
export { type Ack, type Bit, type Data, flip } from './messages.js';
export { mutants, type StopAndWaitMutant, type Variant } from './mutants.js';
export { type ReceiverContext, receiver } from './receiver.js';
export { type SenderContext, type SenderInput, sender } from './sender.js';
export { type StopAndWaitOptions, type StopAndWaitPeers, stopAndWait } from './system.js';
