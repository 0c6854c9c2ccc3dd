import type { EvidenceGrade, IcpModel } from './model.ts';
import { evidenceGrades } from './model.ts';
import type { Scored } from './score-account.ts';
import type { Instant } from './types.ts';

export interface Evidence {
  grade: EvidenceGrade;
  /** What held the grade down, in words. Empty for an A. */
  reasons: readonly string[];
}

const day = 86_400_000;
const oldAfterDays = 180;
const thinBelow = 20;
/** A criterion moves an account when it adds or takes this many tenths of a point. */
const movesFrom = 20;

/**
 * How good the data behind one score is: A to D, from the model's standing, how much of the account is known, how old the
 * newest of it is, and how many accounts stand behind the criteria that move it.
 *
 * A learned model with 100 won and lost starts at A, a provisional one at B, a hypothesis at C; every shortcoming takes a
 * grade.
 *
 * @param newestAt when the newest value that the model read was observed; `null` where nothing it read has a date
 */
export function gradeEvidence(model: IcpModel, scored: Scored, newestAt: Instant | null, asOf: Instant): Evidence {
  const reasons: string[] = [];
  let steps = 0;
  if (model.standing === 'provisional') {
    steps += 1;
    reasons.push(`the model is provisional: ${model.counts.won} won and ${model.counts.lost} lost accounts`);
  }
  if (model.standing === 'hypothesis') {
    steps += 2;
    reasons.push('the points are a hypothesis: nothing has been learnt from outcomes yet');
  }

  const known = shareKnown(scored);
  if (known < 0.8) {
    steps += known < 0.5 ? 2 : 1;
    reasons.push(`${Math.round(known * 100)} % of the weight of the criteria is known for this account`);
  }

  if (newestAt !== null && asOf - newestAt > oldAfterDays * day) {
    steps += 1;
    reasons.push(`the newest observation is ${Math.round((asOf - newestAt) / day)} days old`);
  }

  const thin = scored.hits.filter(
    ({ bin }) => bin !== null && Math.abs(bin.points) >= movesFrom && (bin.rate?.n ?? thinBelow) < thinBelow,
  );
  if (thin.length > 0) {
    steps += 1;
    const fewest = Math.min(...thin.map(({ bin }) => bin?.rate?.n ?? 0));
    reasons.push(
      `${thin.length === 1 ? 'one criterion rests' : `${thin.length} criteria rest`} on as few as ${fewest} accounts`,
    );
  }
  return { grade: evidenceGrades[Math.min(steps, evidenceGrades.length - 1)] ?? 'D', reasons };
}

/**
 * Whether a score of this grade is a hint only, and never shown as a bare number.
 *
 * @example isLowEvidence('D'); // => true
 */
export function isLowEvidence(grade: string): boolean {
  return grade === 'D';
}

/** Share of the criteria's weight whose value is known, 1 when the model has no criteria. */
function shareKnown(scored: Scored): number {
  let known = 0;
  let all = 0;
  for (const { criterion, value } of scored.hits) {
    all += criterion.weight;
    if (value !== null) known += criterion.weight;
  }
  return all === 0 ? 1 : known / all;
}
