import type { CrmOrg, ScoredObject } from '../../connectors/crm.ts';
import type { CallEstimate } from '../../icp/publishing/estimate-calls.ts';
import type { TierMove } from '../../icp/publishing/tier-moves.ts';
import type { Instant } from '../../icp/types.ts';

/** What a publication would do to the records of one object. */
export interface PlannedObject {
  object: ScoredObject;
  /** To be written, those that are cleared among them. */
  rows: number;
  /** As they are to be already. */
  same: number;
  /** Converted leads, which nobody can write: their account carries the score. */
  converted: number;
  /** Of accounts that have no score: left alone. */
  withoutScore: number;
  /** Of no scored account any more, and with what an earlier publication of ours wrote: they lose it. */
  cleared: number;
}

/** An account whose score moves far. */
export interface Mover {
  accountId: string;
  name: string;
  from: number;
  to: number;
}

/** A publication before it is sent: what would be written where, for people. */
export interface PublicationPlan {
  id: string;
  book: string;
  kind: 'publish' | 'undo';
  org: Pick<CrmOrg, 'id' | 'name' | 'setting'>;
  modelVersion: number;
  scoredAt: Instant;
  objects: readonly PlannedObject[];
  /** Scored accounts that the org does not have. */
  notInOrg: number;
  /** Accounts by tier before and after; those that only change in something else are among them. */
  moves: readonly TierMove[];
  up: readonly Mover[];
  down: readonly Mover[];
  estimate: CallEstimate;
  fields: readonly string[];
  planHash: string;
  /** False for a dry run. */
  kept: boolean;
}
