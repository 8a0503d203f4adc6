/**
 * What a suite may have drawn of its behaviours: plain data, one drawing a state, in words that every page can draw. A model
 * says what is to be seen and what it means; how it looks is the page's affair.
 */

/** How much a mark matters, and in which way: the page has a colour, a line and a sign for each. @public */
export type Tone = 'plain' | 'strong' | 'soft' | 'good' | 'bad' | 'doubt' | 'other';

/** A kind of arrow or mark, told once in the legend. @public */
export interface LegendEntry {
  readonly key: string;
  readonly label: string;
  readonly tone: Tone;
  /** Of a mark in a matrix: the sign that stands in the cell. */
  readonly sign?: string;
}

/** Places on a circle, clockwise from the top, and arrows between them. @public */
export interface RingDrawing {
  readonly kind: 'ring';
  /** How many places the circle has. */
  readonly places: number;
  readonly nodes: readonly {
    readonly at: number;
    readonly label: string;
    readonly tone: Tone;
    /** A few words beside it. */
    readonly note?: string;
  }[];
  readonly arrows: readonly {
    readonly from: number;
    readonly to: number;
    /** A key of the legend. */
    readonly as: string;
  }[];
}

/** Rows by columns, a mark in each cell. @public */
export interface MatrixDrawing {
  readonly kind: 'matrix';
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly note?: string;
    /** One for each column: a key of the legend, or nothing. */
    readonly cells: readonly (string | null)[];
  }[];
}

/** Forests, one beside the other: each item hangs from its parent, if that is there. @public */
export interface TreesDrawing {
  readonly kind: 'trees';
  readonly forests: readonly {
    readonly title: string;
    readonly note?: string;
    readonly items: readonly {
      readonly id: string;
      readonly label: string;
      readonly parent?: string;
      /** A key of the legend. */
      readonly as: string;
      /** Signs beside it, such as `tip`. */
      readonly marks?: readonly string[];
    }[];
  }[];
}

/** One picture of a state, in the protocol's own terms. @public */
export type Drawing = RingDrawing | MatrixDrawing | TreesDrawing;

/** What a suite has drawn of one behaviour. @public */
export interface View {
  readonly title: string;
  readonly legend: readonly LegendEntry[];
  /** One for each frame. */
  readonly drawings: readonly Drawing[];
}
