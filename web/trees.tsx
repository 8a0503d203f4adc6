/** Forests side by side, each growing to the right: a column for each generation. */
import type { LegendEntry, TreesDrawing } from '../src/kernel/index.js';

const [across, down, wide, high] = [74, 40, 46, 26];

type Forest = TreesDrawing['forests'][number];
type Item = Forest['items'][number];

interface Placed {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
}

export const Trees = ({
  drawing,
  legend,
}: {
  readonly drawing: TreesDrawing;
  readonly legend: readonly LegendEntry[];
}) => (
  <div class="forests">
    {drawing.forests.map((forest) => (
      <ForestPicture key={forest.title} forest={forest} legend={legend} />
    ))}
  </div>
);

function ForestPicture({ forest, legend }: { readonly forest: Forest; readonly legend: readonly LegendEntry[] }) {
  const placed = place(forest.items);
  const at = new Map(placed.map((one) => [one.item.id, one]));
  const entry = (as: string) => legend.find(({ key }) => key === as);
  const width = Math.max(wide, ...placed.map(({ x }) => x)) + wide + 20;
  const height = Math.max(high, ...placed.map(({ y }) => y)) + down;
  return (
    <figure class="forest">
      <figcaption>
        <b>{forest.title}</b> {forest.note}
      </figcaption>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={forest.items
          .map(({ label, parent, as, marks = [] }) =>
            [label, parent === undefined ? '' : `on ${parent}`, entry(as)?.label ?? as, ...marks]
              .filter(Boolean)
              .join(' '),
          )
          .join('; ')}
      >
        {placed.map(({ item, x, y }) => {
          const parent = item.parent === undefined ? undefined : at.get(item.parent);
          if (parent === undefined) return null;
          const [fromX, fromY] = [parent.x + wide, parent.y + high / 2];
          const middle = (fromX + x) / 2;
          return (
            <path
              class="bough"
              key={item.id}
              d={`M${fromX} ${fromY}C${middle} ${fromY} ${middle} ${y + high / 2} ${x} ${y + high / 2}`}
            />
          );
        })}
        {placed.map(({ item, x, y }) => {
          const { tone, label, sign } = entry(item.as) ?? { tone: 'plain', label: item.as, sign: undefined };
          return (
            <g key={item.id} class={`block tone-${tone}`} transform={`translate(${x} ${y})`}>
              <rect width={wide} height={high} rx="6" />
              <text x={wide / 2} y="17">
                {item.label}
                {sign === undefined ? '' : ` ${sign}`}
              </text>
              {item.marks !== undefined && item.marks.length > 0 && (
                <text class="marks" x={wide / 2} y={high + 10}>
                  {item.marks.join(' ')}
                </text>
              )}
              <title>{label}</title>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Leaves get a line each from the top; a parent stands beside the first of its children. */
function place(items: readonly Item[]): readonly Placed[] {
  const ids = new Set(items.map(({ id }) => id));
  const children = new Map<string | undefined, Item[]>();
  for (const item of items) {
    const parent = item.parent !== undefined && ids.has(item.parent) ? item.parent : undefined;
    children.set(parent, [...(children.get(parent) ?? []), item]);
  }
  const placed: Placed[] = [];
  let line = 0;
  const stand = (item: Item, generation: number): void => {
    const y = 10 + line * down;
    placed.push({ item, x: 10 + generation * across, y });
    const offspring = children.get(item.id) ?? [];
    if (offspring.length === 0) line++;
    for (const child of offspring) stand(child, generation + 1);
  };
  for (const root of children.get(undefined) ?? []) stand(root, 0);
  return placed;
}
