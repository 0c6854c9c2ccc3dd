import type { TopLevelSpec } from 'vega-lite';
import { label } from '../views/text.ts';
import type { WaterfallStep } from './waterfall-steps.ts';

/** Blue and orange part for colour-blind eyes too; each has a contrast above 4.5 on white, and the sign says it again. */
const colours = { total: '#3f4654', up: '#1a6fb4', down: '#b8500c' } as const;

const rowHeight = 26;
const plotWidth = 340;
const longestLabel = 34;
/** Wider than the letters of the font are on average, so that no label is cut. */
const letterWidth = 8.2;
const figureRoom = 80;

/** The picture of a score, as a Vega-Lite specification: bars from left to right, one under the other, read like the sum. */
export function waterfallSpec(steps: readonly WaterfallStep[]): TopLevelSpec {
  const rows = steps.map((step, index) => ({
    ...step,
    row: index,
    name: label(step.label, longestLabel),
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
    // Without a screen Vega can only guess how wide text is, and leaves too much room; so the room is given.
    autosize: 'none',
    padding: {
      left: 26 + letterWidth * Math.max(...rows.map(({ name }) => widthOf(name))),
      right: 16,
      top: 12,
      bottom: 28,
    },
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
            scale: { domain: [least, most], range: [0, plotWidth - figureRoom], nice: false },
            axis: {
              title: null,
              labelFlush: false,
              tickCount: 5,
              labelColor: '#6b7280',
              labelFontSize: 11,
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
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 13, fontWeight: 'bold' },
        encoding: { y, x: x('right'), text: { field: 'figure' }, color: colour },
      },
      {
        mark: { type: 'text', align: 'right', dx: -10, fontSize: 13, color: '#1f2430' },
        encoding: { y, x: { value: 0 }, text: { field: 'name' } },
      },
    ],
    config: { font: 'DejaVu Sans', view: { stroke: null } },
  };
}

/** In letters; those of Chinese, Japanese and Korean are twice as wide. */
function widthOf(text: string): number {
  return [...text].reduce(
    (width, letter) => width + (/[\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uffee]/.test(letter) ? 2 : 1),
    0,
  );
}
