/**
 * A machine's definition as data that can be edited: a copy in which every transition is an object in a list, with the places
 * where something can be changed. Functions are shared, everything else is copied.
 */

/** A node of the definition, in the copy. @internal */
export type StateConfig = {
  states?: Record<string, StateConfig>;
  on?: Record<string, TransitionConfig[] | undefined>;
  after?: Record<string, TransitionConfig[]>;
  always?: TransitionConfig[];
  onDone?: TransitionConfig[];
  entry?: unknown[];
  exit?: unknown[];
  [other: string]: unknown;
};

/** @internal */
export type TransitionConfig = { target?: unknown; guard?: unknown; actions?: unknown[]; [other: string]: unknown };

/** One state of the definition and where it is. @internal */
export interface Place {
  /** Names from the root down; empty for the root. */
  readonly path: readonly string[];
  readonly state: StateConfig;
  /** The states beside it, itself included. */
  readonly siblings: readonly string[];
}

/** A list of transitions that are tried in turn, and what a person calls it, such as `on ack` or `after retry`. @internal */
export interface Row {
  readonly place: Place;
  readonly label: string;
  readonly transitions: TransitionConfig[];
}

/** A list of actions, and what a person calls where it stands. @internal */
export interface ActionList {
  readonly label: string;
  readonly actions: unknown[];
}

/** The copy, every transition an object and every list a list. @internal */
export function editable(config: object): StateConfig {
  const copy = copyOf(config) as StateConfig;
  for (const { state } of placesIn(copy)) {
    for (const events of [state.on, state.after]) {
      for (const [event, given] of Object.entries(events ?? {})) {
        if (given !== undefined) (events as Record<string, unknown>)[event] = transitionsOf(given);
      }
    }
    if (state.always !== undefined) state.always = transitionsOf(state.always);
    if (state.onDone !== undefined) state.onDone = transitionsOf(state.onDone);
    if (state.entry !== undefined) state.entry = listOf(state.entry);
    if (state.exit !== undefined) state.exit = listOf(state.exit);
  }
  return copy;
}

/** Every state, in the order in which they are written. @internal */
export function placesIn(root: StateConfig): readonly Place[] {
  const below = (state: StateConfig, path: readonly string[], siblings: readonly string[]): readonly Place[] => [
    { path, state, siblings },
    ...Object.entries(state.states ?? {}).flatMap(([name, child]) =>
      below(child, [...path, name], Object.keys(state.states ?? {})),
    ),
  ];
  return below(root, [], []);
}

/** Every list of transitions. @internal */
export const rowsIn = (root: StateConfig): readonly Row[] =>
  placesIn(root).flatMap((place) => {
    const { state, path } = place;
    const at = path.length === 0 ? '' : `${path.join('.')}, `;
    const rows = (kind: string, events: Record<string, TransitionConfig[] | undefined> = {}): readonly Row[] =>
      Object.entries(events).flatMap(([event, transitions]) =>
        transitions === undefined ? [] : [{ place, label: `${at}${kind} ${event}`, transitions }],
      );
    return [
      ...rows('on', state.on),
      ...rows('after', state.after),
      ...(state.always === undefined ? [] : [{ place, label: `${at}always`, transitions: state.always }]),
      ...(state.onDone === undefined ? [] : [{ place, label: `${at}onDone`, transitions: state.onDone }]),
    ];
  });

/** Every list of actions. @internal */
export const actionListsIn = (root: StateConfig): readonly ActionList[] => [
  ...placesIn(root).flatMap(({ state, path }) => {
    const at = path.join('.') || 'root';
    return [
      ...(state.entry === undefined ? [] : [{ label: `${at}, entry`, actions: state.entry }]),
      ...(state.exit === undefined ? [] : [{ label: `${at}, exit`, actions: state.exit }]),
    ];
  }),
  ...rowsIn(root).flatMap((row) =>
    row.transitions.flatMap((transition, i) =>
      transition.actions === undefined ? [] : [{ label: labelOf(row, i), actions: transition.actions }],
    ),
  ),
];

/** `on ack`, or `on ack (2nd)` where several are tried in turn. @internal */
export const labelOf = ({ label, transitions }: Row, at: number): string =>
  transitions.length === 1 ? label : `${label} (${at + 1} of ${transitions.length})`;

function transitionsOf(given: unknown): TransitionConfig[] {
  return listOf(given).map((one) => {
    if (typeof one === 'string') return { target: one };
    const { actions, ...rest } = one as TransitionConfig;
    return actions === undefined ? rest : { ...rest, actions: listOf(actions) };
  });
}

const listOf = (given: unknown): unknown[] => (Array.isArray(given) ? given : [given]);

/** Plain objects and lists anew, anything else as it is. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}
