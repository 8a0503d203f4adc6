/** What is claimed of the UDP tracker protocol: nobody is listed who cannot be reached there, and no answer is taken for another. */
export * from './tracker-udp/claims.js';
export { suite } from './tracker-udp/suite.js';
