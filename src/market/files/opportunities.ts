import type { Random } from '../../stats/random.ts';
import { isoDate, officeMoment } from '../calendar.ts';
import { ownerOf } from '../colleagues.ts';
import { contractValue } from '../contract-value.ts';
import { isLongEvaluation, longEvaluations } from '../evaluation.ts';
import type { Market } from '../market.ts';
import { expansionKinds, expansionTriggers, leadSourceShares, leadSources, nextSteps, products } from '../phrases.ts';
import type { PlannedDeal, Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { hasAny } from '../segments.ts';
import { competitorTools } from '../technologies.ts';
import { roundTo, type Traits } from '../traits.ts';
import { fill } from './accounts.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = [
  'opportunity_id',
  'account_id',
  'created_at',
  'closed_at',
  'outcome',
  'amount',
  'type',
  'close_date',
  'budget_confirmed',
  'next_step',
  'loss_reason',
  'source',
  'stakeholders',
  'owner_email',
  'vendor_contract',
  'procurement',
  'list_price',
  'products',
  'expansion_kind',
  'expansion_trigger',
];

/** Deals of every type. The last three columns are known at the close only. */
export function opportunitiesFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'opportunities.csv', header, rows: rereadable(() => opportunityRows(market, stories)) };
}

function* opportunityRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  let number = 0;
  for (const [account, story] of stories.entries()) {
    if (story.deals.length === 0) continue;
    const traits = market.traits(account);
    const owner = ownerOf(traits.place.region, market.random(account, 'owner'));
    const random = market.random(account, 'deal-row');
    const filled = fill(random, market.world.plants.has('dirt'));
    const firstSource = story.outbound ? 'outbound' : random.weighted(leadSources, leadSourceShares);
    const value = contractValue(market, account);
    for (const deal of story.deals) {
      const ready = readiness(deal, random);
      const more = deal.type === 'expansion';
      const won = deal.outcome === 'won';
      const amount = roundTo(more ? value * random.between(0.2, 0.7) : value, 3);
      const { stakeholders, vendorContract, procurement } = deal.evaluation;
      yield [
        recordId('opportunity', number),
        recordId('account', account),
        officeMoment(deal.createdAt),
        deal.outcome === 'open' ? '' : officeMoment(deal.closesAt),
        deal.outcome,
        cell(amount),
        deal.type,
        ready.closeDate,
        ready.budget,
        ready.nextStep,
        cell(
          deal.outcome === 'lost'
            ? deal.dark
              ? 'went dark'
              : filled(0.87, lossReason(market, traits, deal, random))
            : null,
        ),
        deal.type === 'new' ? firstSource : 'customer',
        cell(filled(0.88, stakeholders)),
        owner.email,
        cell(filled(0.9, vendorContract ? 'yes' : 'no')),
        cell(filled(0.9, procurement)),
        cell(filled(0.94, roundTo(amount / priceRealised(market, deal, random), 3))),
        cell(won ? random.shuffle(products).slice(0, more ? 1 : random.integer(1, 3)) : null),
        cell(more && won ? random.pick(expansionKinds) : null),
        cell(more && won ? filled(0.8, random.pick(expansionTriggers)) : null),
      ];
      number += 1;
    }
  }
}

/** The three things that qualify a deal; one that is not qualified lacks at least one of them. */
function readiness(deal: PlannedDeal, random: Random): { closeDate: string; budget: string; nextStep: string } {
  const complete = {
    closeDate: isoDate(
      deal.outcome === 'open' ? deal.closesAt + random.between(-8, 30) : deal.closesAt + random.between(-12, 12),
    ),
    budget: 'true',
    nextStep: random.pick(nextSteps),
  };
  if (deal.qualified) return complete;
  const budget = random.next() < 0.6 ? random.pick(['false', '']) : 'true';
  const nextStep = random.next() < 0.5 ? '' : complete.nextStep;
  const lacking = budget !== 'true' || nextStep === '';
  return { budget, nextStep, closeDate: lacking && random.next() < 0.85 ? complete.closeDate : '' };
}

/** What is asked for in the end, of what was quoted. */
function priceRealised({ world }: Market, deal: PlannedDeal, random: Random): number {
  const low = world.plants.has('losses') && deal.outcome === 'won' && isLongEvaluation(deal.evaluation);
  return low ? random.between(...longEvaluations.price) : random.between(0.86, 1);
}

function lossReason({ world }: Market, traits: Traits, deal: PlannedDeal, random: Random): string {
  if (deal.type === 'renewal') return random.pick(['not used enough', 'reports only', 'budget cut']);
  const dark = world.plants.has('losses') && isLongEvaluation(deal.evaluation) ? 0 : 18;
  if (hasAny(traits, competitorTools) && random.next() < 0.6) return 'went with a competitor';
  return random.weighted(
    ['no decision', 'price', 'timing', 'went dark', 'missing feature', 'went with a competitor'],
    [28, 20, 17, dark, 10, 7],
  );
}
