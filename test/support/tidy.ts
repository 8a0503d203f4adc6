/** The house rules: what no file may hold, which rooms may touch time, chance and the process, and how a file begins. */
import ts from 'typescript';
import { lineOf, parse, type SourceText, walk } from './source.js';

/** A file of src longer than this holds more than one idea. */
export const maxLines = 400;

/** Where time, chance and the process are allowed; everywhere else a seed or a clock is an argument. */
const worldly = [
  'src/cli/',
  'src/vitest/',
  'web/',
  'bench/',
  'bin/',
  'scripts/',
  'test/',
  'examples/',
  'conform/',
  'services/',
];

const rooms = ['src/', 'models/', 'properties/', 'web/'];

const startsWithAny = (path: string, folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

/** Globals whose members are all refused, and single members that are. `undefined`: every member. */
const impure: Readonly<Record<string, readonly string[] | undefined>> = {
  Math: ['random'],
  Date: ['now'],
  crypto: ['getRandomValues', 'randomUUID'],
  performance: undefined,
  process: undefined,
};

function impurity(node: ts.Node): string | undefined {
  if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && ts.isIdentifier(node.expression))
    return node.expression.text === 'Date' ? 'Date' : undefined;
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  // `globalThis.process.env`: the owner is the last name before the member.
  const base = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  const owner = ts.isIdentifier(base) && isGlobal(node.expression) ? base.text : undefined;
  if (owner === undefined || !Object.hasOwn(impure, owner)) return undefined;
  const member = ts.isPropertyAccessExpression(node)
    ? node.name.text
    : ts.isStringLiteralLike(node.argumentExpression)
      ? node.argumentExpression.text
      : '?';
  const refused = impure[owner];
  return refused === undefined || refused.includes(member) || member === '?' ? `${owner}.${member}` : undefined;
}

const isGlobal = (node: ts.Expression): boolean =>
  ts.isIdentifier(node) ||
  (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'globalThis');

/** The doc comment a file begins with, as one line of prose; undefined when it begins with something else. */
function firstComment(text: string): string | undefined {
  const match = /^(?:#!.*\n)?\/\*\*([\s\S]*?)\*\//.exec(text);
  return match?.[1]
    ?.split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join(' ')
    .trim();
}

/** Whether the comment opens with a sentence: at least three words, closed by a stop, no tag. */
const opensWithSentence = (comment: string): boolean => {
  const sentence = /^([^@].*?[.?])(?:\s|$)/.exec(comment)?.[1];
  return sentence !== undefined && sentence.split(/\s+/).length >= 3;
};

/** One complaint a line, each with its file, its line where there is one, and what to do instead. */
export function untidy(file: SourceText): readonly string[] {
  const found: string[] = [];
  const { path, text } = file;
  const inRoom = startsWithAny(path, rooms);
  const pure = !startsWithAny(path, worldly);
  walk(parse(file), (node) => {
    const what = pure ? impurity(node) : undefined;
    if (what !== undefined)
      found.push(`${path}:${lineOf(node)} uses ${what}: time, chance and the process are arguments here, not globals`);
    if (ts.isPropertyAccessExpression(node) && node.name.text === 'only' && isTestWord(node.expression))
      found.push(`${path}:${lineOf(node)} has .only: the other tests would not run`);
  });
  // Written so that this file does not hold the words it looks for.
  const unfinished = /\b(TO(?:DO)|FIX(?:ME))\b/;
  text.split('\n').forEach((line, at) => {
    const word = unfinished.exec(line)?.[1];
    if (word !== undefined) found.push(`${path}:${at + 1} has ${word}: finish it, or write an issue`);
  });
  if (inRoom) {
    const comment = firstComment(text);
    if (comment === undefined || !opensWithSentence(comment))
      found.push(`${path} must start with a /** comment whose first sentence says what the file decides`);
  }
  const lines = text.replace(/\n$/, '').split('\n').length;
  if (path.startsWith('src/') && lines > maxLines)
    found.push(`${path} has ${lines} lines, the most is ${maxLines}: it holds more than one idea`);
  return found;
}

/** test.only, it.skip.only, describe.only: what stands left of `.only` starts with one of Vitest's words. */
function isTestWord(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return isTestWord(node.expression);
  return ts.isIdentifier(node) && ['test', 'it', 'describe', 'suite', 'bench'].includes(node.text);
}
