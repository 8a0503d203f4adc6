/** What a move changed, peer by peer and field by field: the difference of two pictures, as a person would tell it. */
import { canonical, type Picture, type Plain, show } from '../kernel/index.js';

type PeerPicture = Picture['peers'][number];

/** One line a peer that changed and one a message that came or went; none when nothing did. @internal */
export function changesBetween(before: Picture, after: Picture): readonly string[] {
  const peers = after.peers.flatMap((peer, at) => {
    const changed = peerChanges(before.peers[at] as PeerPicture, peer);
    return changed.length === 0 ? [] : [`${peer.name}: ${changed.join(', ')}`];
  });
  const sent = missing(after.inFlight, before.inFlight).map((message) => `+ ${message}`);
  const gone = missing(before.inFlight, after.inFlight).map((message) => `- ${message}`);
  return [...peers, ...gone, ...sent];
}

function peerChanges(before: PeerPicture, after: PeerPicture): readonly string[] {
  const changed: string[] = [];
  if (before.status !== after.status) changed.push(`${before.status} -> ${after.status}`);
  if (after.status !== 'up') return changed;
  if (canonical(before.state) !== canonical(after.state))
    changed.push([before.state, after.state].map(stateText).filter(Boolean).join(' -> '));
  changed.push(...fieldChanges('', before.context, after.context));
  const [had, has] = [before.timers ?? [], after.timers ?? []];
  changed.push(...has.filter((timer) => !had.includes(timer)).map((timer) => `timer ${timer} set`));
  changed.push(...had.filter((timer) => !has.includes(timer)).map((timer) => `timer ${timer} off`));
  return changed;
}

/** Records are compared field by field. A short list is told as a whole, for one whose head moved reads best in full. */
function fieldChanges(path: string, before: Plain, after: Plain): readonly string[] {
  if (canonical(before) === canonical(after)) return [];
  if (isRecord(after) && (before === undefined || isRecord(before))) {
    const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      fieldChanges(path === '' ? name : `${path}.${name}`, before?.[name], after[name]),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && !isShort(before, after)) return listChanges(path, before, after);
  return [transition(path, before, after)];
}

const isShort = (before: Plain, after: Plain): boolean => show(before).length + show(after).length <= 80;

/**
 * Of a long list: its items by their place if none came or went, else those that came and went; the whole list if those that
 * stayed changed places.
 */
function listChanges(path: string, before: readonly Plain[], after: readonly Plain[]): readonly string[] {
  if (before.length === after.length && !isMoved(before, after))
    return after.flatMap((item, i) => fieldChanges(`${path}[${i}]`, before[i] as Plain, item));
  const [gone, came] = [without(before, after), without(after, before)];
  const stayed = (list: readonly Plain[], but: readonly Plain[]) => canonical(without(list, but));
  if (stayed(before, gone) !== stayed(after, came)) return [transition(path, before, after)];
  return [
    ...(gone.length === 0 ? [] : [`${path} loses ${gone.map(brief).join(', ')}`]),
    ...(came.length === 0 ? [] : [`${path} gains ${came.map(brief).join(', ')}`]),
  ];
}

/** Whether more places changed than items went, as in a queue whose head left while another item came. */
const isMoved = (before: readonly Plain[], after: readonly Plain[]): boolean =>
  before.filter((item, i) => canonical(item) !== canonical(after[i])).length > without(before, after).length;

/** The items of one list that another has not as often. */
function without(list: readonly Plain[], others: readonly Plain[]): readonly Plain[] {
  const left = others.map((item) => canonical(item));
  return list.filter((item) => {
    const at = left.indexOf(canonical(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

const isRecord = (value: Plain): value is { readonly [key: string]: Plain } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const transition = (name: string, before: Plain, after: Plain): string =>
  before === undefined ? `${name} ${brief(after)}` : `${name} ${brief(before)} -> ${brief(after)}`;

type Envelopes = Picture['inFlight'];

/** The messages of `some` that `others` has not as often. */
const missing = (some: Envelopes, others: Envelopes): readonly string[] =>
  without(some as unknown as readonly Plain[], others as unknown as readonly Plain[]).map((item) => {
    const { from, to, message } = item as unknown as Envelopes[number];
    return `${from} -> ${to} ${brief(message)}`;
  });

/** A picture in full: a line for each peer, those that are not up in one. @internal */
export function pictureLines(picture: Picture): readonly string[] {
  const up = picture.peers.filter(({ status }) => status === 'up');
  const down = picture.peers.filter(({ status }) => status !== 'up');
  return [
    ...up.map(({ name, state, context, timers = [] }) => {
      const armed = timers.length === 0 ? '' : ` timers ${timers.join(', ')}`;
      return `${name}: ${[stateText(state), brief(context)].filter(Boolean).join(' ')}${armed}`;
    }),
    ...(down.length === 0 ? [] : [down.map(({ name, status }) => `${name} ${status}`).join(', ')]),
    ...picture.inFlight.map(({ from, to, message }) => `+ ${from} -> ${to} ${brief(message)}`),
  ];
}

/** A machine of one state has none worth telling. */
function stateText(state: PeerPicture['state']): string {
  if (state === undefined || (typeof state === 'object' && Object.keys(state).length === 0)) return '';
  return typeof state === 'string' ? state : brief(state);
}

function brief(value: unknown): string {
  const text = show(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
