/**
 * The nouns of the house, as types. `README.md` beside this file has the same words in prose.
 *
 * Everything here is plain, JSON-safe data: a model can be stored, compared, shown and replayed next year. Absent is
 * `undefined`, unknown is `null`.
 */

/** Milliseconds since 1970, UTC. Pure code knows no other clock. */
export type Instant = number;

/** A whole number of tenths of a point: 83 is 8.3 points. Sums of these are exact. */
export type Tenths = number;

/** A whole number of thousandths of a logit. Sums of these are exact. */
export type MilliLogits = number;

export const layers = ['firmographic', 'technographic', 'behavioural', 'pain'] as const;
/** Firmographic and technographic say whether it is the right kind of company; behavioural and pain, whether it is moving. */
export type Layer = (typeof layers)[number];

export const outcomeKinds = ['accepted', 'rejected', 'qualified', 'won', 'lost', 'expanded', 'churned'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export const stages = ['accepted', 'qualified', 'won', 'expanded'] as const;
/** What a lever predicts: the stages that an account may reach, in the order of their worth. */
export type Stage = (typeof stages)[number];

/** How a book's source tells time: by date, or only by the order of its rows (then no date of it is ever shown). */
export type TimeKind = 'dates' | 'order';

export const roles = ['rep', 'leader', 'revops', 'cs', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Person {
  email: string;
  slackId: string | null;
  name: string;
  role: Role;
}

/** Why only one of fit and timing: fit is learnt at an account's first touch, timing at monthly landmarks. */
export type Part = 'fit' | 'timing';

export type FeatureType = 'number' | 'category' | 'flag';

/** A value as a source holds it. `null` is asked and left blank; a list is a set of names (technologies). */
export type FieldValue = string | number | boolean | null | readonly string[];

/** A model input: a number, a category's level, `'present'` or `'absent'` for a flag; `null` is unknown. */
export type FeatureValue = number | string | null;

export interface Feature {
  /** Stable name in tables and exports, e.g. `industry`, `tech_hubspot`, `growth_velocity`. */
  key: string;
  /** In words, e.g. `Industry`, `Uses HubSpot`, `Headcount growth in a year`. */
  label: string;
  layer: Layer;
  part: Part;
  type: FeatureType;
  /** The field that it is read or derived from, e.g. `technologies`. */
  field: string;
  /** Levels of a category, most frequent first; a level that is not here is `other`. Absent for other types. */
  levels?: readonly string[];
  /** For numbers: how a value is written, e.g. `employees`, `%`, `days`. */
  unit?: string;
}

/** Rows of features, column by column: `columns[f][row]` belongs to `features[f]` and `accountIds[row]`. */
export interface FeatureTable {
  features: readonly Feature[];
  accountIds: readonly string[];
  columns: readonly (readonly FeatureValue[])[];
}

/** A rate never travels without its support: `v` successes in `n`, with a 95 % interval. */
export interface Rate {
  v: number;
  low: number;
  high: number;
  n: number;
}
