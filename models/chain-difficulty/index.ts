/** A chain of headers, its difficulty and the clock: the rules, the machine, the system. */
export * from './chart.js';
export * from './machine.js';
export * from './mutants.js';
export {
  type DifficultyRules,
  type Headers,
  type Measure,
  type Scale,
  soundRules,
} from './rules.js';
export * from './system.js';
