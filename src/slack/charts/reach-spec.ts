import type { TopLevelSpec } from 'vega-lite';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { formatNumber } from '../../questions/format-figure.ts';

const colours = { today: '#3f4654', proposed: '#1a6fb4' } as const;
const sides = ['today', 'proposed'] as const;

/** Reach against precision: a curve for the table in force and one for the proposed, with the point where tier 1 ends. */
export function reachPicture(
  tested: DryRun['tested'],
): { filename: string; altText: string; spec: () => TopLevelSpec } | null {
  if (tested.curve.length === 0) return null;
  return { filename: 'reach.png', altText: altTextOf(tested), spec: () => specOf(tested) };
}

function altTextOf({ before, after, curve }: DryRun['tested']): string {
  const percent = (share: number | undefined) => (share === undefined ? 'nobody' : `${formatNumber(100 * share, 0)} %`);
  const point = ({ reach, precision }: typeof before) => `${percent(reach?.v)} reached, ${percent(precision?.v)} won`;
  const along = curve.map((at) => `best ${percent(at.share)}: ${percent(at.before)} to ${percent(at.after)}`);
  return `Reach against precision. Tier 1 today: ${point(before)}; proposed: ${point(after)}. ${along.join(', ')}.`;
}

function specOf({ before, after, curve }: DryRun['tested']): TopLevelSpec {
  const line = curve.flatMap(({ share, before: was, after: is }) => [
    { reach: 100 * share, precision: 100 * was, side: 'today' },
    { reach: 100 * share, precision: 100 * is, side: 'proposed' },
  ]);
  const points = [before, after].flatMap(({ reach, precision }, nth) =>
    reach === null || precision === null
      ? []
      : [{ reach: 100 * reach.v, precision: 100 * precision.v, side: sides[nth], name: `tier 1 ${sides[nth]}` }],
  );
  const x = { field: 'reach', type: 'quantitative' as const, title: 'reach: per cent of the accounts' };
  const y = {
    field: 'precision',
    type: 'quantitative' as const,
    title: 'precision: per cent won within a year',
    scale: { zero: true },
  };
  const color = {
    field: 'side',
    type: 'nominal' as const,
    scale: { domain: [...sides], range: sides.map((side) => colours[side]) },
    legend: { title: null, orient: 'top' as const, labelFontSize: 12 },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 16,
    title: { text: 'Reach against precision', anchor: 'start', fontSize: 14, color: '#1f2430' },
    width: 520,
    height: 220,
    layer: [
      { data: { values: line }, mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 140, opacity: 1 },
        encoding: { x, y, color, shape: { ...color, scale: { domain: [...sides], range: ['circle', 'diamond'] } } },
      },
    ],
    config: {
      font: 'DejaVu Sans',
      view: { stroke: null },
      axis: {
        labelFontSize: 12,
        titleFontSize: 12,
        titleFontWeight: 'normal',
        labelColor: '#3f4654',
        gridColor: '#eceef1',
        domainColor: '#9aa1ad',
      },
    },
  };
}
