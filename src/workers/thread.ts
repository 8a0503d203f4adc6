/** A worker's thread: it makes the model for itself, searches its part of it, and then answers how its states were found. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { ChurnproofError, type ErrorCode, type ErrorDetail, type Model, type Property } from '../kernel/index.js';
import type { Parcel } from './mail.js';
import { Part } from './part.js';
import type { Line, PartResult, Place } from './place.js';
import { Signals } from './signals.js';

/** What a thread is given when it begins. @internal */
export interface Assignment<T = unknown> {
  /** By which it finds its model. */
  readonly recipe: T;
  readonly place: Place;
  readonly budget: ConstructorParameters<typeof Part>[2];
  /** To each other worker, and to who watches. */
  readonly ports: readonly (MessagePort | undefined)[];
  readonly home: MessagePort;
}

/** What a thread says of itself. @internal */
export type Word =
  | { readonly result: PartResult }
  | { readonly failure: Failure }
  | { readonly origin: ReturnType<Part['origin']>; readonly of: number };

/** An error that has been through a clone. @internal */
export type Failure =
  | { readonly code: ErrorCode; readonly message: string; readonly detail: Omit<ErrorDetail, 'cause'> }
  | { readonly code?: undefined; readonly message: string };

/** Why the others were stopped by a worker that cannot go on. @internal */
export const failed = 100;

/** Does what a thread is there for. */
export async function work<T>(
  { recipe, place, budget, ports, home }: Assignment<T>,
  make: (recipe: T) => Promise<{ readonly model: Model; readonly properties: readonly Property[] }>,
): Promise<void> {
  const say = (word: Word) => home.postMessage(word);
  try {
    const { model, properties } = await make(recipe);
    const part = new Part(
      model,
      properties,
      budget,
      place,
      ports.map((port) => port && lineOver(port)),
    );
    say({ result: part.run() });
    home.on('message', (id: number) => say({ origin: part.origin(id), of: id }));
  } catch (thrown) {
    say({ failure: failureOf(thrown) });
    new Signals(place.signals, place.workers, place.worker).stop(failed);
  }
}

const lineOver = (port: MessagePort): Line => ({
  post: (parcel) => port.postMessage(parcel),
  received() {
    const parcels: Parcel[] = [];
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port))
      parcels.push(next.message as Parcel);
    return parcels;
  },
});

function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof ChurnproofError))
    return { message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
  const { code, message, where, expected, hint } = thrown;
  const detail = {
    ...(where === undefined ? {} : { where }),
    ...(expected === undefined ? {} : { expected }),
    ...(hint === undefined ? {} : { hint }),
  };
  return { code, message, detail };
}

/** The error again. @internal */
export const errorOf = (failure: Failure): Error =>
  failure.code === undefined
    ? new Error(`a worker threw: ${failure.message}`)
    : new ChurnproofError(failure.code, failure.message, failure.detail);
