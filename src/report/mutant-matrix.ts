/** The matrix of mutants and claims: which claim kills which mutant, in how many moves, and which kill none. */
import { type FallsAfter, type JudgedMutant, type Killer, killersOf, shortName } from './mutants.js';
import type { MutantTextOptions } from './mutants-text.js';
import { type Paint, unpainted } from './paint.js';
import { amount } from './words.js';

/** The matrix of one model's mutants, with what its numbers mean; no newline at the end, nothing where nothing fell. @public */
export function renderMatrix(
  judged: readonly JudgedMutant[],
  { paint = unpainted, complete = false }: MutantTextOptions = {},
): string {
  const killers = killersOf(judged);
  const columns = killers.filter(({ kills }) => kills.length > 0);
  const rows = judged.map((one) => columns.map(({ property }) => cellOf(one, property)));
  const widths = columns.map((_, at) =>
    Math.max(String(at + 1).length, ...rows.map((row) => row[at]?.text.length ?? 0)),
  );
  const nameWidth = Math.max(0, ...judged.map(({ mutant }) => mutant.name.length));
  const line = (name: string, cells: readonly Cell[]): string => {
    const padded = cells.map(({ text, tone }, at) => tone(paint)(text.padStart(widths[at] as number)));
    return `  ${[name.padEnd(nameWidth), ...padded].join('  ')}`;
  };
  const heads = columns.map((_, at): Cell => ({ text: String(at + 1), tone: ({ title }) => title }));
  const used = new Set(rows.flat().map(({ text }) => meaningOf(text)));
  const matrix = [
    line('', heads),
    ...rows.map((row, at) => line(judged[at]?.mutant.name ?? '', row)),
    `  ${paint.aside(meanings.filter((meaning) => used.has(meaning)).join('; '))}`,
    ...columns.map((killer, at) => legend(killer, at, columns, paint)),
  ];
  const unused = complete ? idle(killers, judged) : [];
  return [...(columns.length === 0 ? [] : matrix), ...unused.map((text) => `  ${paint.doubt(text)}`)].join('\n');
}

interface Cell {
  readonly text: string;
  readonly tone: (paint: Paint) => (text: string) => string;
}

function cellOf({ claims, falls, open }: JudgedMutant, property: string): Cell {
  const isClaimed = claims.some((claim) => shortName(claim.property.name) === property);
  if (!isClaimed) return { text: '', tone: ({ aside }) => aside };
  const fall = falls.find((one) => shortName(one.property) === property);
  if (fall === undefined) {
    const isOpen = open.some((name) => shortName(name) === property);
    return isOpen ? { text: '?', tone: ({ doubt }) => doubt } : { text: '.', tone: ({ aside }) => aside };
  }
  const moves = movesText(fall.moves);
  return {
    text: fall.own ? moves : `(${moves})`,
    tone: ({ good, aside }) => (fall.recorded ? good : fall.own ? (text) => text : aside),
  };
}

const movesText = (moves: FallsAfter): string => (moves === 'never' ? 'x' : String(moves));

const meanings = [
  'n: it falls after n moves',
  'x: never seen',
  '(n): its right sibling breaks it as soon',
  '?: not decided',
  '.: as it should be',
] as const;

function meaningOf(text: string): (typeof meanings)[number] | undefined {
  if (text === '') return undefined;
  if (text === '?') return meanings[3];
  if (text === '.') return meanings[4];
  if (text.startsWith('(')) return meanings[2];
  return text === 'x' ? meanings[1] : meanings[0];
}

/** What a column is called, how many mutants it kills, and which of them nothing else would. */
function legend({ property, kills, alone }: Killer, at: number, columns: readonly Killer[], paint: Paint): string {
  const width = Math.max(...columns.map((column) => column.property.length));
  const told = `kills ${kills.length}, ${alone.length === 0 ? 'none' : alone.join(', ')} alone`;
  return `  ${String(at + 1).padStart(String(columns.length).length)}  ${property.padEnd(width)}  ${paint.aside(told)}`;
}

/** Claims that could be left out and nobody would notice, for all that was decided. */
function idle(killers: readonly Killer[], judged: readonly JudgedMutant[]): readonly string[] {
  const isWitness = ({ kind }: Killer) => kind === 'sometimes';
  const all = killers.filter(({ kills }) => kills.length === 0);
  const open = new Set(judged.flatMap((one) => one.open.map(shortName)));
  const claims = all
    .filter((one) => !isWitness(one))
    .map(({ property }) => `${property}${open.has(property) ? ' (as far as decided)' : ''}`);
  const witnesses = all.filter(isWitness).length;
  return [
    ...(claims.length === 0 ? [] : [`kill no mutant: ${claims.join(', ')}`]),
    ...(witnesses === 0
      ? []
      : [`kill no mutant: ${witnesses} of ${amount(killers.filter(isWitness).length, 'witness', 'witnesses')}`]),
  ];
}
