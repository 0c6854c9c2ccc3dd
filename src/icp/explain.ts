import type { ExplainedCriterion, Explanation } from './explanation.ts';
import type { AccountHistory } from './history.ts';
import type { Criterion, ModelBin } from './model.ts';
import type { Scored } from './score-account.ts';
import type { TwoQuestions } from './two-questions.ts';
import type { Instant } from './types.ts';
import { type WeighInput, weighAccount } from './weigh-account.ts';

export interface ExplainInput extends WeighInput {
  modelVersion: number;
}

/** A score and why, with the two questions read off it. */
export function explainAccount(input: ExplainInput): { explanation: Explanation; questions: TwoQuestions } {
  const { model, history, read, asOf, timeKind } = input;
  const { scored, froms, evidence, range, questions, segment, redFlags } = weighAccount(input);
  const dated = (instant: Instant | null) =>
    instant === null || timeKind === 'order' ? null : new Date(instant).toISOString();

  const criteria: ExplainedCriterion[] = [];
  for (const [nth, { criterion, bin }] of scored.hits.entries()) {
    const from = froms[nth]!;
    criteria.push({
      key: criterion.key,
      label: bin?.label ?? `${criterion.label} is a value that the model has not met`,
      layer: criterion.layer,
      value: from.value,
      points: (bin?.points ?? 0) / 10,
      weight: criterion.weight,
      strength: criterion.strength,
      part: criterion.part,
      rate: bin?.rate ?? null,
      causal: criterion.causal,
      observedAt: dated(from.observedAt),
      source: from.source,
    });
  }
  criteria.sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.key < b.key ? -1 : 1));

  const explanation: Explanation = {
    account: { id: history.id, name: history.name, domain: history.domain, book: history.book },
    asOf: new Date(asOf).toISOString(),
    modelVersion: input.modelVersion,
    context: {
      owner: history.ownerEmail,
      openPipeline: openPipeline(history, asOf),
      lastActivityAt: dated(lastActivity(history, asOf)),
      url: null,
      crmTier: null,
    },
    score: scored.score / 10,
    tier: scored.tier,
    tierRule: scored.tierRule,
    override: null,
    evidence,
    range,
    base: model.base / 10,
    criteria,
    clamp: scored.clamp / 10,
    positive: scored.positive / 10,
    detractor: {
      probability: rounded(scored.churn),
      baseRate: model.detractor?.baseRate ?? null,
      match: scored.match / 1000,
      flagged: scored.flagged,
      k: model.detractor?.k ?? 0,
      multiplier: scored.multiplier / 1000,
      reasons: detractorReasons(scored),
    },
    levers: {
      accepted: rounded(scored.levers.accepted),
      qualified: rounded(scored.levers.qualified),
      won: rounded(scored.levers.won),
      expanded: rounded(scored.levers.expanded),
    },
    layers: {
      firmographic: scored.layers.firmographic / 10,
      technographic: scored.layers.technographic / 10,
      behavioural: scored.layers.behavioural / 10,
      pain: scored.layers.pain / 10,
    },
    segment: segment?.name ?? null,
    warnings: [
      ...redFlags.map(redFlagLine),
      ...read.notes,
      ...(model.detractor === null ? ['churn after use is not estimable yet: the multiplier is 1'] : []),
    ],
  };
  return { explanation, questions };
}

/** What makes an account look like those that left, strongest first; nothing where it is no more churn-like than most. */
function detractorReasons(scored: Scored): string[] {
  if (scored.match === 0) return [];
  return scored.hits
    .flatMap(({ criterion, bin }) => (bin !== null && bin.churn > 0 ? [{ criterion, bin }] : []))
    .sort((a, b) => b.bin.churn - a.bin.churn)
    .slice(0, 3)
    .map(({ criterion, bin }) => traitLine(criterion, bin));
}

/** A bin as one trait among others; a flag that nobody knows as a field that nobody knows: `Use of Airtable is not known`. */
function traitLine({ type, label }: Criterion, bin: ModelBin): string {
  if (type !== 'flag' || bin.match.kind !== 'unknown') return bin.label;
  const used = /^Uses (.+)$/.exec(label)?.[1];
  const had = /^(?:Has|Have) (?:an? )?(.+)$/.exec(label)?.[1];
  if (used !== undefined) return `Use of ${used} is not known`;
  return `${had === undefined ? label : had.charAt(0).toUpperCase() + had.slice(1)} is not known`;
}

/** What a salesperson is told of an account that looks like those that come to nothing. */
function redFlagLine({ name, winRate }: NonNullable<WeighInput['model']['antiPatterns']>[number]): string {
  const won = winRate === null ? '' : `: ${(100 * winRate.v).toFixed(1)} % of ${winRate.n} were won`;
  return `red flag: ${name}${won}`;
}

/** A probability as it is shown and kept: to three decimals. */
export function rounded(probability: number | null): number | null {
  return probability === null ? null : Math.round(probability * 1000) / 1000;
}

/** What an account's open deals amount to, as of an instant. */
export function openPipeline(history: AccountHistory, asOf: Instant): number {
  let sum = 0;
  for (const { createdAt, closedAt, amount, outcome } of history.opportunities) {
    const begun = createdAt === null || createdAt <= asOf;
    const open = outcome === 'open' ? true : closedAt !== null && closedAt > asOf;
    if (begun && open) sum += amount ?? 0;
  }
  return sum;
}

function lastActivity(history: AccountHistory, asOf: Instant): Instant | null {
  let last: Instant | null = null;
  const see = (instant: Instant | null) => {
    if (instant !== null && instant <= asOf && (last === null || instant > last)) last = instant;
  };
  for (const { observedAt } of history.signals) see(observedAt);
  for (const { createdAt } of history.leads) see(createdAt);
  for (const { createdAt, closedAt } of history.opportunities) {
    see(createdAt);
    see(closedAt);
  }
  for (const { occurredAt } of history.outcomes) see(occurredAt);
  return last;
}
