import { orgInWords } from '../org-in-words.ts';
import type { Instant } from '../types.ts';
import { failureInWords } from './failure-words.ts';
import { type ScoreMove, scoreMoveLine } from './score-move.ts';

/** What became of the rows of one object. */
export interface ReportedObject {
  object: string;
  planned: number;
  written: number;
  /** Of those that were written: records of no scored account any more, which have lost what an earlier publication wrote. */
  cleared: number;
  setAside: number;
  changedSince: number;
  leftOut: number;
  /** Neither one nor the other yet. */
  open: number;
}

/** What a publication did, as people are told: nothing that was planned is missing from it. */
export interface PublicationReport {
  id: string;
  book: string;
  kind: 'publish' | 'undo';
  undoes: string | null;
  state: 'planned' | 'sending' | 'paused' | 'stopping' | 'stopped' | 'finished' | 'superseded';
  /** Why it is paused or stopped; how it ended. */
  reason: string | null;
  resumeAt: Instant | null;
  org: { id: string; name: string; setting: string };
  by: string;
  modelVersion: number;
  plannedAt: Instant;
  finishedAt: Instant | null;
  /** Calls of the CRM's budget that it took. */
  calls: number;
  planHash: string;
  objects: readonly ReportedObject[];
  /** Rows that were set aside, by what the CRM said, the most frequent first. */
  failures: readonly { code: string; reason: string; rows: number; examples: readonly string[] }[];
  /** Rows that were changed since, some of them. */
  changed: readonly { object: string; recordId: string; reason: string }[];
  /** The accounts whose score it moved furthest. */
  moved: readonly ScoreMove[];
}

/** All objects together. */
export function reportTotals({
  objects,
}: Pick<PublicationReport, 'objects'>): Omit<ReportedObject, 'object' | 'cleared'> {
  const sum = (of: (one: ReportedObject) => number) => objects.reduce((all, one) => all + of(one), 0);
  return {
    planned: sum(({ planned }) => planned),
    written: sum(({ written }) => written),
    setAside: sum(({ setAside }) => setAside),
    changedSince: sum(({ changedSince }) => changedSince),
    leftOut: sum(({ leftOut }) => leftOut),
    open: sum(({ open }) => open),
  };
}

/**
 * A publication in sentences: where it wrote, what it wrote, and what it did not, with the reasons.
 *
 * @returns one sentence or list item a line, without its full stop
 */
export function reportLines(report: PublicationReport): string[] {
  const { kind, undoes, org, book, objects, failures, changed, moved, reason } = report;
  const all = reportTotals(report);
  const where = orgInWords(org);
  const what =
    kind === 'undo'
      ? `Undoing ${undoes} of ${book} in ${where}`
      : `Scores of ${book} by model ${report.modelVersion}, to ${where}`;
  return [
    `${what}: ${standing(report)}`,
    `${all.planned} planned, ${all.written} written, ${all.setAside} failed and set aside${all.changedSince > 0 ? `, ${all.changedSince} changed since and left as they are` : ''}${all.leftOut > 0 ? `, ${all.leftOut} not sent` : ''}${all.open > 0 ? `, ${all.open} still to come` : ''}`,
    ...objects.map((one) => `${one.object}: ${one.written} of ${one.planned} written${clearedWords(one)}`),
    ...failures.map(
      (one) => `${one.rows} failed: ${failureInWords(one.code)}; ${one.reason}; such as ${one.examples.join(', ')}`,
    ),
    ...changed.map((one) => `${one.object} ${one.recordId} was changed since: ${one.reason}`),
    ...(moved.length === 0 ? [] : ['Why changed, for the largest moves']),
    ...moved.map(scoreMoveLine),
    ...(reason === null ? [] : [reason]),
    `${report.calls} calls${took(report)}; run ${report.id}`,
  ];
}

/**
 * How many records lose their score, as the end of a sentence on what is written; empty where none does.
 *
 * @example clearedWords({ cleared: 2 }); // => ', 2 of them cleared, since they belong to no scored account any more'
 */
export function clearedWords({ cleared }: Pick<ReportedObject, 'cleared'>): string {
  return cleared === 0 ? '' : `, ${cleared} of them cleared, since they belong to no scored account any more`;
}

/** How a publication stands, in a few words. */
export function standing({ state, resumeAt }: Pick<PublicationReport, 'state' | 'resumeAt'>): string {
  switch (state) {
    case 'planned':
      return 'planned, nothing is sent yet';
    case 'sending':
      return 'being sent';
    case 'paused':
      return resumeAt === null
        ? 'paused until a person goes on with it or stops it'
        : `paused until ${new Date(resumeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    case 'stopping':
      return 'being stopped: nothing more is sent, and it ends when it is known what became of what was';
    case 'stopped':
      return 'stopped, and the rest is never sent';
    case 'superseded':
      return 'superseded, and the rest is never sent';
    case 'finished':
      return 'done';
  }
}

function took({ plannedAt, finishedAt }: PublicationReport): string {
  if (finishedAt === null) return '';
  const seconds = Math.max(0, Math.round((finishedAt - plannedAt) / 1000));
  return seconds < 120 ? ` in ${seconds} seconds` : ` in ${Math.round(seconds / 60)} minutes`;
}
