/** The UDP tracker protocol of BEP 15: connection ids that prove an address, numbers that match answers, and what breaks without. */
export * from './client.js';
export { type ForgerContext, forger } from './forger.js';
export * from './messages.js';
export { type UdpMutant, udpMutants } from './mutants.js';
export {
  type UdpOptions,
  type UdpPeers,
  type UdpVariation,
  type UdpWorld,
  udpAddresses,
  udpTracking,
} from './system.js';
export * from './tracker.js';
