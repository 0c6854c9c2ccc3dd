import { type Day, officeDay } from './calendar.ts';
import type { Market } from './market.ts';
import type { Story } from './plan.ts';
import { segments } from './segments.ts';

export const answerKinds = [
  'outreach',
  'reply_positive',
  'reply_problem',
  'reply_declined',
  'meeting',
  'next_step',
] as const;
export type CampaignKind = (typeof answerKinds)[number];

const campaignWeeks = 26;
const meetingWeeks = 52;

/** How a campaign is answered: well by members of the planted segments, by next to nobody else. Without segments all answer alike. */
export const campaignRates = {
  written: 0.95,
  positive: { member: 0.12, other: 0.002, all: 0.03 },
  declined: 0.02,
  problem: 0.6,
  meeting: 0.8,
  nextStep: 0.7,
  /** Of leads that sales took on. */
  leadMeeting: 0.6,
  leadNextStep: 0.45,
} as const;

export interface CampaignRow {
  kind: CampaignKind;
  day: Day;
}

/** What was written to an account in the campaign of the last half year, what came back, and meetings with leads. */
export function campaignOf(market: Market, account: number, story: Story): CampaignRow[] {
  return [...meetingsOf(market, account, story), ...answersOf(market, account, story)].filter(
    ({ day }) => officeDay(day) < market.until,
  );
}

/** Meetings with leads that sales has taken on in the last year. */
function meetingsOf(market: Market, account: number, { leads }: Story): CampaignRow[] {
  const accepted = leads.find(({ status, decidedAt }) => status === 'accepted' && decidedAt !== null);
  const metFrom = accepted?.decidedAt ?? null;
  if (metFrom === null || metFrom < market.until - 7 * meetingWeeks) return [];
  const random = market.random(account, 'meeting');
  if (random.next() >= campaignRates.leadMeeting) return [];
  const day = metFrom + random.between(1, 8);
  const meeting: CampaignRow = { kind: 'meeting', day };
  if (random.next() >= campaignRates.leadNextStep) return [meeting];
  return [meeting, { kind: 'next_step', day: day + random.between(1, 28) }];
}

function answersOf(market: Market, account: number, story: Story): CampaignRow[] {
  const start = market.until - 7 * campaignWeeks;
  if (story.duplicateOf !== null || story.customer !== null || talkedTo(story, start)) return [];
  const random = market.random(account, 'campaign');
  const rates = campaignRates;
  if (random.next() >= rates.written) return [];
  const writtenAt = random.between(start, market.until - 1);
  const found: CampaignRow[] = [{ kind: 'outreach', day: writtenAt }];
  const add = (kind: CampaignKind, day: Day): void => {
    found.push({ kind, day });
  };
  const answer = random.next();
  const answeredAt = writtenAt + random.between(1, 12);
  const likes = likelyPositive(market, account);
  if (answer >= likes) {
    if (answer < likes + rates.declined) add('reply_declined', answeredAt);
    return found;
  }
  add(random.next() < rates.problem ? 'reply_problem' : 'reply_positive', answeredAt);
  if (random.next() >= rates.meeting) return found;
  const metAt = answeredAt + random.between(2, 15);
  add('meeting', metAt);
  if (random.next() < rates.nextStep) add('next_step', metAt + random.between(1, 25));
  return found;
}

function talkedTo({ leads, deals }: Story, since: Day): boolean {
  return (
    leads.some(({ createdAt, status }) => createdAt >= since - 60 || status === 'open') ||
    deals.some(({ closesAt }) => closesAt >= since - 60)
  );
}

function likelyPositive(market: Market, account: number): number {
  const { member, other, all } = campaignRates.positive;
  if (!market.world.plants.has('segments')) return all;
  const traits = market.traits(account);
  return segments.some(({ membership }) => membership(traits) > 0.5) ? member : other;
}
