import { type Day, isoDate } from './calendar.ts';
import { dealtRows } from './dealt-rows.ts';
import { effects } from './effects.ts';
import type { Market } from './market.ts';
import type { PlannedDeal, Story } from './plan.ts';
import { recordId } from './record-ids.ts';
import { segments } from './segments.ts';
import { effectOfCause } from './truth-of-cause.ts';
import {
  type DriftTruth,
  driftTruth,
  type EmergingTruth,
  emergingTruth,
  type LossTruth,
  lossTruth,
  type TurnedDownTruth,
  turnedDownTruth,
} from './truth-of-turns.ts';
import { type EffectStage, isDetractor, type PlantedThing, plantedThings } from './world.ts';

/** What is true of a market, for grading what was found in it. Plain data. */
export interface AnswerKey {
  seed: number;
  until: string;
  planted: PlantedThing[];
  /** Log-odds for a full unit of each trait, by stage. */
  effects: {
    name: string;
    fields: readonly string[];
    tools: readonly string[];
    adds: Partial<Record<EffectStage, number>>;
  }[];
  segments: {
    name: string;
    description: string;
    adds: Partial<Record<EffectStage, number>>;
    accounts: string[];
    touched: number;
    won: number;
    expanded: number;
  }[];
  detractor: { fields: string[]; accounts: string[]; customers: number; churnedAfterUse: number } | null;
  /** Loved by reps, lacking among customers who expand. */
  darling: { field: string } | null;
  /** Drives expansion by so many percentage points among mature customers, and is `technologies` holding this name. */
  cause: { field: string; name: string; points: number | null } | null;
  /** Goes along with success because of `because`, and causes none of it. */
  confounder: { field: string; because: string[] } | null;
  emerging: EmergingTruth | null;
  losses: LossTruth | null;
  drift: DriftTruth | null;
  rejections: TurnedDownTruth | null;
  /** Customers who left after use, and when: 60 to 150 days before, some of these signs turned. */
  decay: { signs: string[]; left: { account: string; on: string }[] } | null;
  /** Customers who bought more, and when: in four cases of five their use swelled before. */
  growth: { signs: string[]; grew: { account: string; on: string }[] } | null;
  leak: { field: string } | null;
  /** Columns that mean nothing. `office_count` and `city` follow size and country and add nothing to them. */
  noise: string[];
  duplicates: { account: string; of: string }[];
  counts: Record<
    | 'accounts'
    | 'touched'
    | 'accepted'
    | 'won'
    | 'lost'
    | 'open'
    | 'customers'
    | 'expanded'
    | 'churnedAfterUse'
    | 'churnedEarly',
    number
  >;
}

export function answerKey(market: Market, stories: readonly Story[]): AnswerKey {
  const { world } = market;
  const planted = (thing: PlantedThing): boolean => world.plants.has(thing);
  const ids = (accounts: readonly number[]): string[] => accounts.map((account) => recordId('account', account));
  const members = segments.map((): number[] => []);
  const detractors: number[] = [];
  const duplicates: { account: string; of: string }[] = [];
  for (const [account, { duplicateOf }] of stories.entries()) {
    if (duplicateOf !== null) {
      duplicates.push({ account: recordId('account', account), of: recordId('account', duplicateOf) });
      continue;
    }
    const traits = market.traits(account);
    world.segments.forEach((segment, place) => {
      if (segment.membership(traits) > 0.5) members[place]!.push(account);
    });
    if (isDetractor(world, traits)) detractors.push(account);
  }
  const count = (accounts: readonly number[], is: (story: Story) => boolean): number =>
    accounts.filter((account) => is(stories[account]!)).length;
  const deals = [...dealtRows(market, stories)];
  const everyone = stories.map((_, account) => account);
  return {
    seed: market.seed,
    until: isoDate(market.until - 1),
    planted: plantedThings.filter(planted),
    effects: world.effects.map(({ name, fields, tools = [], adds }) => ({ name, fields, tools, adds })),
    segments: world.segments.map(({ name, description, adds }, place) => ({
      name,
      description,
      adds,
      accounts: ids(members[place]!),
      touched: count(members[place]!, (story) => story.touchedAt !== null),
      won: count(members[place]!, (story) => story.customer !== null),
      expanded: count(members[place]!, hasExpanded),
    })),
    detractor: planted('detractor')
      ? {
          fields: [
            ...new Set(effects.filter((effect) => effect.plant === 'detractor').flatMap(({ fields }) => fields)),
          ],
          accounts: ids(detractors),
          customers: count(detractors, (story) => story.customer !== null),
          churnedAfterUse: count(detractors, (story) => story.customer?.churn === 'after use'),
        }
      : null,
    darling: planted('darling') ? { field: 'web_visits' } : null,
    cause: planted('cause')
      ? { field: 'technologies', name: 'Snowflake', points: effectOfCause(market, stories) }
      : null,
    confounder: planted('confounder') ? { field: 'funding_amount', because: ['employees', 'employees_1yr_ago'] } : null,
    emerging: planted('emerging') ? emergingTruth(market, stories, deals) : null,
    losses: planted('losses') ? lossTruth(deals) : null,
    drift: planted('drift') ? driftTruth(market, stories, deals) : null,
    rejections: planted('rejections') ? turnedDownTruth(market, stories) : null,
    decay: planted('decay')
      ? {
          signs: ['active_users', 'sessions', 'tickets', 'nps', 'champion_left'],
          left: dated(stories, ({ customer }) => (customer?.churn === 'after use' ? customer.endedAt : null)),
        }
      : null,
    growth: planted('growth')
      ? {
          signs: ['active_users', 'power_users', 'limit_share', 'nps'],
          grew: dated(stories, (story) => expansionOf(story)?.closesAt ?? null),
        }
      : null,
    leak: planted('leak') ? { field: 'onboarding_stage' } : null,
    noise: planted('noise') ? ['fiscal_year_end', 'legal_form', 'email_provider', 'vat_checked'] : [],
    duplicates,
    counts: {
      accounts: stories.length,
      touched: count(everyone, (story) => story.touchedAt !== null),
      accepted: count(everyone, (story) => story.acceptedAt !== null),
      won: countDeals(stories, 'won'),
      lost: countDeals(stories, 'lost'),
      open: countDeals(stories, 'open'),
      customers: count(everyone, (story) => story.customer !== null),
      expanded: count(everyone, hasExpanded),
      churnedAfterUse: count(everyone, (story) => story.customer?.churn === 'after use'),
      churnedEarly: count(everyone, (story) => story.customer?.churn === 'early'),
    },
  };
}

function hasExpanded(story: Story): boolean {
  return expansionOf(story) !== undefined;
}

function expansionOf({ deals }: Story): PlannedDeal | undefined {
  return deals.find((deal) => deal.type === 'expansion' && deal.outcome === 'won');
}

/** The accounts to which something happened, and the day. */
function dated(stories: readonly Story[], when: (story: Story) => Day | null): { account: string; on: string }[] {
  return stories.flatMap((story, account) => {
    const day = when(story);
    return day === null ? [] : [{ account: recordId('account', account), on: isoDate(day) }];
  });
}

function countDeals(stories: readonly Story[], outcome: 'won' | 'lost' | 'open'): number {
  let sum = 0;
  for (const { deals } of stories) for (const deal of deals) if (deal.outcome === outcome) sum += 1;
  return sum;
}
