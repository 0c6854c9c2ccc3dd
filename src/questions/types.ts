/**
 * The read side, as its three renderings see it: tools, Slack cards and the command line.
 *
 * A question is answered once, here; `text` is the same sentence everywhere. It refers to figures as `{{key}}`, so no
 * renderer and no language model ever types a number of its own.
 */
import type { DataStanding } from '../icp/data-quality.ts';
import type { Explanation } from '../icp/explanation.ts';
import type { CausalVerdict, OutOfTime, Standing, Strength } from '../icp/model.ts';
import type { Layer, Part, Rate } from '../icp/types.ts';
import type { ReportCard, ReportOptions, ReportTopic } from './report-card.ts';

export type Unit = 'points' | 'tier' | 'share' | 'count' | 'money' | 'date' | 'days' | 'ratio' | 'number' | 'text';

/** One figure that may be shown to a person. Its key is unique within the answer. */
export interface Figure {
  key: string;
  label: string;
  /** A date is an ISO string; `null` is "not known". */
  v: number | string | null;
  unit: Unit;
  n?: number;
  low?: number;
  high?: number;
  /** A score on low evidence: a hint with a range, never a bare number. */
  rough?: true;
}

export interface Answer<C extends Card = Card> {
  /** Where the figures came from; `receipt ID` runs it again. */
  receipt: string;
  question: QuestionName;
  asOf: string;
  /** Template prose with `{{key}}` for figures: complete without a language model. Slack mrkdwn, one short paragraph. */
  text: string;
  figures: readonly Figure[];
  card: C;
}

export const questionNames = ['explain', 'compare', 'list', 'criteria', 'coverage', 'history', 'report'] as const;
export type QuestionName = (typeof questionNames)[number];

export interface AccountRef {
  book: string;
  id: string;
  name: string;
  domain: string | null;
}

export interface ScoreCard {
  kind: 'score';
  explanation: Explanation;
  /** Three up, two down at most: the criteria that move this account most, as keys into `explanation.criteria`. */
  up: readonly string[];
  down: readonly string[];
  /** The two questions: right kind of company? moving now? Each in words, e.g. `yes`, `partly`, `no`, `cannot tell`. */
  fit: { verdict: string; points: number };
  /** `signals`: those of the last 90 days; `null` where the book collects none. */
  timing: { verdict: string; points: number; signals: number | null };
  /** `fit, early`, `off-profile, active: investigate` or none. */
  label: string | null;
}

export interface CompareCard {
  kind: 'compare';
  left: Explanation;
  right: Explanation;
  /** Criteria by how much they part the two, largest first. */
  differences: readonly {
    key: string;
    label: string;
    layer: Layer;
    left: number;
    right: number;
    difference: number;
  }[];
  /** How much of the difference in score each step makes: base, criteria, clamp, detractor. */
  summary: string;
}

export interface ListedAccount extends AccountRef {
  score: number;
  tier: 1 | 2 | 3;
  ownerEmail: string | null;
  evidence: string;
  /** Of a score on low evidence: from where to where it may lie. */
  range?: { low: number; high: number } | null;
  label: string | null;
  /** Why it meets what is asked of its stack: `uses Dealwright`. */
  because?: string;
  /** A person's tier beside the model's, which is the one that the list is made by. */
  override?: { tier: 1 | 2 | 3; until: string; by: string };
}

export interface ListCard {
  kind: 'list';
  title: string;
  rows: readonly ListedAccount[];
  total: number;
  filter: ListFilter;
}

export interface ListFilter {
  tier?: 1 | 2 | 3 | undefined;
  owner?: string | undefined;
  label?: string | undefined;
  /** A technology, a field or an industry: `technology=hubspot`, `competitor=any`, `tech-added=90` in days. */
  where?: Readonly<Record<string, string>> | undefined;
  order?: 'best' | 'worst' | undefined;
  limit?: number | undefined;
  book?: string | undefined;
}

export interface CriteriaCard {
  kind: 'criteria';
  book: string;
  modelVersion: number | null;
  standing: Standing | null;
  base: number;
  /** Strongest weight over weakest. */
  ratio: number | null;
  rows: readonly {
    key: string;
    label: string;
    layer: Layer;
    part: Part;
    weight: number;
    strength: Strength;
    causal: CausalVerdict;
    best: { label: string; points: number; rate: Rate | null } | null;
    worst: { label: string; points: number; rate: Rate | null } | null;
  }[];
  stageValues: Readonly<Record<string, number>>;
  k: number;
  outOfTime: OutOfTime | null;
  /** Said plainly when nothing predicts, or when there is too little to learn from. */
  verdict: string;
  warnings: readonly string[];
  /** Whether the data are good enough to stand on, and what each layer came to. */
  data: DataStanding | null;
}

export interface CoverageCard {
  kind: 'coverage';
  book: string;
  outcomes: readonly {
    kind: string;
    count: number;
    from: string | null;
    to: string | null;
  }[];
  fields: readonly {
    field: string;
    layer: Layer;
    fill: Rate;
    sources: number;
    conflicts: number;
    state: string;
  }[];
  setAside: number;
  accounts: number;
  data: DataStanding | null;
}

export interface HistoryCard {
  kind: 'history';
  account: AccountRef;
  asOf: string;
  fields: readonly {
    field: string;
    value: string;
    observedAt: string | null;
    source: string;
    conflict: string | null;
  }[];
  /** What a person sees first: deals, then what became of them. CRM text is verbatim and marked as such. */
  deals: readonly {
    id: string;
    type: string;
    outcome: string;
    amount: number | null;
    createdAt: string | null;
    closedAt: string | null;
    cycleDays: number | null;
    lossReason: string | null;
    missingToQualify: readonly string[];
    more: Readonly<Record<string, string>>;
  }[];
  customer: {
    /** Whether it is one no more. */
    left: boolean;
    /** Dates and months are `null` where the source has only an order. */
    startedAt: string | null;
    endedAt: string | null;
    tenureMonths: number | null;
    churnReason: string | null;
    arr: number | null;
    usageTrend: number | null;
  } | null;
  timeline: readonly {
    at: string;
    what: string;
    detail: string | null;
    source: string;
  }[];
}

/** A plain message: nothing found, not understood, did you mean. `choices` become buttons that ask `question`. */
export interface NoticeCard {
  kind: 'notice';
  title: string;
  text: string;
  choices: readonly { label: string; question: string }[];
}

export type Card =
  | ScoreCard
  | CompareCard
  | ListCard
  | CriteriaCard
  | CoverageCard
  | HistoryCard
  | ReportCard
  | NoticeCard;

/** Where a figure came from. `same` is false when running it again gave another figure: something was tampered with. */
export interface Receipt {
  id: string;
  question: QuestionName;
  arguments: Readonly<Record<string, unknown>>;
  asOf: string;
  /** The last import that the question could see. */
  importId: number;
  modelVersion: number | null;
  createdAt: string;
  /** In words: what was read and counted. */
  read: readonly string[];
  figures: readonly Figure[];
  same: boolean;
  /** Figures that came out otherwise on running it again. */
  differences: readonly {
    key: string;
    stored: number | string | null;
    again: number | string | null;
  }[];
}

/** The questions that can be asked. Every method throws `IcpError` with a sentence for the person who asked. */
export interface Questions {
  explain(account: string, options?: { at?: number; book?: string }): Promise<Answer<ScoreCard>>;
  compare(left: string, right: string, options?: { at?: number; book?: string }): Promise<Answer<CompareCard>>;
  list(filter: ListFilter): Promise<Answer<ListCard>>;
  criteria(options?: { book?: string }): Promise<Answer<CriteriaCard>>;
  coverage(options?: { book?: string }): Promise<Answer<CoverageCard>>;
  history(account: string, options?: { at?: number; book?: string }): Promise<Answer<HistoryCard>>;
  /** What the last analysis found on a topic; `about` narrows it to one thing by name: a segment, a field, an account. */
  report(
    topic: ReportTopic,
    /** `at` is the earlier day for why a score has changed, `tier` the one that is wanted for what it would take. */
    options?: ReportOptions,
  ): Promise<Answer<ReportCard>>;
  receipt(id: string): Promise<Receipt>;
  /** Accounts whose name, domain or id is near the words, best first; for pickers and "did you mean". */
  suggest(words: string, limit: number): Promise<readonly AccountRef[]>;
}
