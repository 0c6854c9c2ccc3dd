import { spread } from '../choose.ts';
import { firstNames, lastNames, titles } from '../contact-names.ts';
import { identityOf } from '../identity.ts';
import type { Market } from '../market.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { fill } from './accounts.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = ['contact_id', 'account_id', 'name', 'email', 'title', 'seniority'];

/** People at the accounts; the further an account came, the more of them are known. */
export function contactsFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'contacts.csv', header, rows: rereadable(() => contactRows(market, stories)) };
}

function* contactRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  const weights = stories.map((story, account) => {
    const known = 0.35 + (story.touchedAt === null ? 0 : 0.7) + 2.2 * Math.min(2, story.deals.length);
    return known * (0.3 + market.random(account, 'contacts').next());
  });
  const counts = spread(market.size.contacts, weights);
  const shares = titles.map(([, , share]) => share);
  let contact = 0;
  for (const [account, count] of counts.entries()) {
    if (count === 0) continue;
    const random = market.random(account, 'contact');
    const { domain } = identityOf(market, account, stories[account]!.duplicateOf);
    const filled = fill(random, market.world.plants.has('dirt'));
    for (let person = 0; person < count; person += 1) {
      const first = random.pick(firstNames);
      const last = random.pick(lastNames);
      const [title, seniority] = random.weighted(titles, shares);
      yield [
        recordId('contact', contact),
        recordId('account', account),
        `${first} ${last}`,
        cell(domain === null ? null : filled(0.91, `${first}.${last}@${domain}`.toLowerCase())),
        cell(filled(0.86, title)),
        cell(filled(0.72, seniority)),
      ];
      contact += 1;
    }
  }
}
