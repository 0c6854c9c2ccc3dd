import { createStandingValues } from '../../icp/features/standing-values.ts';
import { deriveOutcomes } from '../../icp/outcomes.ts';
import { type FieldValue, type Instant, type OutcomeKind, outcomeKinds, type TimeKind } from '../../icp/types.ts';
import type { Job } from './job.ts';

export interface SurveyInput {
  timeKind: TimeKind;
  asOf: Instant;
}

/** What data a book has, counted. */
export interface Survey {
  accounts: number;
  outcomes: { kind: OutcomeKind; count: number; from: Instant | null; to: Instant | null }[];
  /** Accounts of which each field is known, from how many sources, and where two of them disagree. */
  fields: { field: string; known: number; sources: number; conflicts: number }[];
}

/** Counts outcomes and known values over all accounts of a book, as of an instant. */
export function surveyJob({ asOf, timeKind }: SurveyInput): Job<Survey> {
  const standing = createStandingValues();
  const fields = new Map<string, { known: number; sources: Set<string>; conflicts: number }>();
  const outcomes = new Map(
    outcomeKinds.map((kind) => [kind, { kind, count: 0, from: null as Instant | null, to: null as Instant | null }]),
  );
  let accounts = 0;
  return {
    passes: ['counting'],
    add(_pass, histories) {
      for (const history of histories) {
        accounts += 1;
        for (const { kind, occurredAt } of deriveOutcomes(history, { asOf, timeKind }).outcomes) {
          const tally = outcomes.get(kind);
          if (tally === undefined) continue;
          tally.count += 1;
          tally.from = Math.min(tally.from ?? occurredAt, occurredAt);
          tally.to = Math.max(tally.to ?? occurredAt, occurredAt);
        }
        standing.resolve(history.observations, asOf);
        for (const [index, field] of standing.fields.entries()) {
          const tally = fields.get(field) ?? { known: 0, sources: new Set<string>(), conflicts: 0 };
          const holder = standing.holders[index] ?? null;
          if (holder !== null && isKnown(holder.values[field] ?? null)) {
            tally.known += 1;
            tally.sources.add(holder.source);
          }
          if ((standing.rivals[index] ?? null) !== null) tally.conflicts += 1;
          fields.set(field, tally);
        }
      }
    },
    finish: () => ({
      accounts,
      outcomes: [...outcomes.values()],
      fields: [...fields].map(([field, { sources, ...counts }]) => ({ field, ...counts, sources: sources.size })),
    }),
  };
}

function isKnown(value: FieldValue): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
