import type { Criterion, ModelBin } from '../icp/model.ts';
import type { FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor, percent } from './grade.ts';
import type { Truth } from './truth.ts';

/** Both marks of the detractor's kind must be among so many criteria that move leaving the most. */
const strongest = 4;
const detractorMarks = ['use_case', 'tech_airtable'] as const;

/** Grades what the table itself must show: the detractor, the darling, the noise and the leak. */
export function gradeModel(truth: Truth, findings: FindingsToGrade): GradeLine[] {
  const { criteria, detractor, suspects } = findings.model;
  const lines: GradeLine[] = [];
  if (truth.detractor !== null) {
    lines.push(
      lineFor({ kind: 'detractor', what: 'reporters on Airtable leave' }, criteria, () => {
        const order = criteria.toSorted((left, right) => churnRange(right) - churnRange(left)).map(({ key }) => key);
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

/** The points of the most visited against those of the least, and what their levers say. */
function judgeDarling(criterion: Criterion | undefined): { found: boolean; evidence: string } {
  const ends = criterion === undefined ? null : endsOf(criterion.bins);
  if (ends === null) return { found: false, evidence: 'it is no criterion' };
  const [low, high] = ends;
  const difference = high.points - low.points;
  const lever = (stage: 'accepted' | 'expanded'): string => signed(high.levers[stage] - low.levers[stage]);
  return {
    found: difference < 0,
    evidence: `${signed(difference)} tenths of a point from least to most; accepted ${lever('accepted')}, expanded ${lever('expanded')}`,
  };
}

/** The lowest and the highest range; `null` where there are not two. */
function endsOf(bins: readonly ModelBin[]): [low: ModelBin, high: ModelBin] | null {
  const low = bins.find(({ match }) => match.kind === 'range' && match.from === null);
  const high = bins.find(({ match }) => match.kind === 'range' && match.to === null);
  return low === undefined || high === undefined || low === high ? null : [low, high];
}

function churnRange({ bins }: Criterion): number {
  const churns = bins.map(({ churn }) => churn);
  return Math.max(...churns) - Math.min(...churns);
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
