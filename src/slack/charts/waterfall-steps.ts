import type { Explanation } from '../../icp/explanation.ts';
import { formatNumber } from '../../questions/format-figure.ts';
import { signed } from '../views/arithmetic.ts';

/** One bar: where it starts, where it ends, and what stands beside it. */
export interface WaterfallStep {
  label: string;
  from: number;
  to: number;
  kind: 'total' | 'up' | 'down';
  /** The figure as it is written: `+8.3`, `× 0.848`, `49.4`. */
  figure: string;
}

const barsForCriteria = 7;

/**
 * A score as a row of bars: base, what moves it most, the rest in one bar, the fit part, the detractor, the score.
 *
 * Sums run in tenths of a point, so every bar starts exactly where the one before it ended.
 */
export function waterfallSteps(explanation: Explanation): WaterfallStep[] {
  const steps: WaterfallStep[] = [];
  let level = 0;
  const move = (label: string, tenths: number) => {
    const to = level + tenths;
    const kind = tenths < 0 ? 'down' : 'up';
    steps.push({ label, from: level / 10, to: to / 10, kind, figure: signed(tenths / 10) });
    level = to;
  };
  const total = (label: string, tenths: number) => {
    steps.push({ label, from: 0, to: tenths / 10, kind: 'total', figure: formatNumber(tenths / 10, 1) });
    level = tenths;
  };

  total('Average account', inTenths(explanation.base));
  const moving = explanation.criteria.filter(({ points }) => inTenths(points) !== 0);
  const ranked = moving.toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const shown = ranked.length > barsForCriteria ? ranked.slice(0, barsForCriteria - 1) : ranked;
  for (const { label, points } of shown) move(label, inTenths(points));
  const others = ranked.slice(shown.length);
  if (others.length > 0) {
    move(
      `${others.length} others`,
      others.reduce((sum, { points }) => sum + inTenths(points), 0),
    );
  }
  if (inTenths(explanation.clamp) !== 0) move('Kept within 0 and 100', inTenths(explanation.clamp));

  const { multiplier } = explanation.detractor;
  if (multiplier !== 1) {
    total('Fit part', inTenths(explanation.positive));
    const to = explanation.score;
    const figure = `× ${formatNumber(multiplier, 3)}`;
    steps.push({ label: 'Churn likeness', from: level / 10, to, kind: 'down', figure });
  }
  total('Score', inTenths(explanation.score));
  return steps;
}

/** The picture in words, with the same figures, for whoever cannot see it. */
export function waterfallAltText(explanation: Explanation): string {
  const steps = waterfallSteps(explanation).map(({ label, figure }) => `${label} ${figure}`);
  return `How the score of ${explanation.account.name} comes about: ${steps.join(', ')}.`;
}

function inTenths(points: number): number {
  return Math.round(points * 10);
}
