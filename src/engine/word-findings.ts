import { anomalyId } from '../icp/anomalies/find-anomalies.ts';
import type { Findings } from '../icp/findings.ts';
import { wordableAnomaly, wordablePattern, wordableSegment } from '../icp/wordable.ts';
import type { Interpret } from '../icp/wording.ts';
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
  { book, findings }: { book: string; findings: Pick<Findings, 'segments' | 'patterns' | 'anomalies'> },
): Promise<number> {
  const { words } = await wordingsOf(store, book);
  const { segments, patterns, anomalies } = findings;
  const wordable = [
    ...segments.segments
      .filter(({ namedBy }) => namedBy === 'template')
      .map((segment) => ({ subject: segment.id, finding: wordableSegment(segment) })),
    ...[...patterns.losses, ...patterns.churn, ...patterns.anti].map((pattern) => ({
      subject: pattern.id,
      finding: wordablePattern(pattern),
    })),
    ...anomalies.anomalies.map((anomaly) => ({ subject: anomalyId(anomaly), finding: wordableAnomaly(anomaly) })),
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
