/** Which parts of a text a terminal may colour; a text is the same without. */

/** Colours by what they mean; each leaves the text as it is where there are none. @public */
export interface Paint {
  /** As it should be. */
  readonly good: (text: string) => string;
  /** Not as it should be. */
  readonly bad: (text: string) => string;
  /** Not known, or worth a look. */
  readonly doubt: (text: string) => string;
  /** What a reader may skip. */
  readonly aside: (text: string) => string;
  /** A heading. */
  readonly title: (text: string) => string;
}

const same = (text: string): string => text;

/** No colours. @public */
export const unpainted: Paint = { good: same, bad: same, doubt: same, aside: same, title: same };
