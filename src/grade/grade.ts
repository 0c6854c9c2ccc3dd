/** Whether a planted thing came out. */
export type Verdict = 'found' | 'missed' | 'not looked for';

/** One planted thing and what became of it. */
export interface GradeLine {
  /** The switch that plants it. */
  kind: string;
  what: string;
  verdict: Verdict;
  evidence: string;
}

export const families = [
  'segments',
  'emerging',
  'loss patterns',
  'churn patterns',
  'anti-patterns',
  'causes',
  'drift',
  'suspects',
] as const;
export type Family = (typeof families)[number];

/** Something that was claimed and that nothing planted explains. */
export interface Invention {
  family: Family;
  what: string;
  evidence: string;
}

export interface Grade {
  lines: readonly GradeLine[];
  invented: readonly Invention[];
  found: number;
  missed: number;
  notLookedFor: number;
}

/** A line for a part of the findings that may be absent. */
export function lineFor<T>(
  { kind, what }: Pick<GradeLine, 'kind' | 'what'>,
  part: T | undefined,
  judge: (part: T) => { found: boolean; evidence: string },
): GradeLine {
  if (part === undefined) return { kind, what, verdict: 'not looked for', evidence: '' };
  const { found, evidence } = judge(part);
  return { kind, what, verdict: found ? 'found' : 'missed', evidence };
}

/** @example percent(0.256); // => '26 %' */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
