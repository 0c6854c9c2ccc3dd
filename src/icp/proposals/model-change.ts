import type { Criterion, IcpModel, ModelRule } from '../model.ts';

/** A named rule of a model that a change adds, alters or drops. */
export type AntiPattern = NonNullable<IcpModel['antiPatterns']>[number];

/** What is learnt beside the points of single criteria: it goes as one. */
export interface FineTuning {
  base: IcpModel['base'];
  /** Criteria whose points move by next to nothing, and new ones that hardly matter. */
  criteria: readonly Criterion[];
  /** Keys of criteria that are given up and hardly mattered. */
  dropped: readonly string[];
  levers: IcpModel['levers'];
  detractor: IcpModel['detractor'];
  /** What the model says of its own making: counts, dates, record, warnings. */
  made: Pick<IcpModel, 'standing' | 'asOf' | 'seed' | 'counts' | 'historyDays' | 'outOfTime' | 'suspects' | 'warnings'>;
}

/**
 * One line of a proposal: what would change in the model in force, whole, so that a line can be approved without the others.
 *
 * `before` is what the model in force has in its place.
 */
export type ModelChange =
  | { kind: 'criterion added'; criterion: Criterion }
  | { kind: 'criterion dropped'; before: Criterion }
  | { kind: 'criterion re-weighted'; criterion: Criterion; before: Criterion }
  | { kind: 'tier cuts moved'; cuts: IcpModel['cuts']; before: IcpModel['cuts'] }
  | { kind: 'segment added'; rule: ModelRule }
  | { kind: 'segment altered'; rule: ModelRule; before: ModelRule }
  | { kind: 'segment dropped'; before: ModelRule }
  | { kind: 'anti-pattern added'; rule: AntiPattern; because?: Because }
  | { kind: 'anti-pattern altered'; rule: AntiPattern; before: AntiPattern }
  | { kind: 'anti-pattern dropped'; before: AntiPattern }
  | { kind: 'stage values recalibrated'; stageValues: IcpModel['stageValues']; before: IcpModel['stageValues'] }
  | { kind: 'fine tuning'; tuning: FineTuning }
  /** One kind of model in the place of another: the first learned one for the written ICP. */
  | { kind: 'table replaced'; model: IcpModel; before: Pick<IcpModel, 'kind' | 'standing'> };

export type ChangeKind = ModelChange['kind'];

/** Answers of reps that a change stands on. */
export interface Because {
  answers: readonly { answerId: number; leadId: string; accountId: string | null; by: string; byName: string }[];
  reason: string;
}

/** What a person alters in a line before approving it. */
export type ChangeEdit =
  /** The criterion's share of the total range, 0 to 1: its points grow or shrink together. */
  | { weight: number }
  /** Points of single bins, by their label, in points with one decimal. */
  | { points: Readonly<Record<string, number>> }
  | { cuts: IcpModel['cuts'] }
  | { name: string };
