/** What TypeScript, as strict as it can be, says of a file in a project that has the package installed, and of the package itself. */
import { realpathSync } from 'node:fs';
import ts from 'typescript';

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  types: ['node'],
  skipLibCheck: false,
};

/** Declarations of packages, which stay as they are, are read once. */
const packaged = new Map<string, ts.SourceFile | undefined>();

/** @returns a line for each complaint about the file, what it imports from its folder, or the package */
export function complaintsOf(project: string, file: string): readonly string[] {
  const folder = realpathSync(project);
  const host = ts.createCompilerHost(options);
  host.getCurrentDirectory = () => folder;
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    if (!/\/node_modules\//.test(name)) return read(name, version);
    if (!packaged.has(name)) packaged.set(name, read(name, version));
    return packaged.get(name);
  };
  const program = ts.createProgram([`${folder}/${file}`], options, host);
  // Declarations of other packages are not ours to mend, and most of the work.
  const ours = program.getSourceFiles().filter(({ fileName }) => {
    const path = fileName.startsWith(`${folder}/`) ? fileName.slice(folder.length + 1) : undefined;
    return path !== undefined && /^(?!node_modules\/)|^node_modules\/churnproof\//.test(path);
  });
  if (ours.length < 10) throw new Error('the declarations of the package are not among what is looked at');
  const said = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...ours.flatMap((one) => [...program.getSyntacticDiagnostics(one), ...program.getSemanticDiagnostics(one)]),
  ];
  return said.map(({ file: where, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    return `${where?.fileName.slice(folder.length + 1) ?? ''}: ${text}`;
  });
}
