import { gradeEvidence } from './evidence.ts';
import type { ExplainedCriterion, Explanation } from './explanation.ts';
import type { AccountHistory } from './history.ts';
import type { IcpModel } from './model.ts';
import { type Scored, scoreAccount } from './score-account.ts';
import { type TwoQuestions, twoQuestions } from './two-questions.ts';
import type { FeatureValue, FieldValue, Instant, TimeKind } from './types.ts';

const day = 86_400_000;
/** Behaviour is recent for 90 days. */
const recentDays = 90;

/** What was read of an account as of an instant: the part of a feature reading that an explanation shows. */
export interface ReadAccount {
  value: (key: string) => FeatureValue;
  /** The value as the source wrote it, when, and who said so. */
  provenance: (key: string) => { value: FieldValue; observedAt: Instant | null; source: string | null };
  notes: readonly string[];
  /** Whether the account's book collects signals at all: without them, silence means nothing. */
  collectsSignals: boolean;
}

export interface ExplainInput {
  model: IcpModel;
  modelVersion: number;
  timeKind: TimeKind;
  history: AccountHistory;
  read: ReadAccount;
  asOf: Instant;
}

/** A score and why, with the two questions read off it. */
export function explainAccount(input: ExplainInput): { explanation: Explanation; questions: TwoQuestions } {
  const { model, history, read, asOf, timeKind } = input;
  const scored = scoreAccount(model, read.value);
  const dated = (instant: Instant | null) =>
    instant === null || timeKind === 'order' ? null : new Date(instant).toISOString();
  const froms = scored.hits.map(({ criterion, value }) => provenanceOf(model, read, criterion.key, value));
  const newestAt = timeKind === 'order' ? null : newestOf(froms);
  const recent = history.signals.filter(
    ({ observedAt }) => observedAt <= asOf && asOf - observedAt <= recentDays * day,
  );

  const criteria: ExplainedCriterion[] = [];
  for (const [nth, { criterion, bin }] of scored.hits.entries()) {
    const from = froms[nth] ?? nowhere;
    criteria.push({
      key: criterion.key,
      label: bin?.label ?? `${criterion.label} is a value that the model has not met`,
      layer: criterion.layer,
      value: from.value,
      points: (bin?.points ?? 0) / 10,
      weight: criterion.weight,
      strength: criterion.strength,
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
    evidence: gradeEvidence(model, scored, newestAt, asOf),
    base: model.base / 10,
    criteria,
    clamp: scored.clamp / 10,
    positive: scored.positive / 10,
    detractor: {
      probability: scored.churn === null ? null : Math.round(scored.churn * 1000) / 1000,
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
    segment: null,
    warnings: [
      ...read.notes,
      ...(model.detractor === null ? ['churn after use is not estimable yet: the multiplier is 1'] : []),
    ],
  };
  return { explanation, questions: twoQuestions(model, scored, read.collectsSignals ? recent.length : null) };
}

/** What makes an account look like those that left, strongest first; nothing where it is no more churn-like than most. */
function detractorReasons(scored: Scored): string[] {
  if (scored.match === 0) return [];
  return scored.hits
    .flatMap(({ bin }) => (bin !== null && bin.churn > 0 ? [bin] : []))
    .sort((a, b) => b.churn - a.churn)
    .slice(0, 3)
    .map(({ label }) => label);
}

function rounded(probability: number | null): number | null {
  return probability === null ? null : Math.round(probability * 1000) / 1000;
}

function openPipeline(history: AccountHistory, asOf: Instant): number {
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

type Provenance = ReturnType<ReadAccount['provenance']>;
const nowhere: Provenance = { value: null, observedAt: null, source: null };

/** A flag made of several rests on all of them that are known: it is as old as the oldest, and names each source once. */
function provenanceOf(model: IcpModel, read: ReadAccount, key: string, value: FeatureValue): Provenance {
  const derived = model.derived?.find((candidate) => candidate.key === key);
  if (derived === undefined) return read.provenance(key);
  if (value === null) return nowhere;
  const parts = derived.of.map((part) => read.provenance(part)).filter(({ source }) => source !== null);
  const dates = parts.map(({ observedAt }) => observedAt).filter((at) => at !== null);
  return {
    value,
    observedAt: dates.length === 0 ? null : Math.min(...dates),
    source: parts.length === 0 ? null : [...new Set(parts.map(({ source }) => source))].join(', '),
  };
}

/** When the newest value that the model read was observed; fields that it does not use do not make a score fresher. */
function newestOf(froms: readonly Provenance[]): Instant | null {
  const dates = froms.map(({ observedAt }) => observedAt).filter((at) => at !== null);
  return dates.length === 0 ? null : Math.max(...dates);
}
