import type { FindingsToGrade } from './findings-to-grade.ts';
import { type GradeLine, type Invention, lineFor } from './grade.ts';
import { toolOf, trueFields } from './true-fields.ts';
import type { Truth } from './truth.ts';

/** Grades the real cause, which must be said to drive, and the confounder, which must not. */
export function gradeCauses(truth: Truth, { causes }: FindingsToGrade): GradeLine[] {
  const lines: GradeLine[] = [];
  const { cause, confounder } = truth;
  if (cause !== null) {
    lines.push(
      lineFor({ kind: 'cause', what: `${cause.name} drives expansion` }, causes, ({ judged }) => {
        const claim = judged.find((each) => toolOf(each) === cause.name.toLowerCase());
        return {
          found: claim?.verdict === 'likely drives',
          evidence: claim === undefined ? 'not judged' : `"${claim.verdict}"`,
        };
      }),
    );
  }
  if (confounder !== null) {
    lines.push(
      lineFor({ kind: 'confounder', what: `${confounder.field} only goes along` }, causes, ({ judged }) => {
        const claim = judged.find(({ field, key }) => field === confounder.field || key === confounder.field);
        return {
          found: claim === undefined || claim.verdict !== 'likely drives',
          evidence: claim === undefined ? 'not judged' : `"${claim.verdict}"`,
        };
      }),
    );
  }
  return lines;
}

/** What is said to drive and does nothing. */
export function inventedCauses(truth: Truth, { causes }: FindingsToGrade): Invention[] {
  const drives = { winning: trueFields(truth, 'winning'), expansion: trueFields(truth, 'expansion') };
  return (causes?.judged ?? [])
    .filter(({ verdict, standsOn, ...claim }) => verdict === 'likely drives' && !drives[standsOn ?? 'expansion'](claim))
    .map(({ label, standsOn }) => ({
      family: 'causes',
      what: label,
      evidence: `said to drive ${standsOn ?? 'expansion'}, and does nothing for it`,
    }));
}
