import type { Rate } from '../icp/types.ts';
import type { ClaimedCondition, FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, lineFor, percent } from './grade.ts';
import type { Truth } from './truth.ts';

/** Grades what was seen coming: customers who leave, customers who buy more, and leads turned down on sight. */
export function gradeLife(truth: Truth, { churn, expansion, rejections }: FindingsToGrade): GradeLine[] {
  const lines: GradeLine[] = [];
  if (truth.decay !== null) {
    lines.push(
      lineFor({ kind: 'decay', what: 'who is about to leave' }, churn, ({ method, judged }) => {
        if (judged === null) return { found: false, evidence: `not judged; ranked by ${method}` };
        const { learned, usageDecay } = judged.alerts;
        const better = (learned.precision?.v ?? 0) >= (usageDecay.precision?.v ?? 0);
        return {
          found: isClear(judged.auc) && better,
          evidence: `${tell(learned.precision)} of ${learned.alerts} alerts right, ${Math.round(learned.leadDays?.v ?? 0)} days ahead; by use alone ${tell(usageDecay.precision)}`,
        };
      }),
    );
  }
  if (truth.growth !== null) {
    lines.push(
      lineFor({ kind: 'growth', what: 'who is about to buy more' }, expansion, ({ method, judged }) => {
        if (judged === null) return { found: false, evidence: `not judged; ranked by ${method}` };
        return {
          found: isClear(judged.auc) && judged.topTen.v > judged.anyTen.v,
          evidence: `AUC ${judged.auc?.v.toFixed(2) ?? 'unknown'}; ${tell(judged.topTen)} of the top ten bought more, of any ten ${tell(judged.anyTen)}`,
        };
      }),
    );
  }
  const planted = truth.rejections;
  if (planted !== null) {
    lines.push(
      lineFor({ kind: 'rejections', what: `"${planted.reason}" on sight` }, rejections, (found) =>
        judgeRejections(planted, found),
      ),
    );
  }
  return lines;
}

/**
 * The habit counts as found when its reason is said to be given more often of late and of which kind of account; or when that
 * kind, or that reason, stands first among what the best accounts are turned down for. Either tells a manager whom to talk to about what.
 */
function judgeRejections(
  planted: NonNullable<Truth['rejections']>,
  { traits, reasons }: NonNullable<FindingsToGrade['rejections']>,
): { found: boolean; evidence: string } {
  const isItsKind = ({ key, field = key }: ClaimedCondition): boolean => field === planted.fields[0];
  const said = reasons.find(({ reason }) => reason.toLowerCase() === planted.reason);
  const kind = said?.traits?.find(isItsKind);
  const trait = traits.find(isItsKind);
  const [most] = reasons.filter(({ tier1 }) => tier1 > 0).toSorted((left, right) => right.tier1 - left.tier1);
  const rises = said?.lately
    ? `said of ${tell(said.lately.lately)} of late and of ${tell(said.lately.before)} before`
    : 'not said more often of late';
  return {
    found: (said?.lately != null && kind !== undefined) || trait !== undefined || (most !== undefined && most === said),
    evidence: `${rises}; ${kind === undefined ? 'no such kind' : `goes with "${kind.label}"`}; most often said of tier 1: ${most?.reason ?? 'nothing'}`,
  };
}

/** Better than chance beyond doubt. */
function isClear(auc: Rate | null): boolean {
  return auc !== null && auc.low > 0.5;
}

function tell(rate: Rate | null): string {
  return rate === null ? 'none' : percent(rate.v);
}
