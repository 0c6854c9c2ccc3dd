import type { Override, Tier } from '../icp/judgements/override.ts';
import type { Person } from '../icp/types.ts';

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
}
