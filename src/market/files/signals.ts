import type { Random } from '../../stats/random.ts';
import { drawCuriosity, movement, type SignalKind, season, signalKinds, weeklyRates } from '../activity.ts';
import { officeMoment } from '../calendar.ts';
import { campaignOf } from '../campaign.ts';
import type { Market } from '../market.ts';
import * as phrases from '../phrases.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = ['account_id', 'kind', 'observed_at', 'value', 'source', 'text'];
const weeks = 58;

const idleTotal = signalKinds.reduce((sum, kind) => sum + weeklyRates[kind].idle, 0);
const movingTotal = signalKinds.reduce((sum, kind) => sum + weeklyRates[kind].moving, 0);

/** What accounts were seen doing in the last 58 weeks. A row of page views is a visit, its value the pages looked at. */
export function signalsFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'signals.csv', header, rows: rereadable(() => signalRows(market, stories)) };
}

function* signalRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  const planted = market.world.plants.has('signals');
  for (const [account, story] of stories.entries()) {
    if (story.duplicateOf !== null) continue;
    const random = market.random(account, 'signals');
    const id = recordId('account', account);
    const heat = random.next();
    const pace = Math.min(4, market.size.activity);
    const curious = Math.exp(0.8 * random.normal() - 0.32) * market.size.activity;
    const start = market.until - 7 * weeks;
    const curiosity = drawCuriosity(random, start, market.until);
    for (let week = start; week + 7 <= market.until; week += 7) {
      const looking = week >= curiosity.from && week < curiosity.to ? curiosity.strength : 0;
      // Without the plant, activity has nothing to do with what becomes of the account.
      const moving = Math.max(looking, planted ? movement(story, week, heat) : 0);
      const moves = moving * pace;
      const all = season(week) * (idleTotal * curious + movingTotal * moves);
      for (let left = all - waiting(random); left > 0; left -= waiting(random)) {
        const kind = random.weighted(
          signalKinds,
          signalKinds.map((each) => weeklyRates[each].idle * curious + weeklyRates[each].moving * moves),
        );
        yield [id, kind, officeMoment(week + random.between(0, 7)), ...describe(kind, random, moving)];
      }
    }
    for (const { kind, day } of campaignOf(market, account, story)) {
      yield [id, kind, officeMoment(day), '', 'sales engagement', ''];
    }
  }
}

/** Time to the next of a Poisson stream of rate one. */
function waiting(random: Random): number {
  return -Math.log(1 - random.next());
}

/** Value, source and text of a signal. */
function describe(kind: SignalKind, random: Random, moving: number): [value: string, source: string, text: string] {
  switch (kind) {
    case 'page_view':
      return [cell(1 + Math.floor(waiting(random) * (2 + 6 * moving))), 'website', ''];
    case 'pricing_page':
      return [cell(random.integer(1, 3)), 'website', ''];
    case 'content_download':
      return ['1', 'website', random.pick(phrases.contentTitles)];
    case 'event_attendance':
      return ['1', 'events', random.pick(phrases.eventNames)];
    case 'trial_start':
      return ['1', 'product', 'Trial for 14 days'];
    case 'third_party_intent':
      return [
        cell(Math.min(99, random.integer(35, 78) + Math.round(24 * moving))),
        'intent provider',
        random.pick(phrases.intentTopics),
      ];
    case 'job_post':
      return [
        cell(random.weighted([1, 2, 3, 4, 6], [50, 26, 12 + 20 * moving, 7 + 10 * moving, 3])),
        'job board',
        random.pick(phrases.jobTitles),
      ];
    case 'review_activity':
      return ['1', 'review site', 'Compared products in forecasting'];
    case 'keyword_search':
      return [cell(random.integer(1, 4)), 'search', random.pick(phrases.searchTerms)];
    case 'pain':
      return [
        '1',
        random.pick(phrases.painSources),
        random.pick(random.next() < 0.3 - 0.25 * moving ? phrases.otherPhrases : phrases.painPhrases),
      ];
    case 'new_funding':
      return [
        '1',
        'news',
        random.pick(['Raised a seed round', 'Raised a Series A', 'Raised a Series B', 'Raised growth capital']),
      ];
    case 'leadership_change':
      return ['1', 'news', random.pick(phrases.newLeaders)];
  }
}
