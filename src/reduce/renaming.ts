/** A renaming: peers' names changed in plain data. A sorted list of names stays sorted: it is a set, written down in one way. */

/** @internal */
export type Rename = <T>(data: T) => T;

/** @internal */
export function renaming(names: ReadonlyMap<string, string>): Rename {
  const rename = (data: unknown): unknown => {
    if (typeof data === 'string') return names.get(data) ?? data;
    if (typeof data !== 'object' || data === null) return data;
    if (Array.isArray(data)) {
      const renamed = data.map(rename);
      return isSorted(data) ? (renamed as string[]).sort() : renamed;
    }
    return Object.fromEntries(Object.entries(data).map(([key, part]) => [names.get(key) ?? key, rename(part)]));
  };
  return rename as Rename;
}

const isSorted = (list: readonly unknown[]): boolean =>
  list.every((part, i) => typeof part === 'string' && (i === 0 || (list[i - 1] as string) <= part));
