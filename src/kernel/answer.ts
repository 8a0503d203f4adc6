/** The answer of a property, guarded: one that throws, or says something else than yes or no, is taken for neither. */
import { ChurnproofError, messageOf } from './error.js';
import type { Model, State } from './model.js';
import { show } from './plain.js';
import type { Property } from './property.js';

/** @throws ChurnproofError that names the property and the state. @internal */
export function answerOf(property: Property, model: Model, state: State, ask: () => unknown): boolean {
  let answer: unknown;
  try {
    answer = ask();
  } catch (thrown) {
    if (thrown instanceof ChurnproofError) throw thrown;
    throw new ChurnproofError('PROPERTY_THREW', `the property '${property.name}' threw: ${messageOf(thrown)}`, {
      where: describe(model, state),
      expected: 'an answer in every reachable state',
      hint: 'look at the state above: a peer that is not up has no context',
      cause: thrown,
    });
  }
  if (typeof answer === 'boolean') return answer;
  throw new ChurnproofError('PROPERTY_NOT_BOOLEAN', `the property '${property.name}' answered ${String(answer)}`, {
    where: describe(model, state),
    expected: 'true or false',
    hint: 'look for a missing return, or an async function',
  });
}

function describe(model: Model, state: State): string {
  const { peers, inFlight } = model.picture(state);
  const standing = peers.map((peer) => `${peer.name} ${peer.context === undefined ? peer.status : show(peer.context)}`);
  const messages = inFlight.map(({ from, to, message }) => `${from} -> ${to} ${show(message)}`);
  return [...standing, ...messages].join('; ');
}
