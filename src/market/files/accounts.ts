import type { Random } from '../../stats/random.ts';
import { type Day, isoDate } from '../calendar.ts';
import { ownerOf } from '../colleagues.ts';
import { identityOf, swapLetters } from '../identity.ts';
import type { Market } from '../market.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const columns = [
  'account_id',
  'name',
  'domain',
  'owner_email',
  'region',
  'industry',
  'sub_industry',
  'country',
  'city',
];
const dated = ['founded_on', 'office_count'];
const noise = ['fiscal_year_end', 'legal_form', 'email_provider', 'vat_checked'];
const months = ['March', 'June', 'September', 'December'] as const;
const mailers = ['Google Workspace', 'Microsoft 365', 'Zoho Mail', 'own server'] as const;

/** Facts that hardly ever change, without dates. What changes is in `observations.csv`, dated. */
export function accountsFile(market: Market, stories: readonly Story[]): MarketFile {
  const { plants } = market.world;
  const header = [
    ...columns,
    ...dated,
    ...(plants.has('noise') ? noise : []),
    ...(plants.has('leak') ? ['onboarding_stage'] : []),
  ];
  return { file: 'accounts.csv', header, rows: rereadable(() => accountRows(market, stories)) };
}

function* accountRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  const { plants } = market.world;
  for (const [account, story] of stories.entries()) {
    const traits = market.traits(story.duplicateOf ?? account);
    const random = market.random(account, 'account-row');
    const { name, domain } = identityOf(market, account, story.duplicateOf);
    const typed = plants.has('dirt')
      ? (text: string, others: readonly string[]) => careless(text, others, random)
      : plainly;
    const filled = fill(random, plants.has('dirt'));
    const sector = traits.industry.name;
    const row = [
      recordId('account', account),
      name,
      domain,
      filled(0.97, ownerOf(traits.place.region, market.random(story.duplicateOf ?? account, 'owner')).email),
      traits.place.region,
      filled(
        0.95,
        typed(sector, [sector.toLowerCase(), sector.toUpperCase(), `${sector} `, swapLetters(sector, random)]),
      ),
      filled(0.82, traits.subIndustry),
      filled(0.96, typed(traits.place.country, traits.place.aliases)),
      filled(0.74, random.pick(traits.place.cities)),
      filled(0.94, founded(story.touchedAt ?? market.until - 300, traits.ageYears, random)),
      filled(0.7, Math.max(1, Math.round((traits.employees / 140) ** 0.7 * random.between(0.6, 1.6)))),
    ];
    if (plants.has('noise')) {
      row.push(
        filled(0.85, random.weighted(months, [20, 14, 10, 56])),
        filled(0.9, random.pick(traits.place.legalForms)),
      );
      row.push(filled(0.78, random.weighted(mailers, [45, 38, 5, 12])), filled(0.66, random.pick(['yes', 'no'])));
    }
    if (plants.has('leak')) row.push(onboardingStage(story, random));
    yield row.map(cell);
  }
}

/** Keeps a value at a fill rate, and blanks it otherwise. */
export function fill(random: Random, dirty: boolean): <T>(rate: number, value: T) => T | null {
  return (rate, value) => (random.next() < rate || !dirty ? value : null);
}

function plainly(text: string): string {
  return text;
}

function careless(text: string, others: readonly string[], random: Random): string {
  return random.next() < 0.04 ? random.pick(others) : text;
}

/** A company is as old as it was drawn when it is first met. */
function founded(metAt: Day, ageYears: number, random: Random): string {
  const day = metAt - ageYears * 365.25;
  return random.next() < 0.5 ? isoDate(day) : `${isoDate(day).slice(0, 4)}-01-01`;
}

/** The leak: somebody in onboarding fills it in, so it is there for those who bought and for nobody else. */
function onboardingStage(story: Story, random: Random): string | null {
  if (story.customer === null) return null;
  return random.weighted(['kick-off', 'configured', 'live', null], [6, 10, 80, 4]);
}
