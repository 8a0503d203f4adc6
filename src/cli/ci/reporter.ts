/** How a person names a reporter, and the file that it writes. */
import { InvalidArgumentError } from 'commander';

const files = {
  json: 'churnproof-report.json',
  junit: 'churnproof-junit.xml',
  sarif: 'churnproof.sarif',
  markdown: 'churnproof-summary.md',
  blob: 'churnproof-blob.json',
  github: '',
} as const;

/** @internal */
export interface Reporter {
  readonly name: keyof typeof files;
  readonly file: string;
}

/** `name` or `name=file`, once or more. @internal */
export function reporter(text: string, before: readonly Reporter[] = []): readonly Reporter[] {
  const [name = '', ...rest] = text.split('=');
  if (!Object.hasOwn(files, name))
    throw new InvalidArgumentError(`It must be one of ${Object.keys(files).join(', ')}.`);
  const known = name as Reporter['name'];
  const file = rest.join('=');
  if (known === 'github' && file !== '') throw new InvalidArgumentError('github writes no file of its own.');
  return [...before, { name: known, file: file === '' ? files[known] : file }];
}
