import type { KnownBlock } from '@slack/types';
import type { NothingToChange } from '../../engine/notifier.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeLine } from '../buttons/line-value.ts';
import type { Simulated } from '../proposals/proposal-deps.ts';
import { actions, button, context, intoMessages, lineSections, type Message, section } from './blocks.ts';
import { standingLine } from './digest.ts';
import { alarmLines, formatTime, tiersLine } from './dry-run.ts';
import { dryRunText } from './proposal-modals.ts';
import { plain } from './text.ts';
import { worthNotingLines } from './worth-noting.ts';

/** A proposal whose deadline has passed while somebody should have decided. */
export function escalationMessage(state: ProposalState): Message {
  const open = state.changes.filter(({ standing }) => standing === 'open').map(({ number }) => number);
  const text = `Proposal ${state.id} still waits: its deadline was ${formatTime(state.deadlineAt)}, and ${open.length === 1 ? `line ${open[0]} is` : `lines ${open.join(', ')} are`} not decided.`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      context(
        `It expires without effect on ${formatTime(state.expiresAt)}.${state.ownerEmail === null ? '' : ` Owner: ${plain(state.ownerEmail, 100)}.`}`,
      ),
      actions([showButton(state)]),
    ],
  };
}

/** The analysis ran, and nothing of it is worth a decision: with the market by tier, and what every digest names. */
export function nothingToChangeMessage(told: NothingToChange): Message {
  const { book, asOf, accounts, moved, version, tiers, since } = told;
  const text = `Nothing significant to change: on the data as of ${day(asOf)} the ICP of ${plain(book, 60)} would be the same in all that matters.`;
  const against =
    since === null
      ? `as version ${version} has it, in the first digest`
      : `against the last digest (${day(since.at)}, version ${since.version})`;
  return {
    text,
    blocks: [
      section(
        [`*${text}*`, ...(tiers.length === 0 ? [] : [tiersLine(tiers, against)]), ...alarmLines(told)].join('\n'),
      ),
      context(
        `Applied to ${formatNumber(accounts, 0)} accounts, what was learnt would move ${formatNumber(moved, 0)} to another tier.`,
      ),
      ...worthNotingLines(told),
      actions([
        button('What matters', numbered(actionIds.ask, 0), 'criteria'),
        button('How well it does', numbered(actionIds.ask, 1), 'report'),
        ...(told.emerging.length === 0 ? [] : [button('Segments', numbered(actionIds.ask, 2), 'segments')]),
      ]),
    ],
  };
}

/** There is no proposal to show. */
export function noProposalMessage(newest: ProposalState | null): Message {
  const text = newest === null ? 'Nothing has been proposed yet.' : 'No proposal is open.';
  return {
    text,
    blocks: [
      section(newest === null ? text : `${text} The last one was proposal ${newest.id}. ${standingLine(newest)}`),
      actions(
        newest === null ? [button('What matters', numbered(actionIds.ask, 0), 'criteria')] : [showButton(newest)],
      ),
    ],
  };
}

/** What lines of a proposal would do together, asked for by command. */
export function simulationMessages({ proposal, changes, dryRun }: Simulated): Message[] {
  const title = `Proposal ${proposal.id}, ${changes.length === 1 ? 'line' : 'lines'} ${changes.map(({ number }) => number).join(', ')}: what would come of it`;
  return intoMessages(title, [
    section(`*${title}*`),
    ...lineSections(dryRunText(dryRun)),
    context('Nothing is changed by looking.'),
    actions([showButton(proposal)]),
  ]);
}

/** What Home says of proposals: what waits for the person, and what comes into force when. */
export function proposalsAtHome(living: readonly ProposalState[], mayDecide: boolean): KnownBlock[] {
  const coming = living.filter(({ standing }) => standing === 'scheduled');
  const open = mayDecide ? living.filter(({ standing }) => standing === 'open') : [];
  return [
    ...coming.map((state) => section(`*${standingLine(state)}*`)),
    ...open.map((state, nth) =>
      section(
        `*Proposal ${state.id} waits for you.* ${standingLine(state)} Decide by ${formatTime(state.deadlineAt)}.`,
        button('Show', numbered(actionIds.proposalShow, nth), wholeValue(state)),
      ),
    ),
  ];
}

function showButton(state: ProposalState) {
  return button('Show the proposal', numbered(actionIds.proposalShow, 0), wholeValue(state));
}

function wholeValue({ id }: ProposalState): string {
  return writeLine({ proposalId: id, line: 0, seen: 0, from: 0 });
}

function day(at: number): string {
  return formatDate(new Date(at).toISOString());
}
