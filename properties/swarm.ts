/** Claims about piece exchange, at two levels. */
export { swarmSuite, wireSuite } from './swarm/suite.js';
