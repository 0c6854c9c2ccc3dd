import type { Random } from '../../stats/random.ts';
import { officeMoment } from '../calendar.ts';
import { ownerOf } from '../colleagues.ts';
import type { Market } from '../market.ts';
import { leadSourceShares, leadSources } from '../phrases.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { hasAny } from '../segments.ts';
import { competitorTools } from '../technologies.ts';
import type { Traits } from '../traits.ts';
import { turnedDown } from '../turned-down.ts';
import { fill } from './accounts.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = [
  'lead_id',
  'account_id',
  'created_at',
  'source',
  'status',
  'decided_at',
  'reject_reason',
  'owner_email',
];

/** What marketing handed over, and what sales made of it. */
export function leadsFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'leads.csv', header, rows: rereadable(() => leadRows(market, stories)) };
}

function* leadRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  let number = 0;
  for (const [account, story] of stories.entries()) {
    if (story.leads.length === 0) continue;
    const traits = market.traits(account);
    const owner = ownerOf(traits.place.region, market.random(account, 'owner'));
    const random = market.random(account, 'lead-row');
    const filled = fill(random, market.world.plants.has('dirt'));
    for (const lead of story.leads) {
      const said = lead.status === 'rejected' ? filled(0.83, rejectReason(market, traits, random)) : null;
      const reason = lead.onSight ? turnedDown.reason : said;
      yield [
        recordId('lead', number),
        recordId('account', account),
        officeMoment(lead.createdAt),
        cell(filled(0.94, random.weighted(leadSources, leadSourceShares))),
        lead.status,
        cell(lead.decidedAt === null ? null : officeMoment(lead.decidedAt)),
        cell(reason),
        owner.email,
      ];
      number += 1;
    }
  }
}

const anyReason = ['no outbound team', 'too small', 'too large', 'wrong industry', 'uses a competitor'] as const;
const vague = ['no response', 'not now', 'no budget'] as const;

/** Three times in four the reason is what is the matter with the account; the rest is what one says on a Friday. */
function rejectReason(market: Market, traits: Traits, random: Random): string {
  const said = random.next();
  const otherwise = random.pick(vague);
  if (said > 0.75) return otherwise;
  if (!market.world.plants.has('rejections')) return random.pick(anyReason);
  if (hasAny(traits, competitorTools)) return 'uses a competitor';
  if (traits.industry.fit < -0.5) return 'wrong industry';
  if (traits.employees < 35) return 'too small';
  if (traits.employees > 1_500) return 'too large';
  if (traits.salesTeam < 6) return 'no outbound team';
  return otherwise;
}
