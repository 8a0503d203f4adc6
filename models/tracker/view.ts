/** How to look at a tracker and its clients: who is in the swarm in truth, who is in the table, and who has come to be late. */
import { canonical, derive, type Envelope, type Peers, type World } from '../../src/kernel/index.js';
import type { AnnouncerContext } from './announcer.js';
import type { Announce, Endpoint, Failure, Reply } from './messages.js';
import type { Entry } from './table.js';
import { endpointOf, type TrackerContext } from './tracker.js';

type AnyTrackerWorld = World<Peers, true>;

/** A client that takes part. @public */
export interface Live {
  readonly name: string;
  readonly at: Endpoint;
  readonly id: string;
  readonly seed: boolean;
  readonly state: string;
  readonly known: readonly Endpoint[];
}

/** @public */
export const contextOf = (world: AnyTrackerWorld, name: string): AnnouncerContext | undefined =>
  world.peers[name] as AnnouncerContext | undefined;

/** The tracker, unless it is down. @public */
export const trackerIn = (world: AnyTrackerWorld): TrackerContext | undefined =>
  world.peers.tracker as TrackerContext | undefined;

/** @public */
export const clientsOf = (world: AnyTrackerWorld): readonly string[] =>
  world.names.filter((name) => name !== 'tracker');

const taking = ['starting', 'resting', 'updating', 'completing'];

/** Everybody who takes part, were the tracker to see it; needs the tracker for the addresses that it sees. @public */
export const liveIn: (world: AnyTrackerWorld) => readonly Live[] = derive((world) => {
  const tracker = trackerIn(world);
  return clientsOf(world).flatMap((name): readonly Live[] => {
    const context = contextOf(world, name);
    const state = String(world.state(name));
    if (context === undefined || !taking.includes(state)) return [];
    const { port, session, left, known } = context;
    const at = tracker === undefined ? `${name}:${port}` : endpointOf(tracker, name, port);
    return [{ name, at, id: `${context.name}${session}`, seed: left === 0, state, known }];
  });
}) as (world: AnyTrackerWorld) => readonly Live[];

/** The entry of a live client, as it is now. @public */
export const entryOf = (world: AnyTrackerWorld, live: Live): Entry | undefined =>
  trackerIn(world)?.entries.find(({ at, id }) => at === live.at && id === live.id);

/** Whether a live client that was not heard from since the last sweep is among these. @public */
export const isUnheard = (world: AnyTrackerWorld, which: (name: string) => boolean): boolean =>
  liveIn(world).some((live) => (entryOf(world, live)?.age ?? 0) > 0 && which(live.name));

/** Whether the tracker has heard from this client since the last sweep. @public */
export const isFresh = (world: AnyTrackerWorld, name: string): boolean =>
  liveIn(world).some((live) => live.name === name && entryOf(world, live)?.age === 0);

/**
 * Whether the next sweep can come before this client is heard, if a sweep takes no longer than an interval and a message: who waits
 * in vain for a reply is late. If it takes as long as an interval, a message and a retry, nobody is.
 * @public
 */
export const mayBeLate = (world: AnyTrackerWorld, name: string): boolean =>
  world.state(name) !== 'resting' && !isOnItsWay(world, name);

/** Whether an announce of this client, or a reply to it, is on its way or being made. @public */
export const isOnItsWay = (world: AnyTrackerWorld, name: string): boolean =>
  world.inFlight(name).length > 0 ||
  world.inFlight('tracker').some(({ from }) => from === name) ||
  (trackerIn(world)?.pending ?? []).some(({ to }) => to === name);

/** What one step was to the tracker. @public */
export interface Handling {
  /** The announce that it took, if it took one. */
  readonly taken: Heard | undefined;
  /** What it said. */
  readonly said: readonly { readonly to: string; readonly message: Reply | Failure }[];
}

/** @public */
export type Heard = Announce & { readonly from: string };

/**
 * What the tracker did between two states, told from what is on its way: an announce that is gone, and was answered or written
 * down, was taken; one that is gone without a trace was lost.
 * @public
 */
export function handlingOf(before: AnyTrackerWorld, after: AnyTrackerWorld): Handling {
  const nothing: Handling = { taken: undefined, said: [] };
  const [had, has] = [trackerIn(before), trackerIn(after)];
  if (had === undefined || has === undefined) return nothing;
  const answered = had.pending.length > has.pending.length;
  const isGone = before.inFlight('tracker').length > after.inFlight('tracker').length;
  if (!isGone && !answered) return nothing;
  const heard = isGone ? missing(before.inFlight('tracker'), after.inFlight('tracker'))[0] : undefined;
  const said = clientsOf(after).flatMap((to) =>
    missing(after.inFlight(to), before.inFlight(to)).map(({ message }) => ({
      to,
      message: message as unknown as Reply | Failure,
    })),
  );
  const wasTaken = !answered && (said.length > 0 || has.pending.length > had.pending.length);
  const taken =
    wasTaken && heard !== undefined ? { ...(heard.message as unknown as Announce), from: heard.from } : undefined;
  return { taken, said };
}

/** Of the first list, what the second has not, each as often as it has it not. */
function missing(all: readonly Envelope[], rest: readonly Envelope[]): readonly Envelope[] {
  if (all === rest) return [];
  const left = rest.map((one) => canonical(one));
  return all.filter((one) => {
    const at = left.indexOf(canonical(one));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Announces on their way. @public */
export const announcesIn = (world: AnyTrackerWorld): readonly { readonly from: string; readonly message: Announce }[] =>
  world.inFlight('tracker') as unknown as readonly { readonly from: string; readonly message: Announce }[];
