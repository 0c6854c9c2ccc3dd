import type { TopLevelSpec } from 'vega-lite';
import { formatFigure } from '../../questions/format-figure.ts';
import type { ReportChart } from '../../questions/report-card.ts';
import type { Unit } from '../../questions/types.ts';
import { label } from '../views/text.ts';

/** Told apart by colour-blind eyes too, each with a contrast above 4.5 on white. */
const colours = ['#1a6fb4', '#b8500c', '#3f4654', '#0f7b5f', '#8a3ea8', '#8a6100'];

const width = 520;
const rowHeight = 26;
const mostBars = 24;

/** The picture of a report as a Vega-Lite specification: bars one under the other, or lines over time. */
export function chartSpec(chart: ReportChart): TopLevelSpec {
  const percent = chart.unit === 'share';
  const shown = chart.kind === 'bars' ? chart.points.slice(0, mostBars) : chart.points;
  const values = shown.map(({ label: name, v, low, high, group }, row) => ({
    row,
    name: label(name, 44),
    v: percent ? v * 100 : v,
    low: low === undefined ? null : percent ? low * 100 : low,
    high: high === undefined ? null : percent ? high * 100 : high,
    group: label(group ?? '', 30),
    figure: formatFigure({ key: 'v', label: '', v, unit: chart.unit }),
  }));
  const groups = [...new Set(values.map(({ group }) => group))];
  const colour = {
    field: 'group',
    type: 'nominal' as const,
    scale: { domain: groups, range: groups.map((_, nth) => colours[nth % colours.length] ?? '#1a6fb4') },
    legend: groups.length > 1 ? { title: null, orient: 'top' as const, labelFontSize: 12 } : null,
  };
  const whole = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 16,
    title: { text: label(chart.title, 90), anchor: 'start' as const, fontSize: 14, color: '#1f2430' },
    width,
    data: { values },
    config: {
      font: 'DejaVu Sans',
      view: { stroke: null },
      axis: { labelFontSize: 12, labelColor: '#3f4654', gridColor: '#eceef1', domainColor: '#9aa1ad', title: null },
    },
  };
  return chart.kind === 'bars'
    ? { ...whole, height: { step: rowHeight }, layer: bars(colour, chart.unit) }
    : { ...whole, height: 220, layer: lines(colour, chart.unit) };
}

type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];
type Colour = { field: string; type: 'nominal' };

function bars(color: Colour, unit: Unit): Layers {
  const y = { field: 'name', type: 'nominal' as const, sort: { field: 'row' }, title: null };
  const x = { field: 'v', type: 'quantitative' as const, title: axisTitle(unit) };
  return [
    {
      mark: { type: 'bar', cornerRadius: 2 },
      encoding: { y, x, color, yOffset: { field: 'group', type: 'nominal' } },
    },
    {
      transform: [{ filter: 'datum.low !== null' }],
      mark: { type: 'rule', color: '#1f2430', strokeWidth: 1.5 },
      encoding: {
        y,
        x: { field: 'low', type: 'quantitative' },
        x2: { field: 'high' },
        yOffset: { field: 'group', type: 'nominal' },
      },
    },
  ];
}

function lines(color: Colour, unit: Unit): Layers {
  const x = { field: 'name', type: 'ordinal' as const, sort: null, title: null, axis: { labelAngle: -40 } };
  const y = { field: 'v', type: 'quantitative' as const, title: axisTitle(unit), scale: { zero: false } };
  return [
    {
      transform: [{ filter: 'datum.low !== null' }],
      mark: { type: 'errorband', opacity: 0.15 },
      encoding: { x, y: { field: 'low', type: 'quantitative', title: axisTitle(unit) }, y2: { field: 'high' }, color },
    },
    { mark: { type: 'line', point: { size: 36 }, strokeWidth: 2 }, encoding: { x, y, color } },
  ];
}

const axisTitles: Partial<Record<Unit, string>> = { share: 'per cent', points: 'points', days: 'days', money: 'money' };

function axisTitle(unit: Unit): string | null {
  return axisTitles[unit] ?? null;
}
