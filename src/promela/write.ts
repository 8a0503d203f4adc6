/** The text of a Promela model: how to run it, the tape in pieces, the semantics, and one process that makes every choice. */
import type { PropertyKind, Verdict } from '../kernel/index.js';
import type { Choice } from './choices.js';
import { semantics } from './semantics.js';
import type { Tape } from './tape.js';

/** A claim that Spin judges. @internal */
export interface Judged {
  readonly name: string;
  readonly kind: PropertyKind;
  readonly expect: Verdict;
}

/** Numbers by name, for the semantics. @internal */
export type Defines = { readonly [name: string]: number };

interface Parts {
  readonly name: string;
  readonly states: number;
  readonly starts: readonly string[];
  readonly claims: readonly Judged[];
  readonly temporal: readonly string[];
  readonly legend: readonly string[];
  readonly choices: readonly Choice[];
  readonly cell: 'byte' | 'short' | 'int';
  readonly defines: Defines;
  readonly tape: Tape;
}

/** Spin takes pieces of C of at most 64 KB. */
const numbersAPiece = 4096;
const charactersAPiece = 30_000;

/** @internal */
export function write(parts: Parts): string {
  const { defines, tape, choices, starts, cell } = parts;
  return [
    header(parts),
    ...Object.entries(defines).map(([name, value]) => `#define ${name} ${value < 0 ? `(${value})` : value}`),
    `#define cell ${cell === 'byte' ? 'unsigned char' : cell}`,
    '',
    `${cell} v[W];`,
    ...pieces(tape),
    ...semantics.map((topic) => `c_code {${topic}}`),
    '',
    '#define FINE assert(c_expr { (fine)() })',
    '#define BEGIN(i) d_step { c_code { begin(i); }; FINE }',
    '#define TAKE(k) d_step { c_expr { (can)(k) } -> c_code { take(k); if (readtrail) tell(); }; FINE }',
    '',
    'active proctype system() {',
    '  if',
    ...starts.map((label, i) => `  :: BEGIN(${i}) /* ${comment(label)} */`),
    '  fi;',
    'end:',
    '  do',
    ...choices.map(({ doc }, k) => `  :: TAKE(${k}) /* ${comment(doc)} */`),
    ...(choices.length === 0 ? ['  :: false'] : []),
    '  od',
    '}',
    '',
  ].join('\n');
}

function header({ name, states, claims, temporal, legend }: Parts): string {
  return [
    `/* ${comment(name)}`,
    '',
    '   What each peer does alone is in tables; Spin puts the peers, the network, faults and churn together again.',
    '     spin -a model.pml && gcc -O2 -DSAFETY -DNOREDUCE -DBFS -o pan pan.c && ./pan',
    `   comes to ${states + 1} states, stored: the ${states} of the system, and the one in which nothing has begun.`,
    '     CLAIM=1 ./pan',
    '   judges one claim: an assertion is violated at the depth that is the number of moves of a shortest counterexample (of a',
    '   `sometimes`: of a shortest witness), or none is. `./pan -r` tells the moves.',
    '',
    ...claims.map(
      ({ kind, name: claim, expect }, i) => `   CLAIM=${i + 1}: ${kind}, expected ${expect}: ${comment(claim)}`,
    ),
    ...temporal.map((claim) => `   left out, since only cycles decide it: ${comment(claim)}`),
    '',
    ...legend.map((line) => `   ${comment(line)}`),
    '*/',
  ].join('\n');
}

function pieces({ numbers, parts, texts }: Tape): readonly string[] {
  const made: string[] = [];
  const lengths: number[] = [];
  for (const [i, { doc, from }] of parts.entries()) {
    const end = parts[i + 1]?.from ?? numbers.length;
    for (let at = from; at < end; at += numbersAPiece) {
      const piece = numbers.slice(at, Math.min(end, at + numbersAPiece));
      made.push(
        `/* ${comment(doc)} */`,
        `c_code { static const int tape_${lengths.length}[] = {`,
        wrapped(piece),
        '}; }',
      );
      lengths.push(piece.length);
    }
  }
  const strings = textPieces(texts);
  const load = [
    'c_code {',
    `static const int *const tapes[] = { ${lengths.map((_, i) => `tape_${i}`).join(', ')} };`,
    `static const int lengths[] = { ${lengths.join(', ')} };`,
    `static const int tape_count = ${lengths.length}, tape_length = ${numbers.length};`,
    '}',
  ];
  return [...made, ...load, ...strings];
}

function textPieces(texts: readonly string[]): readonly string[] {
  const groups: string[][] = [[]];
  let length = 0;
  for (const text of texts.map(literal)) {
    if (length + text.length > charactersAPiece) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(text);
    length += text.length;
  }
  let first = 0;
  const firsts = groups.map((group) => {
    const at = first;
    first += group.length;
    return at;
  });
  return [
    ...groups.map(
      (group, i) =>
        `c_code { static const char *const texts_${i}[] = {\n${group.join(',\n')}${group.length === 0 ? '""' : ''}\n}; }`,
    ),
    [
      'c_code {',
      `static const char *text(int i) {`,
      ...firsts.map((at, i) => `  if (i < ${at + (groups[i] as string[]).length}) return texts_${i}[i - ${at}];`),
      '  return "";',
      '}',
      '}',
    ].join('\n'),
  ];
}

function wrapped(numbers: readonly number[]): string {
  const lines: string[] = [];
  for (let i = 0; i < numbers.length; i += 24) lines.push(`${numbers.slice(i, i + 24).join(',')},`);
  return lines.join('\n');
}

const comment = (text: string): string => text.replaceAll('*/', '* /').replace(/[^\x20-\x7e]/g, '?');

/** A string of C. Braces would be counted by Spin, and it knows no characters but those of ASCII. */
const literal = (text: string): string => {
  const bytes = new TextEncoder().encode(text);
  const escaped = Array.from(bytes, (byte) => {
    const plain = byte >= 0x20 && byte < 0x7f && !`"\\{}?#`.includes(String.fromCharCode(byte));
    return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${escaped.join('')}"`;
};
