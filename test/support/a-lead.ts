import type { LeadAnswer } from '../../src/icp/leads/lead-standing.ts';
import type { RecordOf } from '../../src/icp/records.ts';
import type { NewLeadAnswer } from '../../src/store/lead-answers.ts';

export function aLead(id: string, accountId: string | null, parts: Partial<RecordOf<'lead'>> = {}): RecordOf<'lead'> {
  return {
    ...{ kind: 'lead', id, accountId, createdAt: null, source: 'webinar', status: 'open', decidedAt: null },
    ...{ rejectReason: null, ownerEmail: null, more: {} },
    ...parts,
  };
}

/** An answer before it is kept. */
export function aNewAnswer(parts: Partial<NewLeadAnswer> = {}): NewLeadAnswer {
  const { id: _, undoneAt: __, undoneBy: ___, ...answer } = aLeadAnswer(0, parts);
  return answer;
}

export function aLeadAnswer(id: number, parts: Partial<LeadAnswer> = {}): LeadAnswer {
  return {
    ...{ id, book: 'main', leadId: 'L1', accountId: 'a1', answer: 'accepted', reason: null },
    ...{ by: 'rae@ours.example', byName: 'Rae Rep', at: 0, modelVersion: 1, score: 71.2, tier: 1 },
    ...{ undoneAt: null, undoneBy: null },
    ...parts,
  };
}
