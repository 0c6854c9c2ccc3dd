import type { TopLevelSpec } from 'vega-lite';
import type { Card } from '../../questions/types.ts';
import { chartSpec } from './chart-spec.ts';
import { waterfallSpec } from './waterfall-spec.ts';
import { waterfallAltText, waterfallSteps } from './waterfall-steps.ts';

/** The picture that a card is worth, and what it shows in words; `null` where words do. */
export function pictureOf(card: Card): { filename: string; altText: string; spec: () => TopLevelSpec } | null {
  if (card.kind === 'score') {
    const { explanation } = card;
    return {
      filename: 'score.png',
      altText: waterfallAltText(explanation),
      spec: () => waterfallSpec(waterfallSteps(explanation)),
    };
  }
  if (card.kind === 'report' && card.chart !== null && card.chart.points.length > 0) {
    const { chart } = card;
    return { filename: `${card.topic}.png`, altText: chart.alt, spec: () => chartSpec(chart) };
  }
  return null;
}
