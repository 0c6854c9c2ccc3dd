import type { WhyChanged } from './why-changed.ts';

/** What became of an account, as a reading of the CRM tells it. */
export type Occasion = 'churn' | 'expansion' | 'rejected' | 'accepted' | 'won' | 'lost';

/** An account whose score moved when something became of it. */
export interface ScoreChange extends Pick<WhyChanged, 'from' | 'to' | 'parts'> {
  accountId: string;
  name: string;
  ownerEmail: string | null;
  occasions: readonly Occasion[];
  /** The criterion whose points moved most; `null` where none gives other points. */
  most: WhyChanged['criteria'][number] | null;
}
