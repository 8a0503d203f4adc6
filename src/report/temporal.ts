/** Temporal claims in words: what they assume, and where a behaviour met its fate. */
import { type Critical, describeMove, type Fairness, type Property, type PropertyKind } from '../kernel/index.js';
import { amount } from './words.js';

/** Whether it speaks of how behaviours go on: no sample and no part of the graph decides it. @internal */
export function isOfBehaviours(kind: PropertyKind): boolean {
  switch (kind) {
    case 'always':
    case 'sometimes':
    case 'whenQuiet':
    case 'alwaysStep':
      return false;
    case 'eventually':
    case 'alwaysEventually':
    case 'stable':
    case 'leadsTo':
    case 'recoverable':
      return true;
  }
}

/** What a temporal claim assumes, or what may repair a `recoverable`. @public */
export interface Assumed {
  readonly fairness?: Fairness;
  readonly by?: readonly string[];
}

/** Nothing, for a claim that is not temporal. @internal */
export function assumed(property: Property | undefined): Assumed {
  if (property === undefined) return {};
  if ('by' in property) return { by: property.by };
  return 'fairness' in property ? { fairness: property.fairness } : {};
}

/** Such as `assuming that deliver and stabilize are weakly fair and that join and crash cease`. @internal */
export function assumptions({ fairness, by }: Assumed): string | undefined {
  if (by !== undefined) return `only ${listed(by)} may repair it`;
  if (fairness === undefined) return undefined;
  const { weak = [], strong = [], ceases = [] } = fairness;
  const parts = [
    ...(weak.length === 0 ? [] : [`${listed(weak)} ${weak.length === 1 ? 'is' : 'are'} weakly fair`]),
    ...(strong.length === 0 ? [] : [`${listed(strong)} ${strong.length === 1 ? 'is' : 'are'} strongly fair`]),
    ...(ceases.length === 0 ? [] : [`${listed(ceases)} ${ceases.length === 1 ? 'ceases' : 'cease'}`]),
  ];
  return parts.length === 0
    ? 'assuming no fairness: nothing need ever happen'
    : `assuming ${listed(parts.map((part) => `that ${part}`))}`;
}

/** The move of a behaviour after which it was decided. @public */
export interface CriticalDocument extends Omit<Critical, 'instead'> {
  readonly instead?: { readonly move: string; readonly distance: number };
}

/** @internal */
export const criticalDocument = ({ kind, step, instead }: Critical): CriticalDocument => ({
  kind,
  step,
  ...(instead === undefined ? {} : { instead: { move: describeMove(instead.move), distance: instead.distance } }),
});

/** What the critical transition of a trace decided. @internal */
export function fateOf({ kind, step, instead }: Critical, is: PropertyKind, assumes: Assumed): string {
  const [goal, it] = is === 'stable' ? ['a state in which it can stay true for ever', 'one'] : ['the goal', 'it'];
  const none = `${noWayLeft(is, assumes)} ${it}`;
  if (kind === 'lost') {
    if (step === 0) return `${goal} was out of reach from the start: ${none}`;
    const how =
      instead === undefined ? '' : ` (for instance by \`${describeMove(instead.move)}\` instead${more(instead)})`;
    return `move ${step} is the one that killed it: before it ${goal} could still be reached${how}, after it ${none} any more`;
  }
  const where = step === 1 ? 'at the start' : `after move ${step - 1}`;
  const by =
    instead === undefined
      ? ','
      : `: ${where}, \`${describeMove(instead.move)}\` would come to ${it} ${soon(instead.distance + 1)};`;
  return `${goal} stays within reach all along${by} but no fairness that is assumed ever makes it happen`;
}

/** What ceases might come to the rescue, but nobody is owed that. */
function noWayLeft(is: PropertyKind, { fairness, by }: Assumed): string {
  if (is === 'recoverable') return `${by === undefined ? 'what may repair it' : listed(by)} cannot reach`;
  const { ceases = [] } = fairness ?? {};
  const without = ceases.length === 0 ? '' : ` without another ${listed(ceases, 'or')}`;
  return `no behaviour${without} reaches`;
}

const more = ({ distance }: { readonly distance: number }): string =>
  distance === 0 ? '' : `, and ${amount(distance, 'move')} more`;

const soon = (moves: number): string => (moves === 1 ? 'at once' : `in ${amount(moves, 'move')}`);

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[], last = 'and'): string {
  const most = words.slice(0, -1).join(', ');
  return most === '' ? (words[0] ?? 'nothing') : `${most} ${last} ${words.at(-1)}`;
}
