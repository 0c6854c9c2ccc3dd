import type { Random } from '../../stats/random.ts';
import { type Day, isoDate } from '../calendar.ts';
import type { Market } from '../market.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { ageStack } from '../technologies.ts';
import { roundTo, type Traits } from '../traits.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = ['account_id', 'field', 'value', 'observed_at', 'source'];

type Value = string | number | readonly string[];

/** Share of the accounts for which each field was ever found out. */
const fillRates: Readonly<Record<string, number>> = {
  employees: 0.99,
  employees_1yr_ago: 0.99,
  revenue: 0.66,
  funding_stage: 0.78,
  funding_amount: 0.64,
  technologies: 0.97,
  sales_team_size: 0.7,
  web_visits: 0.83,
  use_case: 0.76,
  focus: 0.96,
  technical_founders: 0.84,
};

const researched = new Set(['use_case', 'focus', 'technical_founders']);

/** Facts that change, as they were found out: before the first touch for most accounts, and again about once a year. */
export function observationsFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'observations.csv', header, rows: rereadable(() => observationRows(market, stories)) };
}

function* observationRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  const dirty = market.world.plants.has('dirt');
  for (const [account, story] of stories.entries()) {
    const random = market.random(account, 'observe');
    const id = recordId('account', account);
    const traits = market.traits(story.duplicateOf ?? account);
    const known = new Set(
      Object.keys(fillRates).filter(
        (field) => random.next() < fillRates[field]! * (story.duplicateOf === null ? 1 : 0.4) || !dirty,
      ),
    );
    const first = firstLook(story, random, market.until, dirty);
    const date = isoDate(first);
    for (const [field, value] of factsAt(traits, 0)) {
      if (!known.has(field)) continue;
      yield [id, field, cell(value), date, researched.has(field) ? 'research' : 'enrichment'];
      if (dirty && field === 'employees' && random.next() < 0.14) {
        yield [id, field, cell(guess(traits.employees, random)), isoDate(first - random.between(0, 90)), 'salesforce'];
      }
    }
    yield* laterLooks({ id, traits, known, from: first, until: market.until, random });
    if (story.customer !== null && story.customer.churn !== 'early') {
      yield [
        id,
        'health_score',
        cell(random.integer(30, 98)),
        isoDate(Math.min(market.until - 1, story.customer.startedAt + 60)),
        'success tool',
      ];
    }
  }
}

/** Before the first touch for 93 % of accounts; for the rest somebody looked it up later, whatever came of them. */
function firstLook(story: Story, random: Random, until: Day, dirty: boolean): Day {
  const late = random.next() < 0.03 && dirty;
  if (story.touchedAt === null) return until - random.between(5, 600);
  return late
    ? Math.min(until - 1, story.touchedAt + random.between(4, 120))
    : story.touchedAt - random.between(8, 220);
}

/** What would be found some years after the account was first met. Young growth slows down. */
function factsAt(traits: Traits, years: number): [field: string, value: Value][] {
  const growth = traits.growth * 0.6 ** years;
  const employees = Math.max(3, Math.round(traits.employees * (1 + traits.growth * 0.7) ** years));
  return [
    ['employees', employees],
    ['employees_1yr_ago', Math.max(1, Math.round(employees / (1 + growth)))],
    ['revenue', roundTo(traits.revenue * (1 + traits.growth * 0.6) ** years, 3)],
    ['funding_stage', traits.fundingStage],
    ['funding_amount', traits.fundingAmount],
    ['technologies', traits.technologies],
    ['sales_team_size', Math.round(traits.salesTeam * (1 + traits.growth * 0.7) ** years)],
    ['web_visits', roundTo(traits.webVisits * (1 + 0.1 * years), 3)],
    ['use_case', traits.useCase],
    ['focus', traits.focus],
    ['technical_founders', traits.technicalFounders],
  ];
}

const lookedUpAgain = new Set(['employees', 'employees_1yr_ago', 'technologies', 'web_visits', 'sales_team_size']);

function* laterLooks(of: {
  id: string;
  traits: Traits;
  known: ReadonlySet<string>;
  from: Day;
  until: Day;
  random: Random;
}): Generator<readonly string[]> {
  let stack = of.traits.technologies;
  let at = of.from + of.random.between(300, 460);
  while (at < of.until) {
    const date = isoDate(at);
    stack = ageStack(of.random, stack);
    for (const [field, value] of factsAt(of.traits, (at - of.from) / 365.25)) {
      if (!of.known.has(field) || !lookedUpAgain.has(field)) continue;
      yield [of.id, field, cell(field === 'technologies' ? stack : value), date, 'enrichment'];
    }
    at += of.random.between(300, 460);
  }
}

/** A headcount as a rep types it: from memory, and round. */
function guess(employees: number, random: Random): number {
  return Math.max(5, roundTo(employees * Math.exp(0.35 * random.normal()), 1));
}
