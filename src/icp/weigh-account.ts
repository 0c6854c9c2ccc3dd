import { type Evidence, gradeEvidence } from './evidence.ts';
import { muteAt, mutesOf } from './features/muting.ts';
import type { AccountHistory } from './history.ts';
import type { IcpModel, ModelRule } from './model.ts';
import { isAnswerKind } from './outreach/answer-kinds.ts';
import { matchesPattern } from './patterns/condition.ts';
import { type Scored, scoreAccount } from './score-account.ts';
import { type ScoreRange, scoreRange } from './score-range.ts';
import { segmentOf } from './segments/member.ts';
import { type TwoQuestions, twoQuestions } from './two-questions.ts';
import type { FeatureValue, FieldValue, Instant, TimeKind } from './types.ts';

const day = 86_400_000;
/** Behaviour is recent for 90 days. */
const recentDays = 90;

/** What was read of an account as of an instant: the part of a feature reading that a score and its explanation need. */
export interface ReadAccount {
  value: (key: string) => FeatureValue;
  /** The value as the source wrote it, when, and who said so. */
  provenance: (key: string) => Provenance;
  notes: readonly string[];
  /** Whether the account's book collects signals at all: without them, silence means nothing. */
  collectsSignals: boolean;
}

export interface Provenance {
  value: FieldValue;
  observedAt: Instant | null;
  source: string | null;
}

export interface WeighInput {
  model: IcpModel;
  timeKind: TimeKind;
  history: AccountHistory;
  read: ReadAccount;
  asOf: Instant;
}

/** A score with all that is said beside it. */
export interface Weighed {
  scored: Scored;
  /** Where the value of each criterion came from, in the order of `scored.hits`. */
  froms: readonly Provenance[];
  evidence: Evidence;
  /** From where to where the score may lie; `null` where points were set by hand. */
  range: ScoreRange | null;
  questions: TwoQuestions;
  /** The segment that it belongs to. */
  segment: ModelRule | null;
  /** Anti-patterns that it matches. */
  redFlags: readonly NonNullable<IcpModel['antiPatterns']>[number][];
}

/** Scores an account: what its explanation is made of, and the list of a whole book, so that the two cannot disagree. */
export function weighAccount({ model, timeKind, history, read, asOf }: WeighInput): Weighed {
  const scored = scoreAccount(model, read.value);
  const froms = scored.hits.map(({ criterion, value }) => provenanceOf(model, read, criterion.key, value));
  const newestAt = timeKind === 'order' ? null : newestOf(froms);
  return {
    scored,
    froms,
    evidence: gradeEvidence(model, scored, newestAt, asOf),
    range: scoreRange(model, scored),
    questions: twoQuestions(model, scored, read.collectsSignals ? recentSignals(history, asOf) : null),
    segment: segmentOf(model.segments ?? [], read.value),
    redFlags: (model.antiPatterns ?? []).filter((pattern) => matchesPattern(pattern, read.value)),
  };
}

function recentSignals(history: AccountHistory, asOf: Instant): number {
  const mutes = mutesOf(history, asOf);
  let recent = 0;
  for (const { kind, observedAt } of history.signals) {
    const isRecent = !isAnswerKind(kind) && observedAt <= asOf && asOf - observedAt <= recentDays * day;
    if (isRecent && muteAt(mutes, observedAt) === null) recent++;
  }
  return recent;
}

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
  let newest: Instant | null = null;
  for (const { observedAt } of froms) {
    if (observedAt !== null && (newest === null || observedAt > newest)) newest = observedAt;
  }
  return newest;
}
