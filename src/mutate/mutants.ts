/**
 * Generic mutants: every small edit of a machine's definition that a slip could make (DeMillo, Lipton and Sayward, "Hints on
 * test data selection", 1978; for statecharts Fabbri, Maldonado, Sugeta and Masiero, 1999). A guard is dropped or turned round, a
 * transition lost or sent elsewhere, an action or a message lost, a message doubled, a timer never started. Order is contract:
 * as the definition is written, and the operators in the order of this file.
 */
import { type AnyStateMachine, createMachine, not } from 'xstate';
import { isEmit, isQueue, nameOf, sendingTimes } from './actions.js';
import {
  actionListsIn,
  editable,
  labelOf,
  type Place,
  rowsIn,
  type StateConfig,
  type TransitionConfig,
} from './config.js';

/** The kinds of small edit. @public */
export type Operator =
  | 'guard dropped'
  | 'guard negated'
  | 'transition lost'
  | 'target changed'
  | 'action lost'
  | 'message lost'
  | 'message doubled'
  | 'timer dropped';

/** A machine with one small edit. @public */
export interface GenericMutant {
  readonly operator: Operator;
  /** What was done where, for a person. */
  readonly doc: string;
  readonly machine: AnyStateMachine;
}

/** One edit of a fresh copy of the definition. */
interface Edit extends Omit<GenericMutant, 'machine'> {
  apply(root: StateConfig): void;
  /** An action that it needs beside those of the machine. */
  readonly adds?: { readonly [name: string]: unknown };
}

/** Every small edit of a machine. @public */
export function genericMutants(machine: AnyStateMachine): readonly GenericMutant[] {
  const root = editable(machine.config);
  return [...guardEdits(root), ...transitionEdits(root), ...actionEdits(root, machine), ...timerEdits(root)].map(
    ({ operator, doc, apply, adds }) => {
      const config = editable(machine.config);
      apply(config);
      const { implementations } = machine;
      const provided = { ...implementations, actions: { ...implementations.actions, ...adds } };
      return { operator, doc, machine: createMachine(config as object).provide(provided as object) };
    },
  );
}

/** `guard isFresh`, or `guard` where it has no name. */
const named = (what: string, one: unknown): string => `${what} ${nameOf(one)}`.trimEnd();

/** Where a transition is, in any copy. */
const transitionAt = (root: StateConfig, row: number, at: number): TransitionConfig =>
  rowsIn(root)[row]?.transitions[at] as TransitionConfig;

const eachTransition = <T>(
  root: StateConfig,
  make: (
    transition: TransitionConfig,
    label: string,
    find: (copy: StateConfig) => TransitionConfig,
    place: Place,
  ) => readonly T[],
): readonly T[] =>
  rowsIn(root).flatMap((row, r) =>
    row.transitions.flatMap((transition, t) =>
      make(transition, labelOf(row, t), (copy) => transitionAt(copy, r, t), row.place),
    ),
  );

const guardEdits = (root: StateConfig): readonly Edit[] =>
  eachTransition(root, ({ guard }, label, find): readonly Edit[] => {
    if (guard === undefined) return [];
    return [
      {
        operator: 'guard dropped',
        doc: `${label}: ${named('guard', guard)} dropped`,
        apply: (copy) => void delete find(copy).guard,
      },
      {
        operator: 'guard negated',
        doc: `${label}: ${named('guard', guard)} negated`,
        apply: (copy) => {
          find(copy).guard = not(guard as never);
        },
      },
    ];
  });

function transitionEdits(root: StateConfig): readonly Edit[] {
  const lost = rowsIn(root).flatMap((row, r) =>
    row.transitions.map(
      (_, t): Edit => ({
        operator: 'transition lost',
        doc: `${labelOf(row, t)}: transition lost`,
        apply: (copy) => void rowsIn(copy)[r]?.transitions.splice(t, 1),
      }),
    ),
  );
  const moved = eachTransition(root, ({ target }, label, find, place): readonly Edit[] =>
    targetsInstead(target, place).map((instead) => ({
      operator: 'target changed',
      doc: `${label}: target ${String(target)} ${instead === undefined ? 'dropped' : `changed to ${instead}`}`,
      apply: (copy) => {
        if (instead === undefined) delete find(copy).target;
        else find(copy).target = instead;
      },
    })),
  );
  return [...lost, ...moved];
}

/** None, and the next of the states beside it; nothing for a target that is not beside. */
function targetsInstead(target: unknown, { state, siblings }: Place): readonly (string | undefined)[] {
  if (typeof target !== 'string') return [];
  const isBelow = target.startsWith('.');
  const beside = isBelow ? Object.keys(state.states ?? {}) : siblings;
  const at = beside.indexOf(isBelow ? target.slice(1) : target);
  const next = beside[(at + 1) % beside.length];
  if (at < 0 || next === undefined || beside.length < 2) return [undefined];
  return [undefined, isBelow ? `.${next}` : next];
}

const actionEdits = (root: StateConfig, machine: AnyStateMachine): readonly Edit[] =>
  actionListsIn(root).flatMap(({ label, actions }, l) =>
    actions.flatMap((action, a): readonly Edit[] => {
      const called = nameOf(action);
      const list = (copy: StateConfig) => actionListsIn(copy)[l]?.actions as unknown[];
      const edit = (operator: Operator, what: string, apply: (actions: unknown[]) => void): Edit => ({
        operator,
        doc: `${label}: ${what}`,
        apply: (copy) => apply(list(copy)),
      });
      const lost = (operator: Operator, what: string) => edit(operator, what, (actions) => actions.splice(a, 1));
      if (isEmit(machine, action)) {
        return [
          lost('message lost', `message of ${called} lost`),
          edit('message doubled', `message of ${called} doubled`, (actions) => actions.splice(a, 0, action)),
        ];
      }
      if (!isQueue(machine, action)) return [lost('action lost', `${named('action', action)} lost`)];
      const sending = (operator: Operator, what: 'lost' | 'doubled', times: 0 | 2): Edit => {
        const name = `${called}, messages ${what}`;
        const instead = typeof action === 'object' && action !== null ? { ...action, type: name } : name;
        return {
          ...edit(operator, `messages of ${called} ${what}`, (copy) => {
            copy[a] = instead;
          }),
          adds: { [name]: sendingTimes(machine, action, times) },
        };
      };
      return [
        lost('action lost', `${named('action', action)} lost`),
        sending('message lost', 'lost', 0),
        sending('message doubled', 'doubled', 2),
      ];
    }),
  );

const timerEdits = (root: StateConfig): readonly Edit[] =>
  rowsIn(root).flatMap((row, r): readonly Edit[] => {
    const timer = /(^|, )after (.*)$/.exec(row.label)?.[2];
    if (timer === undefined) return [];
    return [
      {
        operator: 'timer dropped',
        doc: `${row.label}: timer dropped`,
        apply: (copy) => void delete rowsIn(copy)[r]?.place.state.after?.[timer],
      },
    ];
  });
