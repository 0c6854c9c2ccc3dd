import type { CauseOutcome } from '../../icp/causes/cause-findings.ts';
import type { Findings } from '../../icp/findings.ts';
import type { ScoreSupport } from '../../icp/score-support.ts';
import type { WordedKind, Wording } from '../../icp/wording.ts';
import type { ReportCard } from '../report-card.ts';
import type { Figure } from '../types.ts';

/** A report before it has a receipt. The topic is put on by the catalogue, which knows it. */
export interface Drawn {
  /** One short paragraph that says it all, naming figures as `{{key}}`. */
  text: string;
  figures: readonly Figure[];
  card: Omit<ReportCard, 'topic' | 'kind' | 'nameable'>;
  /** The finding that the report is about, where a person may give it a name of their own. */
  nameable?: { id: string; name: string };
}

/** Names and words for findings, where there are other ones than the template's. */
export type Words = (kind: WordedKind, subject: string) => (Wording & { person: string | null }) | null;

/** What stands behind the scores that a report tells, by account. */
export type Supports = ReadonlyMap<string, ScoreSupport>;

export interface Report {
  /** What was counted, in words, for the receipt. */
  read: string;
  /** Accounts of which it tells a score as they are compared, each to be weighed anew: a score on low evidence is never bare. */
  scores?(findings: Findings): readonly { id: string; score: number }[];
  /**
   * Draws the findings on a topic, in the words that people or the language model gave them.
   *
   * @throws {IcpError} when `about` names nothing that was found, with what there is
   */
  draw(
    findings: Findings,
    about: string | undefined,
    words: Words,
    supports: Supports,
    outcome?: CauseOutcome | undefined,
  ): Drawn;
}
