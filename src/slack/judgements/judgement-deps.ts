import type { FlagTold } from '../../engine/notifier.ts';
import { IcpError } from '../../errors.ts';
import type { Caution } from '../../icp/judgements/caution.ts';
import type { Override, Tier } from '../../icp/judgements/override.ts';
import type { Person } from '../../icp/types.ts';

interface AccountId {
  book: string;
  id: string;
}

/** What the Slack floor asks of the house about judgements of people. Each checks the person again. */
export interface JudgementDeps {
  override(wanted: {
    account: AccountId;
    tier: Tier;
    reason: string;
    until: number;
    by: Person;
  }): Promise<{ override: Override; replaced: Override | null }>;
  /** `changed` is false when it had ended before. */
  liftOverride(wanted: { account: AccountId; by: Person }): Promise<{ override: Override; changed: boolean }>;
  /** `changed` is false when somebody had answered before. */
  answerFlag(wanted: { flagId: number; answer: string; by: Person }): Promise<{ told: FlagTold; changed: boolean }>;
  /** Answers for a missed calibration. */
  acknowledge(wanted: { reason: string; by: Person }): Promise<unknown>;
  /** The book is scored anew before this resolves, which takes seconds. `account` is `null` for our own company. */
  recordEvent(wanted: {
    account: AccountId | null;
    kind: string;
    on: number;
    note: string | null;
    by: Person;
  }): Promise<RecordedEvent>;
  /** Warns of a kind of accounts. @throws {IcpError} `no_field` where the book knows no such kind */
  caution(wanted: { where: string; text: string; until: number | null; by: Person }): Promise<Caution>;
  /** `changed` is false when it had ended before. */
  liftCaution(wanted: { cautionId: number; by: Person }): Promise<{ caution: Caution; changed: boolean }>;
  /** `changed` is false when it had been taken back before. */
  undoEvent(wanted: { eventId: number; by: Person }): Promise<RecordedEvent & { changed: boolean }>;
}

/** An event, with the score of its account before and after it was recorded or taken back. */
export interface RecordedEvent {
  event: { id: number; accountId: string | null; kind: string; note: string | null; on: number; byName: string };
  before: number | null;
  after: number | null;
}

/** @throws {IcpError} where the house keeps none */
export function judgementsOf({ judgements }: { judgements?: JudgementDeps }): JudgementDeps {
  if (judgements === undefined)
    throw new IcpError('not_here', 'nobody keeps judgements of people here; tell whoever runs Lodestar');
  return judgements;
}
