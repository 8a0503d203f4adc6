/** The graph of all states as plain data: what a tool for labelled transition systems reads. */
import type { Picture } from './model.js';

/** All states of a system and the moves between them. @public */
export interface StateGraph {
  readonly model: string;
  readonly starts: readonly { readonly label: string; readonly state: number }[];
  /** By number: states in the order in which a breadth-first search finds them. */
  readonly states: readonly Picture[];
  /** In the order of the states that they leave; moves that change nothing lead back to their own. */
  readonly edges: readonly { readonly from: number; readonly label: string; readonly to: number }[];
}
