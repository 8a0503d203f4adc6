/** Trace files of every shape: what fast-check draws from for the laws of reading and writing. */
import fc from 'fast-check';
import type { Args, Critical, Message, Move, Plain, PropertyKind } from '../../src/kernel/index.js';
import type { TraceFile } from '../../src/trace/index.js';

const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((text) => text !== '__proto__');

const field = fc.oneof(name, fc.constantFrom('$plain', '$$plain', 'constructor', 'toString', 'type'));

const plain: fc.Arbitrary<Plain> = fc.letrec<{ plain: Plain }>((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(
      fc.constantFrom(undefined, null, true, false, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
      fc.integer(),
      fc.double().map((value) => (value === 0 ? 0 : value)),
      fc.bigInt(),
      fc.string(),
    ),
    fc.array(tie('plain'), { maxLength: 3 }),
    fc.dictionary(field, tie('plain'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).plain;

const args = fc.dictionary(field, plain, { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<Args>;
const message: fc.Arbitrary<Message> = fc.tuple(args, name).map(([fields, type]) => ({ ...fields, type }));

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constantFrom('deliver', 'lose', 'duplicate'), from: name, to: name, message }),
  fc.record({ kind: fc.constant('timeout' as const), peer: name, timer: fc.string() }),
  fc.record({ kind: fc.constant('operation' as const), peer: name, operation: name, args, event: message }),
  fc.record({ kind: fc.constant('join' as const), peer: name, args, event: fc.option(message) }),
  fc.record({ kind: fc.constantFrom('leave', 'crash', 'restart'), peer: name }),
  fc.record({ kind: fc.constant('partition' as const), side: fc.array(name, { maxLength: 3 }) }),
  fc.constant({ kind: 'heal' as const }),
);

const minimal = fc.oneof(
  fc.record({ proved: fc.constant(false as const), why: fc.string() }, { noNullPrototype: true }),
  fc.record(
    {
      proved: fc.constant(true as const),
      scope: fc.constantFrom('system' as const, 'subspace' as const),
      states: fc.nat(),
      among: fc.string(),
    },
    { requiredKeys: ['proved', 'scope', 'states'], noNullPrototype: true },
  ),
);

const momentary: readonly PropertyKind[] = ['always', 'sometimes', 'whenQuiet', 'alwaysStep'];
const kinds: readonly PropertyKind[] = [
  ...momentary,
  'eventually',
  'alwaysEventually',
  'stable',
  'leadsTo',
  'recoverable',
];

const critical = fc.record(
  {
    kind: fc.constantFrom('lost' as const, 'open' as const),
    step: fc.nat(),
    instead: fc.record({ move: move.map((taken) => ({ ...taken })), distance: fc.nat() }, { noNullPrototype: true }),
  },
  { requiredKeys: ['kind', 'step'], noNullPrototype: true },
);

interface Temporal {
  readonly loop: number;
  readonly critical?: Critical;
  readonly dead?: number;
}

/** Any trace file that can be written. */
export const traceFiles: fc.Arbitrary<TraceFile> = fc
  .record(
    {
      kind: fc.constantFrom(...kinds),
      steps: fc.array(fc.tuple(fc.nat(), move), { maxLength: 8 }),
      names: fc.tuple(name, name, name, name),
      values: fc.dictionary(name, fc.oneof(fc.integer(), fc.boolean(), fc.string()), { noNullPrototype: true }),
      start: fc.nat(),
      minimal,
      loop: fc.nat(8),
      critical,
      dead: fc.integer({ min: 1 }),
    },
    { requiredKeys: ['kind', 'steps', 'names', 'values', 'start', 'loop'] },
  )
  .map(({ kind, steps, names: [engine, model, configuration, property], values, start, minimal, ...temporal }) => ({
    schemaVersion: 1,
    tool: 'churnproof',
    engine,
    model,
    configuration,
    values,
    property,
    kind,
    verdict: kind === 'sometimes' ? 'witnessed' : 'violated',
    start,
    choices: steps.map(([choice]) => choice),
    // fast-check's records have no prototype.
    moves: steps.map(([, taken]) => ({ ...taken })),
    ...(minimal === undefined ? {} : { minimal }),
    ...ofKind(kind, steps.length, temporal),
  }));

/** What only some kinds of property have. */
function ofKind(kind: PropertyKind, moves: number, { loop, critical, dead }: Temporal) {
  if (momentary.includes(kind)) return {};
  const least = critical?.kind === 'open' ? 1 : 0;
  return {
    ...(kind === 'recoverable' ? {} : { loop: loop % (moves + 1) }),
    ...(critical === undefined ? {} : { critical: { ...critical, step: least + (critical.step % (moves + 1)) } }),
    ...(kind === 'recoverable' && dead !== undefined ? { dead } : {}),
  };
}
