import { describeChange } from '../../icp/proposals/describe-change.ts';
import { evidenceOf } from '../../icp/proposals/evidence-of.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import type { ReportSection } from '../report-card.ts';
import { dryRunSections, reachChart, summaryOf } from './dry-run.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** Every proposal, newest first, with how it stands. */
export function proposalsReport(proposals: readonly ProposalState[]): Drawn {
  const sheet = createFigureSheet();
  const open = proposals.find(({ standing }) => standing === 'open');
  const scheduled = proposals.find(({ standing }) => standing === 'scheduled');
  return {
    text: textOf(sheet, open, scheduled, proposals.length),
    figures: sheet.figures,
    card: {
      title: 'Proposed changes',
      sections: [
        {
          heading: null,
          lines: [],
          table:
            proposals.length === 0
              ? null
              : {
                  columns: ['Proposal', 'Drafted', 'Lines', 'Standing'],
                  rows: proposals.map((proposal) => [
                    sheet.number(`p${proposal.id}.id`, 'Proposal', proposal.id, 'count'),
                    sheet.day(`p${proposal.id}.drafted`, 'Drafted', proposal.draftedAt),
                    sheet.number(`p${proposal.id}.lines`, 'Lines', proposal.changes.length, 'count'),
                    standingOf(sheet, proposal),
                  ]),
                },
        },
      ],
      chart: null,
      choices: open === undefined ? [] : [{ label: `Proposal ${open.id}`, question: `changes ${open.id}` }],
      data: {
        proposals: proposals.map(
          ({ id, standing, because, baseVersion, draftedAt, deadlineAt, changes, scheduled }) => ({
            ...{ id, standing, because, baseVersion, draftedAt: iso(draftedAt), deadlineAt: iso(deadlineAt) },
            lines: changes.length,
            effectiveAt: scheduled === null ? null : iso(scheduled.effectiveAt),
          }),
        ),
      },
    },
  };
}

/** One proposal, line by line, with what all of it would do. */
export function proposalReport(proposal: ProposalState): Drawn {
  const sheet = createFigureSheet();
  const { id, dryRun, changes } = proposal;
  const number = sheet.number('proposal', 'Proposal', id, 'count');
  const base = sheet.number('base', 'Changes version', proposal.baseVersion, 'count');
  return {
    text: `Proposal ${number} would change version ${base} in ${sheet.number('lines', 'Lines', changes.length, 'count')} lines. All of them together: ${summaryOf(sheet, dryRun)} It is ${standingOf(sheet, proposal)}.`,
    figures: sheet.figures,
    card: {
      title: `Proposal ${id}`,
      sections: [...changes.map((line) => lineSection(sheet, line)), ...dryRunSections(sheet, dryRun)],
      chart: reachChart(dryRun),
      choices: [{ label: 'As it stands now', question: `simulate ${id}` }],
      data: {
        ...{ id, standing: proposal.standing, because: proposal.because, baseVersion: proposal.baseVersion },
        ...{ deadlineAt: iso(proposal.deadlineAt), expiresAt: iso(proposal.expiresAt) },
        effectiveAt: proposal.scheduled === null ? null : iso(proposal.scheduled.effectiveAt),
        version: proposal.scheduled?.version ?? null,
        changes: changes.map(({ number: nth, drafted, standing, decided, edited, dryRun: alone }) => ({
          ...{ number: nth, kind: drafted.kind, ...describeChange(drafted), standing, decided, edited },
          ...{ change: drafted, dryRun: alone },
        })),
        votes: proposal.votes,
        dryRun,
      },
    },
  };
}

function textOf(
  sheet: FigureSheet,
  open: ProposalState | undefined,
  scheduled: ProposalState | undefined,
  all: number,
): string {
  if (open !== undefined) {
    const waiting = open.changes.filter(({ standing }) => standing === 'open').length;
    return `Proposal ${sheet.number('open', 'Open proposal', open.id, 'count')} waits for ${sheet.number('waiting', 'Lines that wait', waiting, 'count')} decisions, until ${sheet.day('deadline', 'Deadline', open.deadlineAt)}.`;
  }
  if (scheduled?.scheduled != null)
    return `Nothing waits for a decision. Proposal ${sheet.number('scheduled', 'Scheduled proposal', scheduled.id, 'count')} changes the ICP on ${sheet.day('effective', 'Takes effect', scheduled.scheduled.effectiveAt)}.`;
  return all === 0
    ? 'Nothing was ever proposed; the weekly analysis proposes what would change, and lodestar analyze does so now.'
    : 'Nothing waits for a decision.';
}

function lineSection(sheet: FigureSheet, line: ChangeState): ReportSection {
  const { title, sentence } = describeChange(line.drafted);
  const key = `line${line.number}`;
  const decided =
    line.decided === null
      ? line.standing === 'open'
        ? 'Waits for a decision.'
        : `Undecided when it was ${line.standing}.`
      : `${line.standing === 'approved' ? 'Approved' : 'Rejected'} by ${sheet.text(`${key}.by`, 'By', line.decided.byName)} on ${sheet.day(`${key}.on`, 'On', line.decided.at)}${line.decided.reason === null ? '' : `: ${sheet.text(`${key}.reason`, 'Reason', line.decided.reason)}`}.`;
  return {
    heading: `Line ${line.number}`,
    lines: [
      `*${sheet.text(`${key}.title`, 'Line', title)}*`,
      sheet.text(`${key}.sentence`, 'What changes', sentence),
      `By itself: ${summaryOf(sheet, line.dryRun, `${key}.`)}`,
      ...evidenceLines(sheet, key, line.drafted),
      ...(line.edited === null
        ? []
        : [
            `Edited by ${sheet.text(`${key}.editor`, 'Edited by', line.edited.byName)}; the figures are those of the edit.`,
          ]),
      decided,
    ],
    table: null,
  };
}

/** What the data say of a line, as the analysis counted it. */
function evidenceLines(sheet: FigureSheet, key: string, change: ModelChange): string[] {
  const { causal = null, won = [] } = evidenceOf(change) ?? {};
  const rates = won.map(({ of, part, rate }, nth) => {
    const kind = sheet.text(`${key}.of${nth}`, 'Kind of account', of);
    const figure = sheet.rate(`${key}.won${nth}`, `Won: ${of}`, rate);
    return `${kind} ${part === 'timing' ? `soon after, of account-months, ${figure}` : figure}`;
  });
  return [
    ...(causal === null ? [] : [`Cause: ${sheet.text(`${key}.cause`, 'Cause', causal)}.`]),
    ...(rates.length === 0 ? [] : [`Won: ${rates.join('; ')}.`]),
  ];
}

/** How a proposal stands, as the end of a sentence. */
function standingOf(
  sheet: FigureSheet,
  { id, standing, because, scheduled, deadlineAt, activatedAt }: ProposalState,
): string {
  const key = (name: string) => `p${id}.${name}`;
  switch (standing) {
    case 'open':
      return `open until ${sheet.day(key('deadline'), 'Deadline', deadlineAt)}`;
    case 'scheduled':
      return `approved; it takes effect on ${sheet.day(key('effective'), 'Takes effect', scheduled?.effectiveAt ?? null)} as version ${sheet.number(key('version'), 'Version', scheduled?.version ?? null, 'count')}`;
    case 'active':
      return `in force since ${sheet.day(key('active'), 'In force since', activatedAt)} as version ${sheet.number(key('version'), 'Version', scheduled?.version ?? null, 'count')}`;
    case 'closed':
    case 'stale':
      return `${standing}: ${sheet.text(key('because'), 'Because', because ?? 'nobody said why')}`;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
