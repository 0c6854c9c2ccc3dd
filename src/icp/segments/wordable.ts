import type { Pattern } from '../patterns/types.ts';
import type { WordableFinding } from '../wording.ts';
import type { Segment } from './types.ts';

/** What a segment is put into words from: its traits with how common they are elsewhere, and nothing that was not counted. */
export function wordableSegment({ traits, conditions, bestAngle }: Segment): WordableFinding {
  return {
    kind: 'segment',
    facts: [
      ...traits.map(
        ({ label, inSegment, amongTouched }) =>
          `${label}: ${percent(inSegment.v)} of its customers, ${percent(amongTouched.v)} of all touched accounts`,
      ),
      `What they want it for, or run on: ${bestAngle.label}`,
    ],
    names: conditions.map(({ label }) => label).filter(hasDigit),
  };
}

/** What a pattern is put into words from. */
export function wordablePattern({ conditions, rate, overallRate, cycle, goneDark, kind }: Pattern): WordableFinding {
  return {
    kind: 'pattern',
    facts: [
      ...conditions.map(({ label }) => label),
      `${kind}: ${percent(rate.v)} here, ${percent(overallRate.v)} overall`,
      ...(cycle === null ? [] : [`Days to close, in the middle: ${Math.round(cycle.median)}`]),
      ...(goneDark === null ? [] : [`Went quiet: ${percent(goneDark.v)}`]),
    ],
    names: conditions.map(({ label }) => label).filter(hasDigit),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}
