import type { TopLevelSpec } from 'vega-lite';
import type { WaterfallStep } from './waterfall-steps.ts';

/** Blue and orange part for colour-blind eyes too; each has a contrast above 4.5 on white, and the sign says it again. */
const colours = { total: '#3f4654', up: '#1a6fb4', down: '#b8500c' } as const;

const rowHeight = 30;
const plotWidth = 420;
const longestLabel = 44;

/** The picture of a score, as a Vega-Lite specification: bars from left to right, one under the other, read like the sum. */
export function waterfallSpec(steps: readonly WaterfallStep[]): TopLevelSpec {
  const rows = steps.map((step, index) => ({
    ...step,
    row: index,
    name: shortened(step.label),
    left: Math.min(step.from, step.to),
    right: Math.max(step.from, step.to),
    next: index + 1,
  }));
  const least = Math.min(0, ...rows.map(({ left }) => left));
  const most = Math.max(10, ...rows.map(({ right }) => right));
  const x = (field: string) => ({ field, type: 'quantitative' as const });
  const y = { field: 'row', type: 'ordinal' as const, axis: null, scale: { paddingInner: 0.28, paddingOuter: 0.14 } };
  const colour = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: Object.keys(colours), range: Object.values(colours) },
    legend: null,
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: { left: 12, right: 16, top: 12, bottom: 10 },
    width: plotWidth,
    height: rows.length * rowHeight,
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', cornerRadius: 2 },
        encoding: {
          y,
          x: {
            ...x('left'),
            scale: { domain: [least, most * 1.12], nice: false },
            axis: {
              title: null,
              tickCount: 5,
              labelColor: '#6b7280',
              gridColor: '#eceef1',
              domain: false,
              ticks: false,
            },
          },
          x2: { field: 'right' },
          color: colour,
        },
      },
      {
        transform: [{ filter: `datum.row < ${rows.length - 1}` }],
        mark: { type: 'rule', color: '#9aa1ad', strokeWidth: 1 },
        encoding: {
          x: x('to'),
          y: { ...y, field: 'row', bandPosition: 1 },
          y2: { field: 'next', bandPosition: 0 },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 12, fontWeight: 'bold' },
        encoding: { y, x: x('right'), text: { field: 'figure' }, color: colour },
      },
      {
        mark: { type: 'text', align: 'right', dx: -10, fontSize: 12, color: '#1f2430' },
        encoding: { y, x: { value: 0 }, text: { field: 'name' } },
      },
    ],
    config: { font: 'DejaVu Sans', view: { stroke: null } },
  };
}

function shortened(label: string): string {
  const letters = [...label];
  return letters.length <= longestLabel
    ? label
    : `${letters
        .slice(0, longestLabel - 1)
        .join('')
        .trimEnd()}…`;
}
