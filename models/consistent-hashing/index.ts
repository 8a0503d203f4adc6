/** Consistent hashing: identifiers by SHA-1, whose a key is, who keeps copies of it, and the mistakes made of that. */
export { firstFrom, type Identifier, indexFrom, liesIn } from './circle.js';
export { identifierBits, identifierOf, placeOf, truncated } from './identifiers.js';
export { mutants, type PlacementMutant, type Placing } from './mutants.js';
export { type Arc, arcOf, type Placement, type PlacementOptions, type Point, placementOf } from './placement.js';
