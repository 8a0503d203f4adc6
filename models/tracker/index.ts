/** A BitTorrent tracker and the clients that announce to it: the machines, the system they make, and how to look at one. */
export {
  type AnnouncerContext,
  type AnnouncerEvent,
  type AnnouncerInput,
  announceOf,
  announcer,
  onDisk,
} from './announcer.js';
export * from './asked.js';
export { type AskedMutant, askedMutants } from './asked-mutants.js';
export * from './chart.js';
export type { Announce, AnnounceEvent, Endpoint, Failure, Reply } from './messages.js';
export { type TrackerMutant, trackerMutants } from './mutants.js';
export {
  clientNames,
  type TrackerOptions,
  type TrackerPeers,
  type TrackerVariation,
  type TrackerWorld,
  tracking,
} from './system.js';
export * from './table.js';
export * from './tracker.js';
export * from './view.js';
