import { assertNever } from '../../errors.ts';
import type { Criterion } from '../model.ts';
import type { ChangeKind, ModelChange } from './model-change.ts';

/** A change in words, for a person who decides on it. Names come from the data: escape them where they are shown. */
export interface DescribedChange {
  /** A few words: the line's heading. */
  title: string;
  /** One sentence that says what will be other than it is. */
  sentence: string;
  /** What it is about, by name. */
  subject: string;
}

/** Says what a change changes, with figures from the change itself. */
export function describeChange(change: ModelChange): DescribedChange {
  switch (change.kind) {
    case 'criterion added': {
      const { criterion } = change;
      return {
        title: `Add ${criterion.label}`,
        sentence: `${criterion.label} becomes a criterion of weight ${weight(criterion)}${extremes(criterion)}.`,
        subject: criterion.label,
      };
    }
    case 'criterion dropped':
      return {
        title: `Drop ${change.before.label}`,
        sentence: `${change.before.label} (weight ${weight(change.before)}) is a criterion no more.`,
        subject: change.before.label,
      };
    case 'criterion re-weighted': {
      const { criterion, before } = change;
      return {
        title: `Re-weight ${criterion.label}`,
        sentence: `${criterion.label} ${reweighted(before, criterion)}${extremes(criterion)}.`,
        subject: criterion.label,
      };
    }
    case 'tier cuts moved': {
      const { cuts, before } = change;
      return {
        title: 'Move the cuts of the tiers',
        sentence: `Tier 1 begins above ${cuts.primary} instead of ${before.primary}, tier 2 at ${cuts.nurture} instead of ${before.nurture}.`,
        subject: 'the cuts of the tiers',
      };
    }
    case 'stage values recalibrated': {
      const said = (values: Readonly<Record<string, number>>) =>
        Object.entries(values)
          .map(([stage, value]) => `${stage} ${value}`)
          .join(', ');
      return {
        title: 'Recalibrate the stage values',
        sentence: `The stages count as ${said(change.stageValues)} instead of ${said(change.before)}, as what accounts pay says. By itself it moves no score: the other lines were learnt by it.`,
        subject: 'the stage values',
      };
    }
    case 'segment added':
    case 'anti-pattern added':
      return {
        title: `Add the ${noun(change.kind)} ${change.rule.name}`,
        sentence: `${change.rule.name} becomes ${article(noun(change.kind))} ${noun(change.kind)}: ${conditions(change.rule)}.${citing(change)}`,
        subject: change.rule.name,
      };
    case 'segment altered':
    case 'anti-pattern altered':
      return {
        title: `Alter the ${noun(change.kind)} ${change.rule.name}`,
        sentence: `The ${noun(change.kind)} ${change.before.name} is now: ${conditions(change.rule)}, instead of: ${conditions(change.before)}.`,
        subject: change.rule.name,
      };
    case 'segment dropped':
    case 'anti-pattern dropped':
      return {
        title: `Drop the ${noun(change.kind)} ${change.before.name}`,
        sentence: `${change.before.name} is ${article(noun(change.kind))} ${noun(change.kind)} no more.`,
        subject: change.before.name,
      };
    case 'fine tuning': {
      const { criteria, dropped } = change.tuning;
      const gone = dropped.length === 0 ? '' : ` and ${dropped.length} that hardly mattered go`;
      return {
        title: 'Fine tuning',
        sentence: `${criteria.length} other criteria move by less than the lines above${gone}; probabilities and counts are brought up to date.`,
        subject: 'fine tuning',
      };
    }
    case 'table replaced': {
      const { model, before } = change;
      return {
        title: 'Replace the whole table',
        sentence: `A ${model.kind} table (${model.standing}) of ${model.criteria.length} criteria takes the place of the ${before.kind} one (${before.standing}).`,
        subject: 'the whole table',
      };
    }
    default:
      return assertNever(change);
  }
}

function reweighted(before: Criterion, after: Criterion): string {
  return weight(before) === weight(after)
    ? `keeps its weight of ${weight(after)} with other points`
    : `goes from weight ${weight(before)} to ${weight(after)}`;
}

function weight({ weight: share }: Criterion): string {
  return share.toFixed(2);
}

/** The bins that give most and least. */
function extremes({ bins }: Criterion): string {
  const sorted = bins.toSorted((left, right) => right.points - left.points);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (best === undefined || worst === undefined || best === worst) return '';
  return `: ${best.label} gives ${points(best.points)}, ${worst.label} ${points(worst.points)}`;
}

function points(tenths: number): string {
  return `${tenths > 0 ? '+' : ''}${(tenths / 10).toFixed(1)}`;
}

function noun(kind: ChangeKind): 'segment' | 'anti-pattern' {
  return kind.startsWith('segment') ? 'segment' : 'anti-pattern';
}

function article(word: 'segment' | 'anti-pattern'): string {
  return word === 'segment' ? 'a' : 'an';
}

function conditions({ conditions: all }: { conditions: readonly { label: string }[] }): string {
  return all.map(({ label }) => label).join(' and ');
}

function citing(change: ModelChange): string {
  if (change.kind !== 'anti-pattern added' || change.because === undefined) return '';
  const { answers, reason } = change.because;
  const reps = new Set(answers.map(({ by }) => by)).size;
  return ` It stands on ${answers.length} rejections for "${reason}" by ${reps} ${reps === 1 ? 'rep' : 'reps'}.`;
}
