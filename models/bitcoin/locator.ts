/**
 * The block locator: the heights whose blocks a node names to say where it is. Its tip and the eleven blocks below, then ever
 * larger steps, genesis last; so whoever knows any chain finds the last common block, or one not far below it.
 */

/** Bitcoin Core's `GetLocator`: after more than ten entries the step doubles. @public */
export function locatorHeights(tip: number): readonly number[] {
  const heights: number[] = [tip];
  let step = 1;
  for (let height = tip; height > 0; ) {
    height = Math.max(height - step, 0);
    if (heights.length > 10) step *= 2;
    heights.push(height);
  }
  return heights;
}
