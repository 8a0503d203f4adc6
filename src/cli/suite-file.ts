/** A person's own claims file: an ES module whose default export is a suite, or a list of them, held against that shape. */
import { isAbsolute } from 'node:path';
import { ChurnproofError, messageOf, type Parameter, type Suite, show } from '../kernel/index.js';
import { loadModule } from './load-module.js';

/** Whether a word means a file and not a model. @internal */
export const isPath = (word: string): boolean =>
  isAbsolute(word) || /^\.{1,2}[\\/]/.test(word) || /\.[cm]?[jt]s$/.test(word);

/** @internal */
export async function loadSuites(path: string): Promise<readonly Suite[]> {
  const { default: exported } = await load(path);
  const suites: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (suites.length === 0) throw invalid(path, 'the list of suites is empty', 'at least one suite');
  suites.forEach((suite, at) => {
    checkSuite(suite, suites.length === 1 ? path : `${path}, suite ${at + 1}`);
  });
  return suites as readonly Suite[];
}

async function load(path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await loadModule(path);
  } catch (error) {
    throw new ChurnproofError('SUITE_INVALID', `cannot load the claims file: ${messageOf(error)}`, {
      where: path,
      expected: 'a module in JavaScript or TypeScript that can be imported',
      cause: error,
    });
  }
}

function checkSuite(suite: unknown, where: string): asserts suite is Suite {
  if (!isRecord(suite))
    throw invalid(
      where,
      `the default export is ${kindOf(suite)}`,
      'a suite: { model, parameters, configurations, ... }',
    );
  if (typeof suite.model !== 'string' || !/^[\w.-]+$/.test(suite.model))
    throw invalid(where, `model is ${show(suite.model)}`, 'a name of letters, digits, dots and dashes');
  if (typeof suite.summary !== 'string')
    throw invalid(where, `summary is ${kindOf(suite.summary)}`, 'one line of text');
  for (const part of ['system', 'claims'] as const)
    if (typeof suite[part] !== 'function')
      throw invalid(where, `${part} is ${kindOf(suite[part])}`, 'a function of the values');
  if (suite.chart !== undefined && typeof suite.chart !== 'function')
    throw invalid(where, `chart is ${kindOf(suite.chart)}`, 'a function of frames and values, or nothing');
  if (suite.family !== undefined && typeof suite.family !== 'string')
    throw invalid(where, `family is ${kindOf(suite.family)}`, 'a word, or nothing');
  for (const part of ['parameters', 'configurations'] as const)
    if (!isRecord(suite[part])) throw invalid(where, `${part} is ${kindOf(suite[part])}`, 'an object of named entries');
  for (const [name, parameter] of Object.entries(suite.parameters as Record<string, unknown>))
    if (!isParameter(parameter))
      throw invalid(
        where,
        `parameter ${name} is not one`,
        'a doc, and a type: integer, boolean or choice, with its default',
      );
  const configurations = Object.entries(suite.configurations as Record<string, unknown>);
  if (configurations.length === 0)
    throw invalid(where, 'there is no configuration', 'at least one, with its set of values');
  for (const [name, configuration] of configurations)
    if (!isRecord(configuration) || !isRecord(configuration.set) || typeof configuration.doc !== 'string')
      throw invalid(where, `configuration ${name} is not one`, '{ doc: "...", set: { name: value, ... } }');
}

function isParameter(value: unknown): value is Parameter {
  if (!isRecord(value) || typeof value.doc !== 'string') return false;
  switch (value.type) {
    case 'integer':
      return [value.default, value.min, value.max].every(Number.isSafeInteger);
    case 'boolean':
      return typeof value.default === 'boolean';
    case 'choice':
      return Array.isArray(value.options) && value.options.includes(value.default);
    default:
      return false;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null
    ? 'an object'
    : typeof value === 'function'
      ? 'a function'
      : show(value);
}

const invalid = (where: string, problem: string, expected: string): ChurnproofError =>
  new ChurnproofError('SUITE_INVALID', problem, { where, expected, hint: 'see the type Suite of churnproof' });
