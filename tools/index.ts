import type { Tool } from '../src/agent/define-tool.ts';
import { calculate } from './calculate.ts';
import { compareAccounts } from './compare-accounts.ts';
import { describeCriteria } from './describe-criteria.ts';
import { describeCustomers } from './describe-customers.ts';
import { describeData } from './describe-data.ts';
import { describeFindings } from './describe-findings.ts';
import { describeSegments } from './describe-segments.ts';
import { explainAccount } from './explain-account.ts';
import { explainWords } from './explain-words.ts';
import { findAccounts } from './find-accounts.ts';
import { modelHealth } from './model-health.ts';
import { showHistory } from './show-history.ts';
import { showProposals } from './show-proposals.ts';

/** Everything the conversation can do. All of it reads; a decision is a button that a person presses. */
export const tools: readonly Tool[] = [
  explainAccount,
  compareAccounts,
  findAccounts,
  describeCriteria,
  describeData,
  describeSegments,
  describeFindings,
  describeCustomers,
  modelHealth,
  showHistory,
  showProposals,
  calculate,
  explainWords,
];
