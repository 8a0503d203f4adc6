/** The room of continuous integration: what a config means, which systems a run looks at, and what old traces must show. */
export * from './blob.js';
export * from './budget.js';
export * from './config.js';
export * from './corpus.js';
export * from './plan.js';
export * from './profiles.js';
