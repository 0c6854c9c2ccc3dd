import { createAccountReader } from '../../icp/features/read-account.ts';
import type { AccountHistory } from '../../icp/history.ts';
import { weighAccount } from '../../icp/weigh-account.ts';
import type { Job } from './job.ts';
import { type RescoreInput, readBy } from './rescore-job.ts';

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
  const readAccount = createAccountReader(
    input.catalogue,
    new Set([...readBy(input.model), ...conditions.map(({ key }) => key)]),
  );
  const wanted = conditions.map(({ key, value }) => ({ key, value: value.toLowerCase() }));
  return {
    passes: ['looking through the accounts'],
    add(_pass, histories) {
      for (const history of histories) {
        const read = readAccount(history, input.asOf);
        if (!wanted.every(({ key, value }) => String(read.value(key) ?? '').toLowerCase() === value)) continue;
        const { scored, evidence, questions } = weighAccount({ ...input, history, read });
        const { book, id, name, domain, ownerEmail } = history;
        lines.push({
          ...{ book, id, name, domain, ownerEmail },
          ...{ score: scored.score / 10, tier: scored.tier, evidence: evidence.grade, label: questions.label },
        });
      }
    },
    finish: () => lines,
  };
}
