import type { Findings } from '../../icp/findings.ts';
import type { Figure, ReportCard } from '../types.ts';

/** A report before it has a receipt. The topic is put on by the catalogue, which knows it. */
export interface Drawn {
  /** One short paragraph that says it all, naming figures as `{{key}}`. */
  text: string;
  figures: readonly Figure[];
  card: Omit<ReportCard, 'topic' | 'kind'>;
}

export interface Report {
  /** What was counted, in words, for the receipt. */
  read: string;
  /**
   * Draws the findings on a topic.
   *
   * @throws {IcpError} when `about` names nothing that was found, with what there is
   */
  draw(findings: Findings, about: string | undefined): Drawn;
}
