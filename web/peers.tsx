/** What every peer is and holds after a move, and what the move changed. */
import { useMemo, useState } from 'preact/hooks';
import type { StateValue } from '../src/kernel/index.js';
import type { Playback, Shown } from '../src/report/index.js';
import {
  doerOf,
  type Field,
  fieldsAt,
  isChanged,
  localAt,
  messageText,
  moveAt,
  onTheWay,
  textOf,
  varyingFields,
} from './behaviour.js';

export function Peers({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const varying = useMemo(() => playback.peers.map((_, peer) => varyingFields(playback, peer)), [playback]);
  const [showsAll, setShowsAll] = useState(false);
  const doer = doerOf(moveAt(playback, step));
  const hasMore =
    playback.locals.some(({ fields }) => Object.keys(fields).length > 0) &&
    playback.peers.some((_, peer) =>
      Object.keys(localAt(playback, step, peer).fields).some((name) => !varying[peer]?.has(name)),
    );
  return (
    <>
      <div class="peers">
        {playback.peers.map(({ name }, peer) => (
          <PeerCard
            key={name}
            {...{ playback, step, peer, showsAll }}
            varying={varying[peer] as ReadonlySet<string>}
            isDoer={name === doer}
          />
        ))}
      </div>
      {(hasMore || showsAll) && (
        <label class="toggle">
          <input type="checkbox" checked={showsAll} onChange={(event) => setShowsAll(event.currentTarget.checked)} />
          fields that never change
        </label>
      )}
      <OnTheWay playback={playback} step={step} />
    </>
  );
}

interface CardGiven {
  readonly playback: Playback;
  readonly step: number;
  readonly peer: number;
  readonly varying: ReadonlySet<string>;
  readonly showsAll: boolean;
  readonly isDoer: boolean;
}

function PeerCard({ playback, step, peer, varying, showsAll, isDoer }: CardGiven) {
  const { status, state, timers } = localAt(playback, step, peer);
  const was = localAt(playback, Math.max(0, step - 1), peer);
  const fields = fieldsAt(playback, step, peer).filter(({ name }) => showsAll || varying.has(name));
  const told = stateText(state);
  const moved = step > 0 && (was.status !== status || stateText(was.state) !== told);
  return (
    <section class={`peer peer-${status}${isDoer ? ' doer' : ''}${isChanged(playback, step, peer) ? ' changed' : ''}`}>
      <h3>
        <span class="name" title={playback.peers[peer]?.name}>
          {playback.peers[peer]?.name}
        </span>
        <span class={`state${moved ? ' fresh' : ''}`}>{status === 'up' ? told : status}</span>
      </h3>
      {fields.length > 0 && (
        <dl>
          {fields.map((field) => (
            <FieldRow key={field.name} {...field} isKnown={was.status === status && step > 0} />
          ))}
        </dl>
      )}
      {timers !== undefined && (
        <p class="timers">
          {timers.map((timer) => (
            <span class={`timer${was.timers?.includes(timer) ? '' : ' fresh'}`} key={timer}>
              {timer}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

function FieldRow({ name, value, before, changed, isKnown }: Field & { readonly isKnown: boolean }) {
  const isFresh = changed && isKnown;
  return (
    <div class={isFresh ? 'fresh' : undefined}>
      <dt title={name}>{name}</dt>
      <dd>
        <Difference before={isFresh ? before : value} value={value} isNew={isFresh && before === undefined} />
      </dd>
    </div>
  );
}

interface DifferenceGiven {
  readonly before: Shown | undefined;
  readonly value: Shown;
  readonly isNew?: boolean;
}

/** Lists are compared item by item; what is the same stays plain. */
function Difference({ before, value, isNew = false }: DifferenceGiven) {
  if (isNew) return <ins>{textOf(value)}</ins>;
  if (before === value || JSON.stringify(before) === JSON.stringify(value)) return <>{textOf(value)}</>;
  if (isList(before) && isList(value) && Math.min(before.length, value.length) > 0)
    return <Items before={before} value={value} />;
  return (
    <>
      <del>{textOf(before)}</del>
      <ins>{textOf(value)}</ins>
    </>
  );
}

/** Of lists of one length by place, of others by what is in one and not in the other. */
function Items({ before, value }: { readonly before: readonly Shown[]; readonly value: readonly Shown[] }) {
  if (before.length === value.length)
    return (
      <>
        [
        {value.map((item, at) => (
          <>
            {at > 0 && ','}
            <Difference before={before[at]} value={item} />
          </>
        ))}
        ]
      </>
    );
  const [fresh, gone] = [beyond(value, before), beyond(before, value)];
  return (
    <>
      [
      {value.map((item, at) => (
        <>
          {at > 0 && ','}
          {fresh.has(at) ? <ins>{textOf(item)}</ins> : textOf(item)}
        </>
      ))}
      ]
      {[...gone].map((at) => (
        <del key={at}>{textOf(before[at])}</del>
      ))}
    </>
  );
}

/** Places of the items in `some` that `others` has not as often. */
function beyond(some: readonly Shown[], others: readonly Shown[]): ReadonlySet<number> {
  const left = others.map(textOf);
  const places = some.flatMap((item, at) => {
    const found = left.indexOf(textOf(item));
    if (found < 0) return [at];
    left.splice(found, 1);
    return [];
  });
  return new Set(places);
}

const isList = (value: Shown | undefined): value is readonly Shown[] => Array.isArray(value);

/** A machine of one state has none worth telling. */
export function stateText(state: StateValue | undefined): string {
  if (state === undefined) return '';
  if (typeof state === 'string') return state;
  return Object.entries(state)
    .map(([region, inner]) => {
      const within = stateText(inner);
      return within === '' ? region : `${region}.${within}`;
    })
    .join(', ');
}

function OnTheWay({ playback, step }: { readonly playback: Playback; readonly step: number }) {
  const now = onTheWay(playback, step);
  if (playback.envelopes.length === 0) return null;
  const before = new Map<string, number>();
  if (step > 0)
    for (const one of onTheWay(playback, step - 1))
      before.set(JSON.stringify(one), (before.get(JSON.stringify(one)) ?? 0) + 1);
  return (
    <section class="mail">
      <h3>
        On the way <span class="amount">{now.length === 0 ? 'nothing' : now.length}</span>
      </h3>
      <ul>
        {now.map((envelope, at) => {
          const key = JSON.stringify(envelope);
          const left = before.get(key) ?? 0;
          before.set(key, left - 1);
          const { type, rest } = messageText(envelope.message);
          return (
            <li key={`${at} ${key}`} class={step > 0 && left <= 0 ? 'fresh' : undefined}>
              <span class="route">
                {envelope.from} → {envelope.to}
              </span>{' '}
              <b>{type}</b> <span class="rest">{rest}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
