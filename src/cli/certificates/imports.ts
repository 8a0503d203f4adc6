/**
 * What a module of ours imports, read from its text: paths and packages, types included. Law: the same as TypeScript sees in it, for
 * every source of this package; a test holds it to that.
 */

/** A statement at the beginning of a line, as the house style has them. */
const statement = /^(?:import|export)\s+(?:[\w$*{},\s]+\sfrom\s+)?(['"])([^'"\n]+)\1/gm;

/** In the order written. @internal */
export const importsIn = (text: string): readonly string[] =>
  [...text.matchAll(statement)].map(([, , name]) => name as string);

/** The name of the package that an import means; nothing for a path, and for a module of Node. @internal */
export function packageIn(name: string): string | undefined {
  if (/^(?:\.|node:|#)/.test(name)) return undefined;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
