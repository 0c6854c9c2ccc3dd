import type { Anomaly } from './anomalies/find-anomalies.ts';
import type { Pattern } from './patterns/types.ts';
import type { Segment } from './segments/types.ts';
import type { WordableFinding } from './wording.ts';

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

/** What an odd week is put into words from: what it had too much or too little of, and what else is known of it. */
export function wordableAnomaly({ kind, direction, behind }: Anomaly): WordableFinding {
  const label = ({ what, value }: Anomaly['behind'][number]) => `${what} ${value}`;
  return {
    kind: 'anomaly',
    facts: [
      `A week with too ${direction} of: ${kind}`,
      ...behind.map((one) => `${label(one)}: ${one.count}, usually ${Math.round(one.expected)}`),
    ],
    names: behind.map(label).filter(hasDigit),
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function hasDigit(text: string): boolean {
  return /\d/.test(text);
}
