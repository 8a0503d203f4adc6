/** What the house tests see of the project: its source files as text, and what each one imports, read by TypeScript. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One source file; `path` is relative to the project, with forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** The folder that holds package.json. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Every .ts, .tsx and .js file under the given top-level folders, in a fixed order; a folder that is missing has none. */
export function readSources(folders: readonly string[], root: string = projectRoot): readonly SourceText[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((entry) =>
        `${folder}/${entry}`.replaceAll('\\', '/'),
      ),
    )
    .filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !path.includes('/node_modules/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The syntax tree of a file, with parents. */
export function parse(file: SourceText): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ESNext, true);
}

/** Calls `look` with every node of the tree, parents first. */
export function walk(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => walk(child, look));
}

/** The line of a node, counted from 1. */
export function lineOf(node: ts.Node): number {
  const source = node.getSourceFile();
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/**
 * Every module the file names, in the order written: values, types, re-exports, `import('...')` in code and in types,
 * `require`, `declare module`. `undefined` is a dynamic import whose path is not a plain string.
 */
export function importsOf(file: SourceText): readonly (string | undefined)[] {
  const source = parse(file);
  const found: (string | undefined)[] = source.referencedFiles.map((reference) => `./${reference.fileName}`);
  const add = (name: ts.Node | undefined) =>
    found.push(name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined);
  walk(source, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) add(node.name);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const dynamic = expression.kind === ts.SyntaxKind.ImportKeyword;
      if (dynamic || (ts.isIdentifier(expression) && expression.text === 'require')) add(node.arguments[0]);
    }
  });
  return found;
}
