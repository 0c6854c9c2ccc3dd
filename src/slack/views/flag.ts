import type { KnownBlock, ModalView } from '@slack/types';
import type { FlagTold } from '../../engine/notifier.ts';
import { isLowEvidence } from '../../icp/evidence.ts';
import { formatDate, roughScore } from '../../questions/format-figure.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { writeSubject } from '../buttons/subject-value.ts';
import { actions, button, context, type Message, section } from './blocks.ts';
import { formModal, textField } from './form.ts';
import { plain } from './text.ts';

export const answerField = 'answer';

/** A doubt about a score, for whoever must answer it; afterwards it says who did. */
export function flagMessage(told: FlagTold): Message {
  const { flag, accountName } = told;
  const name = plain(accountName, 150);
  const score = flag.score === null ? 'its score' : `its score of *${scoreOf(flag.score, told.support)}*`;
  const why = flag.reason === null ? 'without saying why' : `“${plain(flag.reason, 1000)}”`;
  return {
    text: `${raiserOf(told)} doubts the score of ${name}. ${plainStanding(told)}`,
    blocks: [
      section(`*${raiserOf(told)}* doubts *${name}* and ${score}: ${why}`),
      context(standing(told)),
      ...buttonsOf(told),
    ],
  };
}

function scoreOf(score: string, support: FlagTold['support']): string {
  return support !== null && isLowEvidence(support.evidence)
    ? roughScore(Number(score), support.range)
    : plain(score, 20);
}

/** What who raised it is told. */
export function flagAnsweredMessage({ flag, accountName, answeredBy }: FlagTold): Message {
  const by = plain(answeredBy?.name ?? flag.answeredBy ?? 'somebody', 80);
  const said = `${by} answered your doubt about *${plain(accountName, 150)}*: “${plain(flag.answer ?? '', 1000)}”`;
  return { text: said.replaceAll('*', ''), blocks: [section(said)] };
}

/** What is asked of who answers. */
export function answerModal(accountName: string, metadata: string): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.answerFlag, title: 'Answer the doubt', submit: 'Answer', metadata },
    blocks: [
      section(`Somebody doubts the score of *${plain(accountName, 150)}*. Whoever raised it is told what you say.`),
      textField({
        ...{ id: answerField, question: 'What did you find?', multiline: true, shortest: 3 },
        placeholder: 'For example: the source has the old owner; corrected at the source',
      }),
    ],
  });
}

/** Who answered what, or who should. */
function standing(told: FlagTold): string {
  const { flag, reviewer } = told;
  if (flag.answeredAt !== null) return plainStanding(told);
  const who =
    reviewer === null
      ? 'nobody in particular'
      : reviewer.slackId === null
        ? plain(reviewer.name, 80)
        : `<@${reviewer.slackId}>`;
  return `Raised on ${dayOf(flag.flaggedAt)}. For ${who} to answer within a week; the score stays as it is until then.`;
}

function plainStanding({ flag, answeredBy, reviewer }: FlagTold): string {
  const raised = `Raised on ${dayOf(flag.flaggedAt)}.`;
  if (flag.answeredAt === null)
    return `${raised} For ${plain(reviewer?.name ?? 'nobody in particular', 80)} to answer.`;
  const by = plain(answeredBy?.name ?? flag.answeredBy ?? 'somebody', 80);
  return `${raised} Answered by ${by} on ${dayOf(flag.answeredAt)}: “${plain(flag.answer ?? '', 1000)}”`;
}

function buttonsOf({ flag, accountName }: FlagTold): KnownBlock[] {
  const account = writeAccount({ book: flag.book, id: flag.accountId, name: accountName, asOf: null });
  const why = button('Why', actionIds.why, account);
  if (flag.answeredAt !== null) return [actions([why])];
  const value = writeSubject({ id: flag.id, name: accountName });
  return [actions([{ ...button('Answer', actionIds.answerFlag, value), style: 'primary' }, why])];
}

function raiserOf({ flag, raisedBy }: FlagTold): string {
  return plain(raisedBy?.name ?? flag.flaggedBy, 80);
}

function dayOf(at: number): string {
  return formatDate(new Date(at).toISOString());
}
