/** Generic mutants as text: what no property notices in full, the others as counts, and the score. */
import { type GenericOutcome, type GenericScore, genericScoreOf, type JudgedGeneric } from './generic.js';
import { shortName } from './mutants.js';
import { type Paint, unpainted } from './paint.js';
import { amount } from './words.js';

const labels: { readonly [K in GenericOutcome]: string } = {
  killed: 'killed',
  equivalent: 'equivalent',
  survived: 'SURVIVED',
  undecided: 'undecided',
};

/** One of them as a line. @public */
export function renderGeneric(one: JudgedGeneric, paint: Paint = unpainted): string {
  const { machine, doc, outcome } = one;
  const tone = { killed: paint.good, equivalent: paint.aside, survived: paint.bad, undecided: paint.doubt }[outcome];
  return `  ${tone(labels[outcome].padEnd(10))}  ${machine}: ${doc}  ${paint.aside(groundsOf(one))}`.trimEnd();
}

function groundsOf({ outcome, noticed, error, states }: JudgedGeneric): string {
  switch (outcome) {
    case 'killed': {
      const [first] = noticed;
      if (first === undefined) return `the machine could not go on: ${error}`;
      const how =
        first.moves === undefined
          ? labelOf(first.verdict)
          : `${labelOf(first.verdict)} in ${amount(first.moves, 'move')}`;
      return `${shortName(first.property)} ${how}`;
    }
    case 'equivalent':
      return `the same ${amount(states, 'state')}, and the same moves between them`;
    case 'survived':
      return 'no property notices this';
    case 'undecided':
      return `not decided within ${amount(states, 'state')}`;
  }
}

const labelOf = (verdict: string): string => (verdict === 'neverWitnessed' ? 'never seen' : verdict);

/** Such as `killed 30 of 33 (91 %), 8 equivalent`; no newline at the end. @public */
export function renderGenericScore(judged: readonly JudgedGeneric[], paint: Paint = unpainted): string {
  const score = genericScoreOf(judged);
  const { killed, survived, equivalent, undecided } = score;
  const parts = [
    `killed ${killed} of ${killed + survived + undecided} (${percentOf(score)} %)`,
    ...(equivalent === 0 ? [] : [`${equivalent} equivalent`]),
    ...(undecided === 0 ? [] : [`${undecided} undecided`]),
  ];
  const tone = survived > 0 ? paint.bad : undecided > 0 ? paint.doubt : paint.good;
  return tone(parts.join(', '));
}

/** Rounded down, so that 100 % means all. @internal */
export const percentOf = ({ share }: GenericScore): number => Math.floor(share * 100);
