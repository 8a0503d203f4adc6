/** What members say to each other about lookups, and what one is asked from outside. */
import type { Id } from '../chord/index.js';

/** A lookup on its way. @public */
export type Question = {
  readonly key: Id;
  /** Who gets the answer. */
  readonly origin: Id;
  /** How often it went from one member to another on the way to the one before the key; counted up to the size of the circle. */
  readonly hops: number;
  /** How often somebody on the way did not answer; counted as far. */
  readonly timeouts: number;
  /** Who did not answer, in order: for those that are asked one after another and cannot know it. */
  readonly avoid: readonly Id[];
};

/** Whom a question goes to next, and whether that is the end of the way: the key belongs to it. @public */
export type Hop = { readonly peer: Id; readonly last: boolean };

/** Where does this key belong? When it is the last, it says: to you. @public */
export type Find = { readonly type: 'find'; readonly last: boolean } & Question;

/** I have your question and see to it. @public */
export type Taken = { readonly type: 'taken' };

/** I do not see to it myself: ask that one. @public */
export type Closer = { readonly type: 'closer' } & Hop;

/** The key belongs to `owner`. @public */
export type Found = { readonly type: 'found'; readonly owner: Id } & Pick<Question, 'key' | 'hops' | 'timeouts'>;

/** @public */
export type LookupMessage = Find | Taken | Closer | Found;

/** A client asks a member where a key belongs. @public */
export type Lookup = { readonly type: 'lookup'; readonly key: Id };

/** A member looks up the start of its next finger. @public */
export type FixFinger = { readonly type: 'fixFinger' };

/** The ring below says who comes next. @public */
export type Stabilize = { readonly type: 'stabilize'; readonly list: readonly Id[] };

/** The ring below takes somebody in, and says who comes next. @public */
export type Join = { readonly type: 'join'; readonly list: readonly Id[] };

/** The event itself is the parameter, of exactly that event's type: `{ type: 'take', params: heard }`. @internal */
export const heard = <E>({ event }: { readonly event: E }): E => event;
