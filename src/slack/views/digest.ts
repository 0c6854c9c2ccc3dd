import type { KnownBlock } from '@slack/types';
import { votes } from '../../icp/proposals/proposal-event.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import { actionIds, commandName, numbered } from '../action-ids.ts';
import { type LineValue, writeLine } from '../buttons/line-value.ts';
import { limits } from '../limits.ts';
import type { ShownProposal } from '../proposals/proposal-deps.ts';
import { actions, button, context, header, type Message, type Picture, picture, section } from './blocks.ts';
import { changeLine } from './change-line.ts';
import { dryRunLines, formatTime } from './dry-run.ts';
import { plain } from './text.ts';
import { worthNotingLines } from './worth-noting.ts';

/** Room for what leads to more lines, and for a picture that comes later: it shall push no line out. */
const reserved = 250;
const reservedForPicture = 800;
const mostDeciders = 4;

/**
 * A proposal as everybody sees it: what all of it would do, who decides by when, then line by line with its buttons; what is
 * decided says by whom, when and why.
 */
export function digestMessage(shown: ShownProposal, drawn: Picture | null = null): Message {
  const { state } = shown;
  const whole = { proposalId: state.id, line: 0, seen: editsOf(state), from: 0 };
  const blocks: KnownBlock[] = [
    header(
      `Proposal ${state.id}: ${state.changes.length === 1 ? 'a change' : `${state.changes.length} changes`} of the ICP`,
    ),
    section([`*${standingLine(state)}*`, ...dryRunLines(state.dryRun, state.baseVersion)].join('\n')),
    context(whoAndWhen(shown)),
    ...(state.standing === 'open' ? wholeButtons(state, whole) : [actions([receipts(writeLine(whole))])]),
    ...worthNotingLines(shown),
    ...(state.standing !== 'open' && state.votes.length > 0 ? [context(votesLine(state))] : []),
  ];
  const pictures = drawn === null ? [] : [picture(drawn)];
  const last = context(
    `As of ${formatDate(new Date(state.asOf).toISOString())}, on version ${state.baseVersion}. Nothing changes that nobody approves.${state.candidateVersion === null ? '' : ` All about what was learnt: \`${commandName} models ${state.candidateVersion}\`.`}`,
  );
  const used = JSON.stringify([...blocks, last]).length + Math.max(reservedForPicture, JSON.stringify(pictures).length);
  const { blocks: lines, next } = lineBlocks(shown, {
    from: 1,
    blocks: limits.blocksInMessage - blocks.length - 3,
    room: limits.charactersInMessage - used - reserved,
  });
  return {
    text: `Proposal ${state.id} of ${state.changes.length} changes: ${standingLine(state)}`,
    blocks: [...blocks, ...pictures, ...lines, ...nextButton(state, next), last],
  };
}

/** Lines from one on, as many as there is room for; `next` is the first that found none. */
export function lineBlocks(
  { state, changes }: ShownProposal,
  given: { from: number; blocks: number; room: number; modal?: boolean },
): { blocks: KnownBlock[]; next: number | null } {
  const blocks: KnownBlock[] = [];
  let room = given.room;
  for (const line of state.changes.filter(({ number }) => number >= given.from)) {
    const change = changes.find(({ number }) => number === line.number)?.change ?? line.drafted;
    const more = changeLine(state, line, change, given.modal === true ? given.from : 0);
    room -= JSON.stringify(more).length;
    if (blocks.length > 0 && (room < 0 || blocks.length + more.length > given.blocks))
      return { blocks, next: line.number };
    blocks.push(...more);
  }
  return { blocks, next: null };
}

/** Leads to the lines that found no room. */
export function nextButton({ id, changes }: ProposalState, next: number | null): KnownBlock[] {
  if (next === null) return [];
  const last = changes.at(-1)?.number ?? next;
  const words = next === last ? `Next line (${next})` : `Next lines (${next} to ${last})`;
  const value = writeLine({ proposalId: id, line: next, seen: 0, from: 0 });
  return [actions([button(words, actionIds.proposalLines, value)])];
}

/** How a proposal stands, as a sentence. */
export function standingLine({ standing, because, changes, scheduled, activatedAt }: ProposalState): string {
  const approved = changes.filter((line) => line.standing === 'approved').length;
  const open = changes.filter((line) => line.standing === 'open').length;
  const said = `${approved} of ${lines(changes.length)} approved`;
  switch (standing) {
    case 'open':
      return open === changes.length
        ? `${lines(open)} ${open === 1 ? 'waits' : 'wait'} for a decision.`
        : `${open} of ${lines(changes.length)} ${open === 1 ? 'waits' : 'wait'} for a decision.`;
    case 'scheduled':
      return `Changes on ${formatTime(scheduled?.effectiveAt ?? 0)}: version ${scheduled?.version}, ${said}. Until then the old tiers hold.`;
    case 'active':
      return `In force since ${formatTime(activatedAt ?? 0)}, version ${scheduled?.version}: ${said}.`;
    case 'closed':
      return `Closed without effect: ${plain(because ?? 'nothing was approved', 300)}.`;
    case 'stale':
      return `Stale, and nothing comes of it: ${plain(because ?? 'what it changes is gone', 300)}. The next analysis proposes anew what still holds.`;
  }
}

/** All edits that were made of its lines. */
export function editsOf({ changes }: ProposalState): number {
  return changes.reduce((sum, { edits }) => sum + edits.length, 0);
}

/** The deadline, and whose it is to decide. */
function whoAndWhen({ state, deciders }: ShownProposal): string {
  const { deadlineAt, expiresAt, escalatedAt, ownerEmail, standing } = state;
  const edits = editsOf(state);
  const edited =
    edits === 0 || standing !== 'open'
      ? ''
      : `  The figures above have the ${edits === 1 ? 'edit' : `${edits} edits`} made since.`;
  const others = deciders.length > mostDeciders ? ' and others' : '';
  const who =
    deciders.length === 0
      ? ''
      : `  Who decides: ${deciders
          .slice(0, mostDeciders)
          .map((name) => plain(name, 60))
          .join(', ')}${others}.`;
  const owner = ownerEmail === null ? '' : `  Owner: ${plain(ownerEmail, 100)}.`;
  if (standing !== 'open') return `Drafted ${formatTime(state.draftedAt)} by ${plain(state.draftedBy, 100)}.${owner}`;
  const late = escalatedAt === null ? '' : `  Escalated ${formatTime(escalatedAt)}.`;
  return `Decide by *${formatTime(deadlineAt)}*; what nobody has decided by ${formatTime(expiresAt)} expires.${late}${owner}${who}${edited}`;
}

function wholeButtons(state: ProposalState, whole: LineValue): KnownBlock[] {
  const value = writeLine(whole);
  return [
    actions([
      { ...button('Approve all', actionIds.proposalApprove, value), style: 'primary' },
      button('Approve from a day...', actionIds.proposalApproveFrom, value),
      button('Simulate', actionIds.proposalSimulate, value),
      receipts(value),
    ]),
    context(state.votes.length === 0 ? 'Sales check: does it fit what you see? It decides nothing.' : votesLine(state)),
    actions(votes.map((vote, nth) => button(capital(vote), numbered(actionIds.salesCheck, nth), value))),
  ];
}

function receipts(value: string) {
  return button('Receipts', numbered(actionIds.proposalReceipt, 0), value);
}

function votesLine({ votes: all }: ProposalState): string {
  const counted = votes.map((vote) => `${formatNumber(all.filter((one) => one.vote === vote).length, 0)} ${vote}`);
  return `Sales check: ${counted.join(', ')}.`;
}

function lines(n: number): string {
  return n === 1 ? '1 line' : `${n} lines`;
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
