/** What the process of a Chord member and the one that started it tell each other. */

/** Identifiers are ports. @internal */
export const circleSize = 65_536;

/** @internal */
export type ToMember =
  | {
      readonly type: 'begin';
      /** Of a founder: where it stands in the first ring. */
      readonly place?: { readonly list: readonly number[]; readonly prdc: number };
      /** Of everybody else: whom it joins through. */
      readonly via?: number;
    }
  | { readonly type: 'lookup'; readonly key: number };

/** @internal */
export type FromMember =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'stands'; readonly list: readonly number[]; readonly prdc: number | null }
  | {
      readonly type: 'found';
      readonly key: number;
      readonly owner: number;
      readonly hops: number;
      readonly timeouts: number;
    };
