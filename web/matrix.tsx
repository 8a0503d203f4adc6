/** A table of marks: rows by columns, each mark a colour and a sign. */
import type { LegendEntry, MatrixDrawing } from '../src/kernel/index.js';

/** Up to so many columns the marks are large. */
const roomy = 6;

export function Matrix({
  drawing,
  legend,
}: {
  readonly drawing: MatrixDrawing;
  readonly legend: readonly LegendEntry[];
}) {
  const entry = new Map(legend.map((one) => [one.key, one]));
  return (
    <div class="matrix-scroller">
      <table class={drawing.columns.length > roomy ? 'matrix' : 'matrix roomy'}>
        <thead>
          <tr>
            <td />
            {drawing.columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {drawing.rows.map(({ label, note, cells }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell, at) => {
                const mark = cell === null ? undefined : entry.get(cell);
                return (
                  <td key={drawing.columns[at]}>
                    <span class={`swatch tone-${mark?.tone ?? 'none'}`} title={mark?.label}>
                      {mark?.sign ?? ''}
                    </span>
                  </td>
                );
              })}
              <td class="note">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
