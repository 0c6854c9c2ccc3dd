import type { Tool } from '../src/agent/define-tool.ts';
import { calculate } from './calculate.ts';
import { compareAccounts } from './compare-accounts.ts';
import { describeCriteria } from './describe-criteria.ts';
import { describeData } from './describe-data.ts';
import { explainAccount } from './explain-account.ts';
import { explainWords } from './explain-words.ts';
import { findAccounts } from './find-accounts.ts';
import { showHistory } from './show-history.ts';

/** Everything the conversation can do. All of it reads; a decision is a button that a person presses. */
export const tools: readonly Tool[] = [
  explainAccount,
  compareAccounts,
  findAccounts,
  describeCriteria,
  describeData,
  showHistory,
  calculate,
  explainWords,
];
