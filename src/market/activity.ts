import type { Random } from '../stats/random.ts';
import type { Day } from './calendar.ts';
import type { Story } from './plan.ts';

export const signalKinds = [
  'page_view',
  'content_download',
  'event_attendance',
  'trial_start',
  'pricing_page',
  'third_party_intent',
  'job_post',
  'review_activity',
  'keyword_search',
  'pain',
  'new_funding',
  'leadership_change',
] as const;
export type SignalKind = (typeof signalKinds)[number];

/** How often a kind is seen in a week: of an account that is not moving, and in addition of one about to buy. */
export const weeklyRates: Readonly<Record<SignalKind, { idle: number; moving: number }>> = {
  page_view: { idle: 0.055, moving: 0.75 },
  content_download: { idle: 0.006, moving: 0.14 },
  event_attendance: { idle: 0.003, moving: 0.05 },
  trial_start: { idle: 0.0004, moving: 0.03 },
  pricing_page: { idle: 0.003, moving: 0.2 },
  third_party_intent: { idle: 0.012, moving: 0.18 },
  job_post: { idle: 0.011, moving: 0.05 },
  review_activity: { idle: 0.004, moving: 0.06 },
  keyword_search: { idle: 0.009, moving: 0.12 },
  pain: { idle: 0.0025, moving: 0.035 },
  new_funding: { idle: 0.0015, moving: 0.006 },
  leadership_change: { idle: 0.002, moving: 0.02 },
};

/**
 * How much an account is moving in the week that starts on a day: 0 not at all, 0.75 just before it buys.
 *
 * It stirs two months before its first lead, keeps moving while there is a deal, and rises towards a deal that will be
 * won; a deal that will be lost slowly goes quiet. Customers look in now and then, more so before they expand.
 *
 * @param heat how hard an open deal is being considered, 0 to 1
 */
export function movement(story: Story, week: Day, heat: number): number {
  let most = 0;
  if (story.touchedAt !== null) {
    const ahead = story.touchedAt - week;
    if (ahead > -21 && ahead < 60) most = 0.22;
  }
  for (const deal of story.deals) {
    if (week < deal.createdAt - 45 || week > deal.closesAt) continue;
    const along = (week - deal.createdAt + 45) / (deal.closesAt - deal.createdAt + 45);
    const towards = { won: 0.3 + 0.45 * along, lost: 0.36 - 0.16 * along, open: 0.22 + 0.5 * heat * along }[
      deal.outcome
    ];
    most = Math.max(most, deal.type === 'new' ? towards : 0.5 * towards);
  }
  const { customer } = story;
  if (customer !== null && week > customer.startedAt && (customer.endedAt === null || week < customer.endedAt)) {
    most = Math.max(most, 0.06);
  }
  return most;
}

/** Some weeks of looking round that come to nothing. Two accounts in five have them, whatever their profile. */
interface Curiosity {
  from: Day;
  to: Day;
  strength: number;
}

/** Draws when an account looks round, if it does, within the days that signals are kept for. */
export function drawCuriosity(random: Random, from: Day, until: Day): Curiosity {
  const start = random.between(from - 40, until);
  const looks = random.next() < 0.4;
  return { from: start, to: start + random.between(20, 60), strength: looks ? random.between(0.2, 0.75) : 0 };
}

/** What a week is multiplied by: quiet in August and over the turn of the year, a little busier in spring and autumn. */
export function season(week: Day): number {
  const dayOfYear = ((week % 365.25) + 365.25) % 365.25;
  if (dayOfYear > 352 || dayOfYear < 4) return 0.35;
  if (dayOfYear > 212 && dayOfYear < 236) return 0.7;
  return 1 + 0.12 * Math.cos((4 * Math.PI * (dayOfYear - 75)) / 365.25);
}
