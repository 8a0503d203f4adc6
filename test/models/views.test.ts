/** The drawings of every suite that makes some: a whole one for each frame, in words of its own legend. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import { type Drawing, framesOf, Moves, type Suite, traceOf, type View } from '../../src/kernel/index.js';
import { select, usualConfiguration } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';

const drawing = catalogue.filter(({ view }) => view !== undefined);

/** Every key that a drawing uses, and every place or parent that it points to and does not have. */
function look(drawing: Drawing): { readonly keys: readonly string[]; readonly astray: readonly string[] } {
  switch (drawing.kind) {
    case 'ring': {
      const isPlace = (at: number) => Number.isInteger(at) && at >= 0 && at < drawing.places;
      const places = [...drawing.nodes.map(({ at }) => at), ...drawing.arrows.flatMap(({ from, to }) => [from, to])];
      return { keys: drawing.arrows.map(({ as }) => as), astray: places.filter((at) => !isPlace(at)).map(String) };
    }
    case 'matrix':
      return {
        keys: drawing.rows.flatMap(({ cells }) => cells.filter((cell) => cell !== null)),
        astray: drawing.rows.filter(({ cells }) => cells.length !== drawing.columns.length).map(({ label }) => label),
      };
    case 'trees': {
      const items = drawing.forests.flatMap((forest) => forest.items);
      return { keys: items.map(({ as }) => as), astray: [] };
    }
  }
}

/** Those that `check` runs, which are quickly composed, and the usual one. */
const configurationsOf = (suite: Suite): readonly string[] =>
  Object.entries(suite.configurations).flatMap(([name, { quick }]) =>
    quick || name === usualConfiguration(suite) ? [name] : [],
  );

describe.each(drawing.map((suite) => [suite.model, suite] as const))('%s', (_model, suite) => {
  test.each(configurationsOf(suite))('draws a walk of some moves of %s, each frame in full', (configuration) => {
    const { system, values } = select(suite, configuration, {}, () => []);
    const model = compose(system);
    const state = (model.starts[0] as (typeof model.starts)[number]).state.slice();
    const moves = new Moves();
    const choices: number[] = [];
    for (let step = 0; step < 40; step++) {
      model.expand(state, moves);
      if (moves.count === 0) break;
      // Any walk will do; this one takes all kinds of move in turn.
      const choice = (step * 7) % moves.count;
      moves.apply(choice, state);
      choices.push(choice);
    }
    const frames = framesOf(model, traceOf(model, 0, choices));
    const { drawings, legend, title } = (suite.view as (...given: unknown[]) => View)(frames, values);
    expect(title).not.toBe('');
    expect(drawings).toHaveLength(frames.length);
    expect(new Set(drawings.map((one) => JSON.stringify(one))).size).toBeGreaterThan(1);
    const known = legend.map(({ key }) => key);
    for (const one of drawings) {
      const { keys, astray } = look(one);
      expect(keys.filter((key) => !known.includes(key))).toEqual([]);
      expect(astray).toEqual([]);
    }
  });
});
