import type { ModalView } from '@slack/types';
import { describeChange } from '../../icp/proposals/describe-change.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import { formatNumber } from '../../questions/format-figure.ts';
import { wonWords } from '../../questions/won-words.ts';
import { actionIds, callbackIds } from '../action-ids.ts';
import { limits } from '../limits.ts';
import type { ShownProposal } from '../proposals/proposal-deps.ts';
import { context, lineSections, section } from './blocks.ts';
import { evidenceLines } from './change-line.ts';
import { lineBlocks, nextButton } from './digest.ts';
import { dryRunDetails, dryRunLines } from './dry-run.ts';
import { dayField, formModal, textField } from './form.ts';
import { label, plain } from './text.ts';

export const proposalFields = { reason: 'reason', day: 'day' } as const;

const mostBins = 20;

/** Why a line is rejected: the next proposal, and whoever reads it, shall know. */
export function rejectModal(line: number, metadata: string): ModalView {
  return formModal({
    ...{ callbackId: callbackIds.lineReject, title: `Reject line ${line}`, submit: 'Reject', metadata },
    blocks: [
      section('The line stays out of the ICP. A decision is final for this proposal.'),
      textField({
        id: proposalFields.reason,
        question: 'Why?',
        placeholder: 'For example: the two deals behind it were one-off favours',
        multiline: true,
        shortest: 3,
      }),
    ],
  });
}

/** From which day on all of it shall hold. */
export function approveFromModal(proposalId: number, today: string, metadata: string): ModalView {
  return formModal({
    callbackId: callbackIds.proposalApproveFrom,
    title: 'Approve from a day',
    submit: 'Approve all',
    metadata,
    blocks: [
      section(
        `Approves every line of proposal ${proposalId} that nobody has decided yet. Until the day the old tiers hold.`,
      ),
      dayField({ id: proposalFields.day, question: 'In force from', value: today, hint: 'At 00:00 UTC of that day' }),
    ],
  });
}

/** All that is known of one line. */
export function detailsModal({ number, dryRun }: ChangeState, change: ModelChange, metadata: string): ModalView {
  const { title, sentence } = describeChange(change);
  const bins = binLines(change);
  return readingModal(`Line ${number}`, metadata, [
    `*${plain(title, 200)}*`,
    plain(sentence, 1200),
    ...evidenceLines(change),
    ...(bins.length === 0 ? [] : ['*Points by bin, and how many of each were won*', ...bins]),
    '*By itself*',
    ...dryRunText(dryRun),
  ]);
}

/** What lines would do together. */
export function simulationModal(
  state: ProposalState,
  simulated: { lines: readonly number[]; dryRun: DryRun | null },
  metadata: string,
): ModalView {
  const { lines, dryRun } = simulated;
  const view = readingModal(
    `Simulate proposal ${state.id}`,
    metadata,
    dryRun === null
      ? ['Working it out, a moment.']
      : [`*Lines ${lines.join(', ')} together*`, ...dryRunText(dryRun), 'Nothing is changed by looking.'],
  );
  return { ...view, blocks: [pickLines(state, lines), ...view.blocks] };
}

/** Lines that found no room in the message, with their buttons. */
export function linesModal(shown: ShownProposal, from: number, metadata: string): ModalView {
  const { state } = shown;
  const { blocks, next } = lineBlocks(shown, { from, blocks: 90, room: limits.charactersInMessage - 500, modal: true });
  return formModal({
    ...{ callbackId: actionIds.proposalLines, title: `Lines of proposal ${state.id}`, submit: null, metadata },
    blocks: blocks.length === 0 ? [section('There are no more lines.')] : [...blocks, ...nextButton(state, next)],
  });
}

/** A modal to read, with nothing to send. */
export function readingModal(title: string, metadata: string, lines: readonly string[]): ModalView {
  return formModal({
    ...{ callbackId: actionIds.lineDetails, title, submit: null, metadata },
    blocks: lineSections(lines),
  });
}

/** A dry run as text: the short of it, then everything. */
export function dryRunText(dryRun: DryRun): string[] {
  return [
    ...dryRunLines(dryRun),
    ...dryRunDetails(dryRun).flatMap(({ heading, lines }) => [`*${heading}*`, ...lines.map((line) => `• ${line}`)]),
  ];
}

function pickLines({ changes }: ProposalState, chosen: readonly number[]) {
  const options = changes
    .filter(({ standing }) => standing === 'open' || standing === 'approved')
    .slice(0, 100)
    .map(({ number, drafted }) => ({
      value: String(number),
      text: {
        type: 'plain_text' as const,
        text: label(`${number}. ${describeChange(drafted).title}`, limits.buttonText),
        emoji: false,
      },
    }));
  const initial = options.filter(({ value }) => chosen.includes(Number(value)));
  if (options.length === 0) return context('Every line is rejected: there is nothing to simulate.');
  return {
    ...section('Which lines together?'),
    accessory: {
      type: 'multi_static_select' as const,
      action_id: actionIds.simulateLines,
      placeholder: { type: 'plain_text' as const, text: 'Lines', emoji: false },
      options,
      ...(initial.length === 0 ? {} : { initial_options: initial }),
    },
  };
}

function binLines(change: ModelChange): string[] {
  const after = 'criterion' in change ? change.criterion : null;
  const before = 'before' in change && change.before !== null && 'bins' in change.before ? change.before : null;
  const { bins = [], part = 'fit' } = after ?? before ?? {};
  const lines = bins.slice(0, mostBins).map((bin) => {
    const was = before?.bins.find((one) => one.label === bin.label);
    const from = after === null || before === null ? '' : `${was === undefined ? 'new' : points(was.points)} to `;
    const rate = bin.rate === null ? 'nobody was in it' : wonWords(part, bin.rate);
    return `• ${plain(bin.label, 120)}: ${from}${points(bin.points)}; ${rate}`;
  });
  return bins.length > mostBins ? [...lines, `and ${bins.length - mostBins} more`] : lines;
}

function points(tenths: number): string {
  return `${tenths > 0 ? '+' : ''}${formatNumber(tenths / 10, 1)}`;
}
