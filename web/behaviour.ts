/** What the page asks of a playback: the state after so many moves, what changed there, which moves are worth a jump. */
import type { Envelope, Lane, Move } from '../src/kernel/index.js';
import type { Playback, Shown, ShownLocal } from '../src/report/index.js';

/** A field of a peer in one state, beside what it was. */
export interface Field {
  readonly name: string;
  readonly value: Shown;
  readonly before: Shown | undefined;
  readonly changed: boolean;
}

export const lastStep = ({ steps }: Playback): number => steps.length;

export const moveAt = ({ steps }: Playback, step: number): Move | undefined => steps[step - 1]?.move;

export const localAt = ({ frames, locals }: Playback, step: number, peer: number): ShownLocal =>
  locals[frames[step]?.peers[peer] as number] as ShownLocal;

/** Whether the last move changed anything of the peer. */
export const isChanged = ({ frames }: Playback, step: number, peer: number): boolean =>
  step > 0 && frames[step]?.peers[peer] !== frames[step - 1]?.peers[peer];

/** Names of the peer's fields that ever change, in the order in which they come. */
export function varyingFields({ frames, locals }: Playback, peer: number): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const varying = new Set<string>();
  for (const local of new Set(frames.map(({ peers }) => peers[peer] as number)))
    for (const [name, value] of Object.entries(locals[local]?.fields ?? {})) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, value);
      else if (first !== value) varying.add(name);
    }
  return varying;
}

export function fieldsAt(playback: Playback, step: number, peer: number): readonly Field[] {
  const now = localAt(playback, step, peer);
  const was = step > 0 ? localAt(playback, step - 1, peer) : now;
  return Object.entries(now.fields).map(([name, value]) => {
    const before = was.fields[name];
    return {
      name,
      value: playback.values[value] as Shown,
      before: before === undefined ? undefined : playback.values[before],
      changed: before !== value,
    };
  });
}

export const onTheWay = ({ frames, envelopes }: Playback, step: number): readonly Envelope[] =>
  (frames[step]?.inFlight ?? []).map((number) => envelopes[number] as Envelope);

/** Who does the move: whoever hears, is asked, comes or goes. */
export function doerOf(move: Move | undefined): string | undefined {
  if (move === undefined) return undefined;
  switch (move.kind) {
    case 'deliver':
      return move.to;
    case 'lose':
    case 'duplicate':
      return move.from;
    case 'partition':
    case 'heal':
      return undefined;
    case 'timeout':
    case 'operation':
    case 'join':
    case 'leave':
    case 'crash':
    case 'restart':
      return move.peer;
  }
}

/** The type of the event that the doer's machine hears in a move; a timer by its name. */
export function heardIn(
  move: Move | undefined,
): { readonly kind: 'event' | 'timer'; readonly name: string } | undefined {
  switch (move?.kind) {
    case 'deliver':
      return { kind: 'event', name: move.message.type };
    case 'timeout':
      return { kind: 'timer', name: move.timer };
    case 'operation':
      return { kind: 'event', name: move.event.type };
    case 'join':
      return move.event === null ? undefined : { kind: 'event', name: move.event.type };
    case 'leave':
      return { kind: 'event', name: 'leave' };
    default:
      return undefined;
  }
}

/** Steps at which a lane changes between true and false. */
export const flipsOf = ({ values }: Lane): readonly number[] =>
  Array.from(values).flatMap((value, at) =>
    at > 0 && value !== '-' && opposite(value, values.slice(0, at)) ? [at] : [],
  );

/** Whether what was last said of it was something else. */
const opposite = (value: string, before: string): boolean =>
  before.lastIndexOf(value === '1' ? '0' : '1') > before.lastIndexOf(value);

/** Runs of equal values, the end not included. */
export function runsOf({
  values,
}: Lane): readonly { readonly value: string; readonly from: number; readonly to: number }[] {
  const runs: { value: string; from: number; to: number }[] = [];
  for (const [at, value] of Array.from(values).entries()) {
    const last = runs.at(-1);
    if (last?.value === value) last.to = at + 1;
    else runs.push({ value, from: at, to: at + 1 });
  }
  return runs;
}

/** Of these kinds false is an alarm; of the others it is the usual thing. */
export const isInvariant = ({ kind }: Lane): boolean =>
  kind === 'always' || kind === 'whenQuiet' || kind === 'alwaysStep';

/** Short text of a value. */
export const textOf = (value: Shown | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A message as its type and its fields. */
export function messageText({ type, ...fields }: Envelope['message']): {
  readonly type: string;
  readonly rest: string;
} {
  const rest = Object.entries(fields)
    // A `block` that carries a `block` need not say so twice.
    .map(([name, value]) => (name === type ? '' : `${name} `) + textOf(value as Shown))
    .join(', ');
  return { type, rest };
}

/** The name of a property that is written `Name: what it says`, and what it says. */
export function namesOf(property: string): { readonly name: string; readonly says: string } {
  const [, name, says] = /^([\w-]+): (.*)$/s.exec(property) ?? [];
  return name === undefined || says === undefined ? { name: property, says: '' } : { name, says };
}
