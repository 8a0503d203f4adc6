/** What is written for other tools, read by readers of their formats. */
import { spawnSync } from 'node:child_process';
import { parse } from '@ts-graphviz/ast';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../properties/catalogue.js';
import type { Plain, StateGraph } from '../../src/kernel/index.js';
import { type ReplayStory, renderAut, renderDot, renderItf, renderMermaid } from '../../src/report/index.js';
import { check } from '../../src/run/check.js';
import { stateGraphOf } from '../../src/run/state-graph.js';
import { findSuite, select } from '../../src/run/suite.js';
import { compose } from '../../src/system/index.js';
import { reachable, readAut } from '../support/aut.js';
import { checkItf } from '../support/itf.js';
import { askAutomataLib } from './automatalib.js';

const systemOf = (words: string) => {
  const { suite, configuration } = findSuite(catalogue, words, () => []);
  return select(suite, configuration, {}, () => []).system;
};
const graphOf = (words: string): StateGraph => stateGraphOf(compose(systemOf(words)), 10_000) as StateGraph;

const evil = 'a "b"; #1 <i>\\ end\u2028';

describe('the graph of all states', () => {
  test.each(['stop-and-wait/fifo', 'stop-and-wait/unordered', 'chain/malformed', 'two-phase-commit/three'])(
    '%s is the one that the search has seen',
    (words) => {
      const { coverage } = check(systemOf(words), []);
      const graph = graphOf(words);
      expect([graph.states.length, graph.edges.length]).toEqual([coverage.states, coverage.transitions]);
      expect(stateGraphOf(compose(systemOf(words)), coverage.states)).toBeDefined();
      expect(stateGraphOf(compose(systemOf(words)), coverage.states - 1)).toBeUndefined();
    },
  );

  test('Aldebaran: every state is reached from the first, labels are moves', () => {
    const lts = readAut(renderAut(graphOf('stop-and-wait/fifo')));
    expect([lts.first, lts.states, lts.edges.length, reachable(lts)]).toEqual([0, 212, 719, 212]);
    expect(lts.edges[0]).toEqual({ from: 0, label: 'alice: timer retry', to: 1 });
  });

  test('Aldebaran has one first state: where there are several starts, one more leads to each', () => {
    const graph = graphOf('chain/malformed');
    const lts = readAut(renderAut(graph));
    expect(lts.states).toBe(graph.states.length + 1);
    expect(lts.edges.filter(({ from }) => from === lts.first)).toHaveLength(graph.starts.length);
    expect(reachable(lts)).toBe(lts.states);
  });

  test('DOT: what Graphviz would read', () => {
    const graph = graphOf('stop-and-wait/fifo');
    const text = renderDot(graph);
    const [root] = parse(text).children.filter((child) => child.type === 'Graph');
    const statements = root?.children ?? [];
    const nodes = statements.filter((statement) => statement.type === 'Node');
    expect(nodes).toHaveLength(graph.states.length + graph.starts.length);
    const moving = new Set(graph.edges.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from} ${to}`));
    expect(statements.filter((statement) => statement.type === 'Edge')).toHaveLength(moving.size + graph.starts.length);
  });

  const graphviz = spawnSync('dot', ['-V']).status === 0;
  const why = graphviz ? '' : ' (skipped: no Graphviz here; apt-get install graphviz)';
  test.skipIf(!graphviz)(`Graphviz itself draws it${why}`, () => {
    const { status, stdout } = spawnSync('dot', ['-Tplain'], {
      input: renderDot(graphOf('two-phase-commit/three')),
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout.match(/^node /gm)).toHaveLength(288 + 1);
  });

  test('no label breaks a line, whatever peers are called', () => {
    const graph: StateGraph = {
      model: evil,
      starts: [{ label: evil, state: 0 }],
      states: [
        { peers: [{ name: evil, status: 'up', context: { says: evil } }], inFlight: [] },
        { peers: [], inFlight: [] },
      ],
      edges: [{ from: 0, label: evil, to: 1 }],
    };
    expect(readAut(renderAut(graph)).edges).toHaveLength(1);
    expect(() => parse(renderDot(graph))).not.toThrow();
  });
});

const story = (context: Plain, change: Partial<ReplayStory> = {}): ReplayStory => ({
  title: 'm/c',
  subject: { model: 'm', config: 'c', values: {} },
  property: evil,
  recorded: { verdict: 'violated', length: 2 },
  start: { label: evil, state: Int32Array.of(0) },
  steps: [
    {
      move: { kind: 'deliver', from: evil, to: 'end', message: { type: 'a;b', n: 1 } },
      before: Int32Array.of(0),
      after: Int32Array.of(1),
    },
    { move: { kind: 'crash', peer: 'end' }, before: Int32Array.of(1), after: Int32Array.of(1) },
  ],
  picture: () => ({
    peers: [
      { name: evil, status: 'up', context },
      { name: 'end', status: 'crashed' },
    ],
    inFlight: [{ from: evil, to: 'end', message: { type: 'late' } }],
  }),
  shownAt: 2,
  drift: [],
  ...change,
});

describe('a trace in the format of Apalache and Quint', () => {
  test('has its variables in every state, integers as texts, and words for what it has none for', () => {
    const context = {
      n: 7,
      big: 12n,
      half: 0.5,
      none: undefined,
      nil: null,
      on: true,
      '#odd': [1, 'x'],
      list: [{ a: -1 }],
    };
    const { states } = checkItf(renderItf(story(context), '0.0.0'));
    expect(states).toHaveLength(3);
    expect(states.map(({ action }) => action)).toEqual(['init', expect.stringContaining('deliver'), 'end: crash']);
    type Peer = readonly [string, { readonly status: string; readonly context?: { readonly '#map': unknown } }];
    const { '#map': peers } = (states[0] as { readonly peers: { readonly '#map': readonly [Peer, Peer] } }).peers;
    const [[name, record], [, down]] = peers;
    expect([name, down]).toEqual([evil, { status: 'crashed' }]);
    expect(record.context?.['#map']).toContainEqual(['n', { '#bigint': '7' }]);
    expect(record.context?.['#map']).toContainEqual(['nil', { '#unserializable': 'null' }]);
  });

  test('says where it goes round', () => {
    const temporal = { claimed: { kind: 'eventually', name: evil, holds: () => true, fairness: {} }, loop: 1 } as const;
    expect(checkItf(renderItf(story({}, { temporal }), '0.0.0')).loop).toBe(1);
  });
});

test('a sequence diagram: who hears what, what happens to whom, what is on its way; signs of the language are escaped', () => {
  const text = renderMermaid(story({}));
  const name = 'a #34;b#34;#59; #35;1 #60;i#62;\\ end ';
  expect(text.split('\n')).toEqual([
    'sequenceDiagram',
    `  participant p0 as ${name}`,
    '  participant p1 as end',
    `  Note over p0,p1: ${name}`,
    '  p0->>p1: a#59;b n 1',
    '  Note over p1: crash',
    `  Note over p0,p1: VIOLATED: ${name}`,
    '  p0--)p1: on its way: late',
    '',
  ]);
  const temporal = { claimed: { kind: 'eventually', name: evil, holds: () => true, fairness: {} }, loop: 1 } as const;
  const lasso = renderMermaid(story({}, { temporal, steps: story({}).steps }));
  expect(lasso).toContain('  loop for ever\n  Note over p1: crash\n  end\n');
});

askAutomataLib(graphOf);
