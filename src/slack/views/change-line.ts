import type { KnownBlock } from '@slack/types';
import { describeChange } from '../../icp/proposals/describe-change.ts';
import { evidenceOf } from '../../icp/proposals/evidence-of.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import { wonWords } from '../../questions/won-words.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeLine } from '../buttons/line-value.ts';
import { actions, button, context, section } from './blocks.ts';
import { alarmLines, formatTime, movesLine } from './dry-run.ts';
import { writeRate } from './rates.ts';
import { plain } from './text.ts';

/** One line of a proposal: what would be other than it is, what that does by itself, and what it stands on, with its receipt. */
export function changeLine(
  proposal: Pick<ProposalState, 'id' | 'standing' | 'because'>,
  line: ChangeState,
  change: ModelChange,
  from = 0,
): KnownBlock[] {
  const { title, sentence } = describeChange(change);
  const words = [
    `*${line.number}. ${plain(title, 120)}*`,
    plain(sentence, 450),
    `By itself: ${movesLine(line.dryRun).replaceAll('*', '')}`,
    ...alarmLines(line.dryRun).slice(0, 2),
    ...evidenceLines(change),
    ...editedLine(line),
  ];
  const value = writeLine({ proposalId: proposal.id, line: line.number, seen: line.edits.length, from });
  const open = proposal.standing === 'open' && line.standing === 'open';
  return [
    section(words.join('\n'), button('Receipts', numbered(actionIds.proposalReceipt, line.number), value)),
    open
      ? actions([
          button('Approve', numbered(actionIds.lineApprove, line.number), value),
          button('Reject', numbered(actionIds.lineReject, line.number), value),
          ...(isEditable(change) ? [button('Edit', numbered(actionIds.lineEdit, line.number), value)] : []),
          button('Details', numbered(actionIds.lineDetails, line.number), value),
        ])
      : context(standingOf(proposal, line)),
  ];
}

/** Whether a person may alter a line before approving it. */
export function isEditable({ kind }: ModelChange): boolean {
  switch (kind) {
    case 'criterion added':
    case 'criterion re-weighted':
    case 'tier cuts moved':
    case 'segment added':
    case 'segment altered':
    case 'anti-pattern added':
    case 'anti-pattern altered':
      return true;
    case 'criterion dropped':
    case 'segment dropped':
    case 'anti-pattern dropped':
    case 'stage values recalibrated':
    case 'fine tuning':
    case 'table replaced':
      return false;
  }
}

/** Who decided on a line, when and why; or why nobody can any more. */
export function standingOf({ because }: Pick<ProposalState, 'because'>, { standing, decided }: ChangeState): string {
  const reason = decided?.reason ?? null;
  const why = reason === null ? '' : `: ${plain(reason, 500)}`;
  const who = decided === null ? '' : ` by ${plain(decided.byName, 80)} on ${formatTime(decided.at)}${why}`;
  switch (standing) {
    case 'approved':
      return `Approved${who}`;
    case 'rejected':
      return `Rejected${who}`;
    case 'expired':
      return 'Expired without effect: nobody decided in time.';
    case 'superseded':
      return 'Superseded: a newer proposal took its place.';
    case 'open':
      return `Not decided${because === null ? '' : `: ${plain(because, 500)}`}`;
  }
}

/** What the data say of it: cause or company, and how often such accounts were won. */
export function evidenceLines(change: ModelChange): string[] {
  const evidence = evidenceOf(change);
  if (evidence === null) return [];
  const { causal, won } = evidence;
  if (causal === null) return won.map(({ of, rate }) => `Won of ${of}: ${writeRate(rate)}.`);
  const said = won.map(({ of, part, rate }) => `${plain(of, 90)}: ${wonWords(part, rate)}`).join('; ');
  return [`Cause: ${causal}. ${said === '' ? 'Nobody knows how often such accounts were won' : said}.`];
}

function editedLine({ edits }: ChangeState): string[] {
  const last = edits.at(-1);
  return last === undefined
    ? []
    : [`_Edited by ${plain(last.byName, 80)} on ${formatTime(last.at)}; this is how it reads now._`];
}
