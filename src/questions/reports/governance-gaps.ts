import { dayOf } from '../../icp/features/calendar.ts';
import { isOverdue } from '../../icp/judgements/flag.ts';
import type { Governed } from './governance.ts';

/** What nobody looks after, as sentences without their full stops, with the setting that would mend it. */
export function gapsOf({ now, governance, lapsed, flags, names, reviewer, channel }: Governed): string[] {
  const { reviewed, tasks, playbook, unknownOwners } = governance;
  return [
    ...reviewed
      .filter(({ owner }) => owner === null)
      .map(({ key, label }) => `nobody owns ${label}: governance.owner.${key}`),
    ...unknownOwners.map(({ key, typed }) => `${typed} owns something and is nobody the company knows: ${key}`),
    ...reviewed
      .filter(({ owner, nextReview }) => owner !== null && nextReview === null)
      .map(({ key, label }) => `no day is set for the next review of ${label}: governance.review.${key}`),
    ...reviewed
      .filter(({ overdue }) => overdue)
      .map(
        ({ key, label, owner, nextReview }) =>
          `the review of ${label} was due on ${dayOf(nextReview ?? now)}, by ${owner ?? 'nobody'}: governance.review.${key}`,
      ),
    ...lapsed.map(
      ({ against, next }) => `the calibration against ${against} was due on ${dayOf(next)} and has not run`,
    ),
    ...(reviewer === null ? ['nobody is named to answer doubts about scores: flags.reviewer'] : []),
    ...flags
      .filter((flag) => isOverdue(flag, now))
      .map(
        ({ id, accountId, flaggedAt }) =>
          `flag ${id} on ${names.get(accountId) ?? accountId} waits for an answer since ${dayOf(flaggedAt)}`,
      ),
    ...tasks
      .filter(({ reviewedAt }) => reviewedAt === null)
      .map(
        ({ what, on }) =>
          `the definitions were not reviewed since “${what}” on ${dayOf(on)}; setting governance.review.definitions anew says that they were`,
      ),
    ...playbook
      .filter(({ said }) => said === null)
      .map(({ tier }) => `nobody has written down what happens at tier ${tier}: playbook.tier${tier}`),
    ...(channel === null ? ['no channel is told of governance: governance.channel'] : []),
  ];
}
