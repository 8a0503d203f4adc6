/** Whether a property speaks of moves that its system can have: a name that means nothing would be a promise about nothing. */
import {
  ChurnproofError,
  isTemporal,
  moveKinds,
  type Property,
  type SystemSpec,
  type Temporal,
} from '../kernel/index.js';

/** @throws ChurnproofError PROPERTY_INVALID for a class of move that is neither a kind nor an operation of the system. @internal */
export function checkClasses({ name, operations = [] }: SystemSpec, properties: readonly Property[]): void {
  const known = [...moveKinds, ...operations.map((operation) => operation.name)];
  for (const property of properties.filter(isTemporal)) {
    const stranger = classesIn(property).find((one) => !known.includes(one));
    if (stranger === undefined) continue;
    throw new ChurnproofError(
      'PROPERTY_INVALID',
      `'${property.name}' names '${stranger}', which is no move of ${name}`,
      {
        expected: `one of ${known.join(', ')}`,
        hint: 'classes of move are called by their kind or by the name of their operation',
      },
    );
  }
}

function classesIn(property: Temporal): readonly string[] {
  if (property.kind === 'recoverable') return property.by;
  const { weak = [], strong = [], ceases = [] } = property.fairness;
  return [...weak, ...strong, ...ceases];
}
