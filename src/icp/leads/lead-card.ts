import type { Explanation } from '../explanation.ts';
import type { EvidenceGrade } from '../model.ts';
import type { ScoreRange } from '../score-range.ts';
import type { Instant } from '../types.ts';
import type { LeadStanding } from './lead-standing.ts';

/** Who to talk to. `ofLead` is false where the lead names nobody, and the most senior contact of the account stands in. */
export interface LeadPerson {
  name: string | null;
  title: string | null;
  ofLead: boolean;
}

/** What the model says of a lead's account, short enough for a card. */
export interface LeadScore {
  score: number;
  tier: 1 | 2 | 3;
  evidence: EvidenceGrade;
  /** From where to where the score may lie, in points; `null` where nobody knows. */
  range?: ScoreRange | null;
  /** What moves the score most, with its points. */
  reasons: readonly { label: string; points: number }[];
  modelVersion: number;
  asOf: string;
  /** A person's tier beside the model's. */
  override: { tier: 1 | 2 | 3; byName: string } | null;
  /** What people say of every account of its kind. */
  cautions: readonly string[];
}

/** A lead as a person is shown it. */
export interface LeadCard {
  book: string;
  leadId: string;
  accountId: string | null;
  /** The account's name; the company or address that the lead itself names, where it has no account. */
  company: string | null;
  person: LeadPerson | null;
  source: string | null;
  createdAt: Instant | null;
  ownerEmail: string | null;
  /** `null` for a lead without an account, or of an account that was never scored. */
  score: LeadScore | null;
  state: LeadStanding;
}

const mostReasons = 3;

/** The score of an explanation with what moves it most: two or three reasons, of which one may speak against it. */
export function leadScoreOf(explanation: Explanation): Omit<LeadScore, 'override' | 'cautions'> {
  const { score, tier, evidence, range, criteria, modelVersion, asOf } = explanation;
  const moving = criteria
    .filter(({ points }) => points !== 0)
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points) || Number(a.value === null) - Number(b.value === null));
  return {
    ...{ score, tier, evidence: evidence.grade, range, modelVersion, asOf },
    reasons: moving.slice(0, mostReasons).map(({ label, points }) => ({ label, points })),
  };
}
