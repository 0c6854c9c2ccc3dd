import { daysPerYear, isoDate } from '../calendar.ts';
import { successManagerOf } from '../colleagues.ts';
import { contractValue } from '../contract-value.ts';
import type { Market } from '../market.ts';
import { churnReasons, earlyChurnReasons } from '../phrases.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { isDetractor } from '../world.ts';
import { fill } from './accounts.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = [
  'account_id',
  'started_at',
  'ended_at',
  'churn_reason',
  'arr',
  'renewal_on',
  'cs_owner_email',
  'onboarding',
];

/** Who bought, and who left. */
export function customersFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'customers.csv', header, rows: rereadable(() => customerRows(market, stories)) };
}

function* customerRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  for (const [account, { customer }] of stories.entries()) {
    if (customer === null) continue;
    const random = market.random(account, 'customer-row');
    const filled = fill(random, market.world.plants.has('dirt'));
    const detractor = isDetractor(market.world, market.traits(account));
    const reasons = customer.churn === 'early' ? earlyChurnReasons : churnReasons;
    const yearsSoFar = Math.floor((market.until - customer.startedAt) / daysPerYear) + 1;
    yield [
      recordId('account', account),
      isoDate(customer.startedAt),
      customer.endedAt === null ? '' : isoDate(customer.endedAt),
      cell(
        customer.churn === null
          ? null
          : filled(0.8, detractor ? random.pick(reasons.slice(0, 3)) : random.pick(reasons)),
      ),
      cell(contractValue(market, account)),
      customer.endedAt === null ? isoDate(customer.startedAt + yearsSoFar * daysPerYear) : '',
      successManagerOf(random).email,
      cell(filled(0.88, random.next() < (detractor ? 0.75 : 0.3) ? 'self-serve' : 'guided')),
    ];
  }
}
