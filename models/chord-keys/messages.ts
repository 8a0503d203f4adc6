/** What members say to each other about keys, and what a client asks of them and hears. */
import type { Id } from '../chord/index.js';

/** Versions by key. A key that is absent is not held; versions begin at 1. @public */
export type Items = { readonly [key: string]: number };

/** Everything after the first identifier, up to and with the second, clockwise. @public */
export type Arc = readonly [after: Id, upTo: Id];

/** I would join before you: hand over what will be mine. @public */
export type Begin = { readonly type: 'begin' };

/** What is yours: the keys after this identifier up to your own. @public */
export type Keys = { readonly type: 'keys'; readonly after: Id; readonly items: Items };

/** I have them, and serve them from now on. @public */
export type Done = { readonly type: 'done' };

/** I do not serve them any more. @public */
export type Over = { readonly type: 'over' };

/** Keep these, and tell me what you hold of them, and of this arc if there is one. @public */
export type Replicate = { readonly type: 'replicate'; readonly items: Items; readonly arc: Arc | null };

/** The answer. @public */
export type Stored = { readonly type: 'stored'; readonly items: Items };

/** @public */
export type Put = { readonly type: 'put'; readonly key: string; readonly version: number; readonly client: string };

/** `copy`: whoever hears it answers with what it has, though the key be another's. @public */
export type Get = { readonly type: 'get'; readonly key: string; readonly client: string; readonly copy: boolean };

/** @public */
export type Accepted = { readonly type: 'accepted'; readonly key: string; readonly version: number };

/** Version 0: there is no such key here. @public */
export type Found = { readonly type: 'found'; readonly key: string; readonly version: number };

/** @public */
export type MemberMessage = Begin | Keys | Done | Over | Replicate | Stored | Put | Get;

/** @public */
export type ClientMessage = Accepted | Found;
