import type { Random } from '../stats/random.ts';
import { hasAny } from './segments.ts';
import { competitorTools } from './technologies.ts';
import { clamp, type Traits } from './traits.ts';

/** How the other side goes about a deal. Known while the deal is open. */
export interface Evaluation {
  stakeholders: number;
  /** They are bound to somebody else. */
  vendorContract: boolean;
  procurement: 'none' | 'light' | 'formal';
}

/** The loss pattern: what it is called, and what comes of it. */
export const longEvaluations = {
  name: 'Long evaluation cycles',
  conditions: [
    { field: 'stakeholders', is: 'more than 5' },
    { field: 'vendor_contract', is: 'yes' },
    { field: 'procurement', is: 'formal' },
  ],
  /** Of all of them. */
  dark: 0.4,
  /** Of those that do not go dark. */
  closed: 0.15,
  /** Days from first to last, at least and at most. */
  days: [190, 340],
  /** What they pay of what was quoted, when they buy after all. */
  price: [0.55, 0.65],
} as const;

/** Draws how a company would evaluate: the larger it is, the more people and the more procedure. */
export function drawEvaluation(traits: Traits, random: Random): Evaluation {
  const logSize = Math.log(traits.employees);
  const stakeholders = Math.round(clamp(1.2 + 0.75 * logSize + 1.4 * random.normal(), 1, 14));
  const vendorContract = random.next() < (hasAny(traits, competitorTools) ? 0.72 : 0.48);
  const formal = clamp(0.45 + 0.07 * (logSize - 5), 0.1, 0.7);
  const procurement = random.weighted(['none', 'light', 'formal'] as const, [
    0.4 * (1 - formal),
    0.6 * (1 - formal),
    formal,
  ]);
  return { stakeholders, vendorContract, procurement };
}

/** Whether a deal is of the loss pattern: all three at once. Two of them do no harm. */
export function isLongEvaluation({ stakeholders, vendorContract, procurement }: Evaluation): boolean {
  return stakeholders > 5 && vendorContract && procurement === 'formal';
}
