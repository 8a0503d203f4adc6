/** What is claimed of a BitTorrent tracker and its clients: true replies, fair expiry, and a table that becomes the swarm. */
export * from './tracker/client-laws.js';
export * from './tracker/progress.js';
export { suite } from './tracker/suite.js';
export * from './tracker/tracker-laws.js';
