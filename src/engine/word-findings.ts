import type { Findings } from '../icp/findings.ts';
import type { Pattern } from '../icp/patterns/types.ts';
import type { Segment } from '../icp/segments/types.ts';
import type { Interpret, WordableFinding } from '../icp/wording.ts';
import type { Store } from '../store/store.ts';
import { addWording, wordingKey, wordingsOf } from '../store/wordings.ts';

/**
 * Has the language model name what an analysis found, once a finding: what has words already, by whomever, keeps them.
 *
 * Without a language model nothing is written, and the templates stand.
 *
 * @returns how many findings got words
 */
export async function wordFindings(
  { store, interpret, now }: { store: Store; interpret: Interpret; now: () => number },
  { book, findings }: { book: string; findings: Findings },
): Promise<number> {
  const { words } = await wordingsOf(store, book);
  const { segments, patterns } = findings;
  const wordable = [
    ...segments.segments
      .filter(({ namedBy }) => namedBy === 'template')
      .map((segment) => ({ subject: segment.id, finding: segmentFacts(segment) })),
    ...[...patterns.losses, ...patterns.churn, ...patterns.anti].map((pattern) => ({
      subject: pattern.id,
      finding: patternFacts(pattern),
    })),
  ].filter(({ subject, finding }) => !words.has(wordingKey(finding.kind, subject)));
  let worded = 0;
  for (const { subject, finding } of wordable) {
    const wording = await interpret(finding);
    if (wording === null) continue;
    await addWording(store, { book, kind: finding.kind, subject, ...wording, person: null, saidAt: now() });
    worded += 1;
  }
  return worded;
}

function segmentFacts({ traits, conditions }: Segment): WordableFinding {
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const facts = [
    ...conditions.map(({ label }) => label),
    ...traits.map(
      ({ label, inSegment, amongTouched }) =>
        `${label}: ${percent(inSegment.v)} of the segment, ${percent(amongTouched.v)} of all that were touched`,
    ),
  ];
  return { kind: 'segment', facts, names: namesIn([...conditions, ...traits]) };
}

function patternFacts({ kind, conditions, recommendation }: Pattern): WordableFinding {
  const facts = [`kind: ${kind}`, ...conditions.map(({ label }) => label), `advice: ${recommendation.text}`];
  return { kind: 'pattern', facts, names: namesIn(conditions) };
}

/** Labels with a digit in them hold names that may be repeated as they stand. */
function namesIn(labelled: readonly { label: string }[]): string[] {
  return labelled.map(({ label }) => label).filter((label) => /\d/.test(label));
}
