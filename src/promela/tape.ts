/** The tape: every table of the Promela model, one behind the other, so that a look-up is an offset; and the texts beside it. */

interface Part {
  readonly doc: string;
  readonly from: number;
}

/** Where a table would be that nobody ever looked into. @internal */
export const never = -1_000_000_000;

/** @internal */
export class Tape {
  readonly numbers: number[] = [];
  readonly parts: Part[] = [];
  readonly texts: string[] = [];
  private readonly textIds = new Map<string, number>();

  /** Begins a table. @param doc what stands in it */
  part(doc: string): void {
    this.parts.push({ doc, from: this.numbers.length });
  }

  /** @returns where the numbers begin */
  put(numbers: readonly number[]): number {
    const at = this.numbers.length;
    for (const number of numbers) this.numbers.push(number);
    return at;
  }

  /** Rows that differ in length, and an index of where each begins. @returns where the index begins */
  putRows(rows: readonly (readonly number[])[]): number {
    const index = rows.map((row) => this.put(row));
    return this.put(index);
  }

  text(text: string): number {
    const known = this.textIds.get(text);
    if (known !== undefined) return known;
    this.textIds.set(text, this.texts.length);
    this.texts.push(text);
    return this.texts.length - 1;
  }
}
