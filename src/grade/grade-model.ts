import type { Criterion, ModelBin } from '../icp/model.ts';
import type { FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor, percent } from './grade.ts';
import type { Truth } from './truth.ts';

/** Both marks of the detractor's kind must be among so many criteria that move leaving the most. */
const strongest = 4;
const detractorMarks = ['use_case', 'tech_airtable'] as const;

function isMark(key: string): boolean {
  return detractorMarks.some((mark) => mark === key);
}

/** Size and industry are of the profile as well: where they stand before its marks, that is right. Not so any other tool. */
function isProfile(fields: readonly string[], field: string): boolean {
  return field !== 'technologies' && fields.includes(field);
}

/** Grades what the table itself must show: the detractor, the darling, the noise and the leak. */
export function gradeModel(truth: Truth, findings: FindingsToGrade): GradeLine[] {
  const { criteria, detractor, suspects } = findings.model;
  const lines: GradeLine[] = [];
  const { detractor: planted } = truth;
  if (planted !== null) {
    lines.push(
      lineFor({ kind: 'detractor', what: 'reporters on Airtable leave' }, criteria, () => {
        const isElse = ({ key, field }: Criterion): boolean => isMark(key) || !isProfile(planted.fields, field);
        const order = criteria
          .filter(isElse)
          .toSorted((left, right) => churnSpread(right) - churnSpread(left))
          .map(({ key }) => key);
        const places = detractorMarks.map((mark) => order.indexOf(mark) + 1);
        return {
          found: detractor !== null && places.every((place) => place > 0 && place <= strongest),
          evidence:
            detractor === null
              ? 'no detractor was learnt'
              : `use case is number ${places[0]} of what moves leaving, Airtable number ${places[1]}`,
        };
      }),
    );
  }
  const { darling } = truth;
  if (darling !== null) {
    lines.push(
      lineFor({ kind: 'darling', what: `${darling.field}: loved by reps, lacking in who expands` }, criteria, () =>
        judgeDarling(criteria.find(({ field }) => field === darling.field)),
      ),
    );
  }
  const { leak } = truth;
  if (leak !== null) {
    lines.push(
      lineFor({ kind: 'leak', what: leak.field }, suspects, () => {
        const suspect = suspects.find(({ field }) => field === leak.field);
        return { found: suspect !== undefined, evidence: suspect?.reason ?? 'it was used' };
      }),
    );
  }
  if (truth.noise.length > 0) {
    lines.push(
      lineFor({ kind: 'noise', what: `${truth.noise.length} columns that mean nothing` }, criteria, () => {
        const used = criteria.filter(({ field }) => truth.noise.includes(field));
        const weight = used.reduce((sum, each) => sum + each.weight, 0);
        const heavy = used.filter(({ strength }) => strength !== 'bonus');
        const driving = (findings.causes?.judged ?? []).filter(
          ({ field, verdict }) => truth.noise.includes(field) && verdict === 'likely drives',
        );
        return {
          found: heavy.length === 0 && driving.length === 0,
          evidence: `${percent(weight)} of all weight together, ${heavy.length} called strong, ${driving.length} called a cause`,
        };
      }),
    );
  }
  return lines;
}

/**
 * What the better known half of the accounts get for it against the lesser known half, and what the levers say.
 *
 * Halves, and not the outermost ranges: these hold few accounts, and their points say little.
 */
function judgeDarling(criterion: Criterion | undefined): { found: boolean; evidence: string } {
  const halves = criterion === undefined ? null : halvesOf(criterion.bins);
  if (halves === null) return { found: false, evidence: 'it is no criterion' };
  const difference = (of: (bin: ModelBin) => number): number => {
    const [low, high] = halves.map((half) => meanOf(half.map(({ bin, n }) => ({ n, value: of(bin) }))));
    return high! - low!;
  };
  const points = difference(({ points }) => points);
  const [accepted, expanded] = [
    difference(({ levers }) => levers.accepted),
    difference(({ levers }) => levers.expanded),
  ];
  return {
    found: points < 0 && accepted > 0 && expanded < 0,
    evidence: `${signed(points)} tenths of a point for the better known half; accepted ${signed(accepted)}, expanded ${signed(expanded)}`,
  };
}

/** The ranges of a number as two halves of the accounts that it is known of; `null` where there are not two ranges. */
function halvesOf(bins: readonly ModelBin[]): [low: WeighedBin[], high: WeighedBin[]] | null {
  const ranges = bins.filter(({ match }) => match.kind === 'range').map((bin) => ({ bin, n: heldBy(bin) }));
  const all = ranges.reduce((sum, { n }) => sum + n, 0);
  if (ranges.length < 2 || all === 0) return null;
  const halves: [WeighedBin[], WeighedBin[]] = [[], []];
  let before = 0;
  for (const { bin, n } of ranges) {
    // The range in the middle belongs to both, in part.
    const low = Math.min(n, Math.max(0, all / 2 - before));
    halves[0].push({ bin, n: low });
    halves[1].push({ bin, n: n - low });
    before += n;
  }
  return halves;
}

interface WeighedBin {
  bin: ModelBin;
  n: number;
}

/** How far a criterion moves leaving for the accounts there are: a rare level that moves it far moves it for nobody. */
function churnSpread({ bins }: Criterion): number {
  const churns = bins.map((bin) => ({ n: heldBy(bin), value: bin.churn }));
  const mean = meanOf(churns);
  return Math.sqrt(meanOf(churns.map(({ n, value }) => ({ n, value: (value - mean) ** 2 }))));
}

/** How many accounts are in a bin; as good as none in one that nobody was in, and all alike in a written model. */
function heldBy({ rate }: ModelBin): number {
  return rate?.n ?? 1;
}

function meanOf(values: readonly { n: number; value: number }[]): number {
  const all = values.reduce((sum, { n }) => sum + n, 0);
  return all === 0 ? 0 : values.reduce((sum, { n, value }) => sum + n * value, 0) / all;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${Math.round(value * 100) / 100}`;
}

/** Columns that were set aside for nothing. */
export function inventedSuspects(truth: Truth, { model }: FindingsToGrade): Invention[] {
  return model.suspects
    .filter(({ field }) => field !== truth.leak?.field)
    .map(({ field, reason }) => ({ family: 'suspects', what: field, evidence: reason }));
}
