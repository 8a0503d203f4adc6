/** The mutate room: small wrong versions of any machine, to see whether the properties notice. */
export { type GenericMutant, genericMutants, type Operator } from './mutants.js';
export { machinesOf, type SharedMachine, withMachine } from './system.js';
