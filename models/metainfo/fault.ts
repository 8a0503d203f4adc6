/** What can be wrong with a torrent file: one error type, with a code for each class of mistake, and where it is. */
import { ChurnproofError } from '../../src/kernel/index.js';

/** The classes of mistakes; the first are of the encoding, the others of what it says. @public */
export const metainfoFaults = [
  'too-large',
  'truncated',
  'trailing-bytes',
  'too-deep',
  'unknown-type',
  'bad-integer',
  'integer-too-long',
  'bad-string-length',
  'string-beyond-end',
  'key-not-a-string',
  'keys-unsorted',
  'key-twice',
  'not-a-dictionary',
  'info-missing',
  'wrong-type',
  'not-text',
  'meta-version',
  'piece-length',
  'pieces-length',
  'pieces-count',
  'file-length',
  'length-and-files',
  'no-length-no-files',
  'path-empty',
  'path-unsafe',
  'path-twice',
  'file-tree',
  'pieces-root',
  'layer-missing',
  'layer-length',
  'layer-root',
  'hybrid-disagrees',
] as const;

/** @public */
export type MetainfoFault = (typeof metainfoFaults)[number];

/** Where it is: at a byte of the file, or in a field such as `info.files[2].path`. @public */
export type Place = { readonly byte: number } | { readonly field: string };

/** A torrent file that cannot be taken. @public */
export class MetainfoError extends ChurnproofError {
  constructor(
    /** Which class of mistake it is. */
    readonly fault: MetainfoFault,
    message: string,
    /** The byte or the field. */
    readonly place: Place,
    expected: string,
    hint: string,
  ) {
    const where = 'byte' in place ? `byte ${place.byte}` : place.field;
    super('METAINFO_INVALID', `${message} (${fault})`, { where, expected, hint });
  }
}

/**
 * A refusal. That it returns at all is for seeded mistakes: a reader that overlooks a fault goes on with what it has.
 * @internal
 */
export type Refuse = (fault: MetainfoFault, message: string, place: Place, expected: string, hint?: string) => void;

const again = 'get the file again, or have it made by a client that writes canonical bencode';

/** Refuses every fault but those that a seeded mistake overlooks. @internal */
export const refusing =
  (overlooked: readonly MetainfoFault[] = []): Refuse =>
  (fault, message, place, expected, hint = again) => {
    if (!overlooked.includes(fault)) throw new MetainfoError(fault, message, place, expected, hint);
  };

/** For what nobody can overlook. @internal */
export const fatal = (
  fault: MetainfoFault,
  message: string,
  place: Place,
  expected: string,
  hint: string = again,
): MetainfoError => new MetainfoError(fault, message, place, expected, hint);
