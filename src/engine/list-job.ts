import { explainAccount } from '../icp/explain.ts';
import { createAccountReader } from '../icp/features/read-account.ts';
import type { AccountHistory } from '../icp/history.ts';
import type { Job } from './job.ts';
import type { RescoreInput } from './rescore-job.ts';

export interface ListInput extends RescoreInput {
  /** What features must be, in any case. */
  conditions: readonly { key: string; value: string }[];
}

export type ListLine = Pick<AccountHistory, 'book' | 'id' | 'name' | 'domain' | 'ownerEmail'> & {
  score: number;
  tier: 1 | 2 | 3;
  evidence: string;
  label: string | null;
};

/** Scores the accounts of a book that meet every condition. */
export function listJob({ conditions, ...input }: ListInput): Job<ListLine[]> {
  const lines: ListLine[] = [];
  const readAccount = createAccountReader(input.catalogue);
  const wanted = conditions.map(({ key, value }) => ({ key, value: value.toLowerCase() }));
  return {
    passes: ['looking through the accounts'],
    add(_pass, histories) {
      for (const history of histories) {
        const read = readAccount(history, input.asOf);
        if (!wanted.every(({ key, value }) => String(read.value(key) ?? '').toLowerCase() === value)) continue;
        const { explanation, questions } = explainAccount({ ...input, history, read });
        const { book, id, name, domain, ownerEmail } = history;
        const { score, tier, evidence } = explanation;
        lines.push({
          ...{ book, id, name, domain, ownerEmail },
          ...{ score, tier, evidence: evidence.grade, label: questions.label },
        });
      }
    },
    finish: () => lines,
  };
}
