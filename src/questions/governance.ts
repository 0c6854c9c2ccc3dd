import { governanceAt } from '../engine/governance/governance.ts';
import { governanceChannel } from '../engine/governance/governance-channel.ts';
import { reviewerOf } from '../engine/judgements/flags.ts';
import { lapsedOf } from '../icp/judgements/governance.ts';
import { accountNames } from '../store/account-names.ts';
import { cautionsAt } from '../store/cautions.ts';
import { listFlags } from '../store/flags.ts';
import { loopCounts } from '../store/loop-counts.ts';
import type { Question } from './draft.ts';
import type { ReportCard } from './report-card.ts';
import { governanceReport, playbookReport } from './reports/governance.ts';

const countedDays = 30;
const dayMs = 86_400_000;

/**
 * Who owns what, how often is it calibrated, who answers doubts, and how do changes reach the inputs? By name and date, with
 * what nobody looks after.
 *
 * @param args.at the moment of the question: what was set, raised or recorded by then
 * @param args.about `tier 2`: only what happens at that tier
 */
export const governanceQuestion: Question<{ at: number; about?: string }, ReportCard> = async (
  { store },
  pin,
  { at, about },
) => {
  const { book, importId, model } = pin;
  const governance = await governanceAt(store, { book, catalogue: model.catalogue, now: at });
  const tier = /\b([123])\b/.exec(about ?? '')?.[1];
  const read = [`settings with their history and what was recorded by ${new Date(at).toISOString().slice(0, 16)} UTC`];
  if (tier !== undefined) {
    const { text, figures, card } = playbookReport(governance.playbook, Number(tier));
    return { text, figures, card: { kind: 'report', topic: 'governance', ...card }, read };
  }
  const raised = (await listFlags(store, { book: book.name })).filter(({ flaggedAt }) => flaggedAt <= at);
  const open = raised.filter(({ answeredAt }) => answeredAt === null || answeredAt > at);
  const { text, figures, card } = governanceReport({
    ...{ now: at, governance },
    lapsed: lapsedOf(governance.calibrations, governance.acknowledged?.at ?? null),
    flags: open.map((flag) => ({ ...flag, answeredAt: null })),
    names: await accountNames(store, book.name, importId, [...new Set(open.map(({ accountId }) => accountId))]),
    reviewer: (await reviewerOf(store))?.name ?? null,
    channel: await governanceChannel(store),
    cautions: await cautionsAt(store, book.name, at),
    counts: { days: countedDays, ...(await loopCounts(store, book.name, at - countedDays * dayMs, at)) },
  });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'governance', ...card },
    read: [...read, `flags, overrides and questions of the last ${countedDays} days`],
  };
};
