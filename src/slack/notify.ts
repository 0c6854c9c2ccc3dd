import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import type { Notifier, Recipient, ToldAt } from '../engine/notifier.ts';
import type { ReportCard } from '../questions/report-card.ts';
import type { Answer } from '../questions/types.ts';
import type { SlackLog } from './deps.ts';
import { createProposalBoard, type ProposalBoard } from './proposals/proposal-board.ts';
import { auditHeadMessage } from './views/audit-head.ts';
import type { Message } from './views/blocks.ts';
import { churnAlertMessage } from './views/churn-alert.ts';
import { expansionListMessage } from './views/expansion-list.ts';
import { flagAnsweredMessage, flagMessage } from './views/flag.ts';
import { lapseMessage } from './views/lapse.ts';
import { leadMessage } from './views/lead-card.ts';
import { escalationMessage, nothingToChangeMessage } from './views/proposal-notices.ts';
import { publicationMessage, publicationPausedMessage } from './views/publication.ts';
import { reportBackMessage } from './views/report-back.ts';
import { reportCard } from './views/report-card.ts';
import { scoreChangedMessage } from './views/score-changed.ts';

/** Puts a report before a channel that did not ask for it. */
export interface Reporter {
  report(answer: Answer<ReportCard>, channel: string): Promise<ToldAt | null>;
}

/** Slack's own trouble: the message may have been posted before it. */
const nobodyKnows = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Nobody was there to be told. */
const neverReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Tells people through Slack. A refusal is an answer; anything else that goes wrong leaves it open whether it was told. */
export function createNotifier({
  client,
  log,
  now = () => 0,
  board = createProposalBoard({ client, log }),
}: {
  client: WebClient;
  log: SlackLog;
  /** For what a message offers for a while only. */
  now?: () => number;
  board?: ProposalBoard;
}): Notifier & Reporter {
  const post = async (what: string, channel: string, message: Message): Promise<ToldAt | null> => {
    try {
      const sent = await client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false });
      return { channel: sent.channel ?? channel, ts: sent.ts ?? '' };
    } catch (error) {
      log.error({ err: error, channel }, `${what} could not be posted`);
      if (surelyNotTold(error)) return null;
      throw error;
    }
  };
  const postTo = async (what: string, to: Recipient, message: Message): Promise<ToldAt | null> => {
    if ('channel' in to) return post(what, to.channel, message);
    const user = to.person.slackId ?? (await userOf(to.person.email));
    return user === null ? null : post(what, user, message);
  };
  const userOf = async (email: string): Promise<string | null> => {
    try {
      return (await client.users.lookupByEmail({ email })).user?.id ?? null;
    } catch (error) {
      log.error({ err: error, email }, 'nobody in Slack has this address');
      return null;
    }
  };
  return {
    async leadChanged(cards, { channel, ts }) {
      try {
        await client.chat.update({ channel, ts, ...leadMessage(cards, now()) });
      } catch (error) {
        // The answer is kept, and a message that somebody deleted has nobody to tell.
        log.warn({ err: error, channel, ts }, 'a lead card could not be updated');
      }
    },
    reportBack: (decided, person) =>
      postTo('what became of answers', { person }, reportBackMessage(decided, person.email)),
    scoreChanged: (changes, person) => postTo('a change of score', { person }, scoreChangedMessage(changes)),
    leadCard: (card, to) => postTo('a lead card', to, leadMessage([card], now())),
    churnAlert: (alert, channel) => post('a churn alert', channel, churnAlertMessage(alert)),
    expansionList: (findings, channel) => post('the expansion list', channel, expansionListMessage(findings)),
    flag: (flag, channel) => post('a flag', channel, flagMessage(flag)),
    lapse: (why, channel) => post('a missed calibration', channel, lapseMessage(why)),
    auditHead: (checked, channel) => post('the head of the audit log', channel, auditHeadMessage(checked)),
    proposal: (state, channel) => board.post(state, (message) => post('a proposal', channel, message)),
    proposalChanged: (state) => board.refresh(state),
    proposalEscalated: (state, channel) => post('an escalation', channel, escalationMessage(state)),
    publicationReport: (report, channel) => post('what was published', channel, publicationMessage(report)),
    publicationPaused: (report, channel) => post('why publishing waits', channel, publicationPausedMessage(report)),
    nothingToChange: (told, channel) => post('that nothing is to be changed', channel, nothingToChangeMessage(told)),
    async flagAnswered(told, posts) {
      const raiser = told.raisedBy?.slackId ?? null;
      const messages: Promise<unknown>[] = posts.map(({ channel, ts }) =>
        client.chat.update({ channel, ts, ...flagMessage(told) }),
      );
      if (raiser !== null) messages.push(client.chat.postMessage({ channel: raiser, ...flagAnsweredMessage(told) }));
      for (const ended of await Promise.allSettled(messages)) {
        // The answer is kept, and a message that somebody deleted has nobody to tell.
        if (ended.status === 'rejected') log.warn({ err: ended.reason }, 'an answer could not be told');
      }
    },
    async report(answer, channel) {
      const [first, ...rest] = reportCard(answer);
      if (first === undefined) return null;
      const told = await post('a report', channel, first);
      if (told !== null) for (const message of rest) await post('a report', channel, message);
      return told;
    },
  };
}

function surelyNotTold(error: unknown): boolean {
  if (error instanceof WebAPIRateLimitedError) return true;
  if (error instanceof WebAPIPlatformError) return !nobodyKnows.has(error.data.error);
  for (let cause: unknown = error; cause instanceof Error; cause = originOf(cause)) {
    if ('code' in cause && typeof cause.code === 'string' && neverReached.has(cause.code)) return true;
  }
  return false;
}

function originOf(error: Error): unknown {
  return error instanceof WebAPIRequestError ? error.original : error.cause;
}
