import type { Button, KnownBlock } from '@slack/types';
import { isLowEvidence } from '../../icp/evidence.ts';
import type { ExplainedCriterion, Explanation } from '../../icp/explanation.ts';
import type { Layer } from '../../icp/types.ts';
import { formatDate, formatNumber, roughScore } from '../../questions/format-figure.ts';
import type { Answer, ScoreCard } from '../../questions/types.ts';
import { actionIds } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { arithmeticLine, signed } from './arithmetic.ts';
import {
  actions,
  button,
  columns,
  context,
  lineSections,
  type Message,
  type Picture,
  picture,
  section,
} from './blocks.ts';
import { plain } from './text.ts';

export interface ScoreCardOptions {
  /** The waterfall, once it is drawn and uploaded. */
  picture?: Picture | null;
  /** Who asked, where the channel cannot see it (a slash command). */
  askedBy?: string | null;
  /** Only the verdict, the two questions and what they rest on. */
  brief?: boolean;
}

/** The first thing a person sees of an account, meant to be read in ten seconds; the rest is behind Why. */
export function scoreCard(answer: Answer<ScoreCard>, options: ScoreCardOptions = {}): Message {
  const { card } = answer;
  const { explanation } = card;
  return {
    text: verdict(explanation).replaceAll('*', ''),
    blocks: [
      section([verdict(explanation), ...labelLine(card)].join('\n')),
      ...(options.brief ? [] : reasons(card)),
      columns([fitQuestion(card), timingQuestion(card)]),
      ...rules(explanation),
      context(standing(explanation)),
      ...(options.picture ? [picture(options.picture)] : []),
      context(arithmeticLine(explanation)),
      context(provenance(answer, options.askedBy ?? null)),
      scoreActions(answer),
    ],
  };
}

/** One line: who, which tier, which score, and by whose word. Low evidence is never a bare number. */
export function verdict(explanation: Explanation): string {
  const { account, override, tier, score, range, evidence } = explanation;
  const name = `*${plain(account.name, 150)}*`;
  const scored = isLowEvidence(evidence.grade)
    ? `a rough score: ${roughScore(score, range)}, so read it as a hint`
    : `a score of *${formatNumber(score, 1)}*`;
  if (!override) return `${name} is *tier ${tier}* with ${scored}`;
  return `${name} is *tier ${override.tier}* by decision of ${plain(override.by, 80)}; the model says tier ${tier} with ${scored}`;
}

function labelLine({ label }: ScoreCard): string[] {
  return label === null ? [] : [`_${plain(label, 100)}_`];
}

function reasons(card: ScoreCard): KnownBlock[] {
  const byKey = new Map(card.explanation.criteria.map((criterion) => [criterion.key, criterion]));
  const lines = (keys: readonly string[], most: number) =>
    keys
      .flatMap((key) => byKey.get(key) ?? [])
      .slice(0, most)
      .map(reason)
      .join('\n');
  const up = lines(card.up, 3);
  const down = lines(card.down, 2);
  return [
    columns([`*Speaks for it*\n${up || 'nothing measured'}`, `*Speaks against it*\n${down || 'nothing measured'}`]),
  ];
}

function reason({ points, label }: ExplainedCriterion): string {
  return `${signed(points)}  ${plain(label, 120)}`;
}

function fitQuestion({ fit, explanation }: ScoreCard): string {
  return twoLayers('Is this the right kind of company?', fit.verdict, explanation, 'firmographic', 'technographic');
}

function timingQuestion({ timing, explanation }: ScoreCard): string {
  const { behavioural, pain } = explanation.layers;
  const question = 'Is it moving now?';
  if (behavioural !== 0 || pain !== 0) return twoLayers(question, timing.verdict, explanation, 'behavioural', 'pain');
  return `*${question}*\n${plain(timing.verdict, 60)}: ${unscored(timing.signals)}`;
}

/** What a verdict on timing rests on where no points do. */
function unscored(signals: number | null): string {
  if (signals === null) return 'there are no signals in this data';
  if (signals === 0) return 'no signals in the last 90 days';
  const counted = signals === 1 ? '1 signal' : `${formatNumber(signals, 0)} signals`;
  return `${counted} in the last 90 days, which the model gives no points for yet`;
}

function twoLayers(question: string, verdict: string, { layers }: Explanation, first: Layer, second: Layer): string {
  const layer = (name: Layer) => `${name} ${signed(layers[name])}`;
  return `*${question}*\n${plain(verdict, 60)}: ${layer(first)}, ${layer(second)}`;
}

/** What a person has to see with the score, and not only behind Why. */
const isPlainlySaid = (warning: string) => /^caution \(|^red flag: | muted by | in force on that day/.test(warning);

function rules({ tierRule, detractor, override, warnings }: Explanation): KnownBlock[] {
  const lines: string[] = [];
  if (tierRule !== null) lines.push(`*Rule:* ${plain(tierRule, 300)}`);
  if (detractor.flagged) {
    const why = detractor.reasons.slice(0, 3).map((text) => plain(text, 150));
    lines.push(`*Looks like customers who churned:* ${why.join('; ') || 'no single trait stands out'}`);
  }
  if (override) {
    lines.push(`*Override:* ${plain(override.reason, 300)}, until ${plain(formatDate(override.until), 40)}`);
  }
  for (const warning of warnings.filter(isPlainlySaid).slice(0, 5)) lines.push(`*Note:* ${plain(warning, 400)}`);
  return lineSections(lines);
}

function standing({ evidence, context: facts, tier }: Explanation): string {
  const grade = evidence.reasons.slice(0, 3).map((text) => plain(text, 150));
  const parts = [
    `Evidence *${evidence.grade}*${grade.length > 0 ? ` (${grade.join('; ')})` : ''}`,
    `owner ${facts.owner === null ? 'nobody' : plain(facts.owner, 80)}`,
    `open pipeline ${formatNumber(facts.openPipeline, 0)}`,
    `last activity ${facts.lastActivityAt === null ? 'not known' : plain(formatDate(facts.lastActivityAt), 40)}`,
  ];
  if (facts.crmTier !== null && facts.crmTier !== tier) parts.push(`the CRM still says tier ${facts.crmTier}`);
  return parts.join('  ·  ');
}

function provenance({ card: { explanation } }: Answer<ScoreCard>, askedBy: string | null): string {
  const { warnings, modelVersion, asOf } = explanation;
  return [
    `As of ${plain(formatDate(asOf), 40)}`,
    `model ${modelVersion}`,
    ...(warnings.length === 0 ? [] : [`${warnings.length === 1 ? '1 note' : `${warnings.length} notes`} behind Why`]),
    ...(askedBy === null ? [] : [`asked by ${plain(askedBy, 80)}`]),
  ].join('  ·  ');
}

function scoreActions({ receipt, card: { explanation } }: Answer<ScoreCard>): KnownBlock {
  const value = writeAccount({ ...explanation.account, asOf: explanation.asOf });
  const buttons: Button[] = [
    { ...button('Why', actionIds.why, value), style: 'primary' },
    button('Receipts', actionIds.receipts, receipt),
    button('Compare', actionIds.compare, value),
    button('Wrong?', actionIds.wrong, value),
    explanation.override === null
      ? button('Override', actionIds.override, value)
      : button('Lift override', actionIds.liftOverride, value),
  ];
  return actions(buttons);
}
