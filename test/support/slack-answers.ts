import type { ExplainedCriterion, Explanation } from '../../src/icp/explanation.ts';
import type { Answer, ScoreCard } from '../../src/questions/types.ts';

export function aCriterion(more: Partial<ExplainedCriterion> = {}): ExplainedCriterion {
  return {
    key: 'industry',
    label: 'Industry is logistics',
    layer: 'firmographic',
    value: 'logistics',
    points: 8.3,
    weight: 0.12,
    strength: 'strong',
    part: 'fit',
    rate: { v: 0.31, low: 0.24, high: 0.39, n: 142 },
    causal: 'structural',
    observedAt: '2026-08-02T00:00:00Z',
    source: 'salesforce',
    ...more,
  };
}

/** The worked example of the contract: 41.2 + 17.1 = 58.3, times 0.848 is 49.4. */
export function anExplanation(more: Partial<Explanation> = {}): Explanation {
  return {
    account: { id: '001', name: 'Halden Logistics', domain: 'halden.example', book: 'main' },
    asOf: '2026-09-30T00:00:00Z',
    modelVersion: 3,
    context: {
      owner: 'dana@ours.example',
      openPipeline: 48000,
      lastActivityAt: '2026-09-21T00:00:00Z',
      url: null,
      crmTier: 2,
    },
    score: 49.4,
    tier: 2,
    tierRule: null,
    override: null,
    evidence: { grade: 'B', reasons: [] },
    range: null,
    base: 41.2,
    criteria: [
      aCriterion(),
      aCriterion({
        key: 'sequencer',
        label: 'No outreach sequencer',
        layer: 'technographic',
        value: 'absent',
        points: 9,
        weight: 0.15,
        strength: 'must',
        rate: { v: 0.34, low: 0.27, high: 0.42, n: 151 },
        causal: 'likely drives',
        source: 'import',
      }),
      aCriterion({
        key: 'pages',
        label: 'Few page views',
        layer: 'behavioural',
        value: 3,
        points: -0.2,
        weight: 0.05,
        strength: 'bonus',
        rate: { v: 0.17, low: 0.12, high: 0.23, n: 201 },
        causal: 'cannot tell',
        source: 'import',
      }),
    ],
    clamp: 0,
    positive: 58.3,
    detractor: {
      probability: 0.18,
      baseRate: 0.127,
      match: 0.203,
      flagged: false,
      k: 0.75,
      multiplier: 0.848,
      reasons: [],
    },
    levers: { accepted: 0.61, qualified: 0.33, won: 0.18, expanded: 0.06 },
    layers: { firmographic: 8.3, technographic: 9, behavioural: -0.2, pain: 0 },
    segment: null,
    warnings: [],
    ...more,
  };
}

export function aScoreAnswer(explanation: Explanation = anExplanation()): Answer<ScoreCard> {
  const sorted = explanation.criteria.toSorted((a, b) => b.points - a.points);
  return {
    receipt: 'r1',
    question: 'explain',
    asOf: explanation.asOf,
    text: `${explanation.account.name} scores {{score}}.`,
    figures: [{ key: 'score', label: 'Score', v: explanation.score, unit: 'points' }],
    card: {
      kind: 'score',
      explanation,
      up: sorted
        .filter(({ points }) => points > 0)
        .slice(0, 3)
        .map(({ key }) => key),
      down: sorted
        .filter(({ points }) => points < 0)
        .slice(-2)
        .map(({ key }) => key),
      fit: { verdict: 'yes', points: explanation.layers.firmographic + explanation.layers.technographic },
      timing: { verdict: 'no', points: explanation.layers.behavioural + explanation.layers.pain, signals: 1 },
      label: 'fit, early',
    },
  };
}
