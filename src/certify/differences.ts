/**
 * What two certificates of one suite say differently, field by field, in words. Law: every field is compared; two certificates without
 * a difference are the same text but for their order.
 */
import { type Plain, show } from '../kernel/index.js';
import type { Certificate, Engine, Sources } from './certificate.js';

/** One field that is not what was certified. @public */
export interface Difference {
  /** Such as `configuration fifo, claim "all arrive"`. */
  readonly where: string;
  readonly field: string;
  /** Nothing: it is new. */
  readonly was?: Plain;
  /** Nothing: it is gone. */
  readonly is?: Plain;
}

/** In all that was found; sources and engine are told apart, by {@link changedSources} and {@link changedEngine}. @public */
export function differencesOf(certified: Certificate, now: Certificate): readonly Difference[] {
  const { sources: _, engine: __, ...was } = certified;
  const { sources: ___, engine: ____, ...is } = now;
  return compare([], was as unknown as Plain, is as unknown as Plain);
}

/** Sources with what became of them. @public */
export function changedSources({ files: was }: Sources, { files: is }: Sources): readonly string[] {
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((path) => {
    if (was[path] === is[path]) return [];
    return [`${path} ${was[path] === undefined ? 'is new' : is[path] === undefined ? 'is gone' : 'has changed'}`];
  });
}

/** What searches now and did not then. @public */
export function changedEngine(was: Engine, is: Engine): readonly string[] {
  const names = [...new Set([...Object.keys(was.packages), ...Object.keys(is.packages)])].sort();
  return [
    ...(was.version === is.version ? [] : [`churnproof was ${was.version}, is ${is.version}`]),
    ...(was.version !== is.version || was.hash === is.hash ? [] : ['the engine has changed within its version']),
    ...names
      .filter((name) => was.packages[name] !== is.packages[name])
      .map((name) => `${name} was ${was.packages[name] ?? 'not there'}, is ${is.packages[name] ?? 'not there'}`),
  ];
}

/** A difference in a line, such as `fifo: coverage.states was 212, is 213`. @public */
export function describeDifference({ where, field, was, is }: Difference): string {
  const at = `${where}${where === '' || field === '' ? '' : ': '}${field}`;
  if (was === undefined) return `${at} is new${isShort(is) ? `: ${told(is)}` : ''}`;
  if (is === undefined) return `${at} is gone${isShort(was) ? `, was ${told(was)}` : ''}`;
  return `${at} was ${told(was)}, is ${told(is)}`;
}

/** By what the entries of a list are known, where they are not known by their place. */
const keyed: { readonly [list: string]: { readonly by: string; readonly word: string } } = {
  configurations: { by: 'name', word: 'configuration' },
  claims: { by: 'property', word: 'claim' },
  machines: { by: 'machine', word: 'machine' },
  witnesses: { by: 'property', word: 'witness' },
  tried: { by: 'name', word: 'mutant' },
};

interface Step {
  /** Of an entry of a list that has names. */
  readonly word?: string;
  readonly name: string;
}

function compare(path: readonly Step[], was: Plain | undefined, is: Plain | undefined): readonly Difference[] {
  if (was === is) return [];
  if (isRecord(was) && isRecord(is))
    return keysOf(was, is).flatMap((name) => compare([...path, { name }], was[name], is[name]));
  if (Array.isArray(was) && Array.isArray(is)) {
    const list = keyed[path.at(-1)?.name ?? ''];
    if (list !== undefined) {
      const entries = path.filter(({ word }) => word !== undefined);
      const [before, after] = [named(was, list.by), named(is, list.by)];
      return keysOf(before, after).flatMap((name) =>
        compare([...entries, { word: list.word, name }], before[name], after[name]),
      );
    }
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
  }
  return [
    {
      ...placeOf(path),
      ...(was === undefined ? {} : { was }),
      ...(is === undefined ? {} : { is }),
    },
  ];
}

/** Entries by name; those of one name are told apart by how often it came before. */
function named(list: readonly Plain[], by: string): Readonly<Record<string, Plain>> {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    list.map((entry, at) => {
      const name = isRecord(entry) ? String(entry[by]) : String(at);
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return [times === 1 ? name : `${name} (${times})`, entry];
    }),
  );
}

function placeOf(path: readonly Step[]): Pick<Difference, 'where' | 'field'> {
  const where = path.filter(({ word }) => word !== undefined).map(({ word, name }) => `${word} ${quoted(name)}`);
  const field = path.filter(({ word }) => word === undefined).map(({ name }) => quoted(name));
  return { where: where.join(', '), field: field.join('.') };
}

const quoted = (name: string): string => (/^[\w./-]+$/.test(name) ? name : show(name));

const keysOf = (a: object, b: object): readonly string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const isRecord = (value: unknown): value is Readonly<Record<string, Plain>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isShort = (value: Plain | undefined): boolean => !isRecord(value) && told(value).length <= 80;

function told(value: Plain | undefined): string {
  if (typeof value === 'string' && /^[\w./-]+$/.test(value)) return value;
  if (Array.isArray(value) && value.length === 0) return 'none';
  if (Array.isArray(value)) return value.map((one) => told(one)).join('; ');
  return show(value);
}
