import { createAccountReader } from '../../icp/features/read-account.ts';
import { createStackFilter, type StackConditions } from '../../icp/features/stack-filter.ts';
import type { AccountHistory } from '../../icp/history.ts';
import { weighAccount } from '../../icp/weigh-account.ts';
import type { Job } from './job.ts';
import { type RescoreInput, readBy } from './rescore-job.ts';

export interface ListInput extends RescoreInput {
  /** What features must be, in any case. */
  conditions: readonly { key: string; value: string }[];
  /** What is asked of the stack of an account as a whole; absent: nothing. */
  stack?: StackConditions | null;
}

export type ListLine = Pick<AccountHistory, 'book' | 'id' | 'name' | 'domain' | 'ownerEmail'> & {
  score: number;
  tier: 1 | 2 | 3;
  evidence: string;
  label: string | null;
  /** Why it meets what is asked of its stack, in words. */
  because?: string;
};

/** Scores the accounts of a book that meet every condition. */
export function listJob({ conditions, stack = null, ...input }: ListInput): Job<ListLine[]> {
  const lines: ListLine[] = [];
  const readAccount = createAccountReader(
    input.catalogue,
    new Set([...readBy(input.model), ...conditions.map(({ key }) => key)]),
  );
  const meetsStack = stack === null ? null : createStackFilter(input.catalogue, stack);
  const wanted = conditions.map(({ key, value }) => ({ key, value: value.toLowerCase() }));
  return {
    passes: ['looking through the accounts'],
    add(_pass, histories) {
      for (const history of histories) {
        const read = readAccount(history, input.asOf);
        if (!wanted.every(({ key, value }) => String(read.value(key) ?? '').toLowerCase() === value)) continue;
        const reasons = meetsStack?.(history, input.asOf);
        if (reasons === null) continue;
        const { scored, evidence, questions } = weighAccount({ ...input, history, read });
        const { book, id, name, domain, ownerEmail } = history;
        lines.push({
          ...{ book, id, name, domain, ownerEmail },
          ...{ score: scored.score / 10, tier: scored.tier, evidence: evidence.grade, label: questions.label },
          ...(reasons === undefined ? {} : { because: reasons.join('; ') }),
        });
      }
    },
    finish: () => lines,
  };
}
