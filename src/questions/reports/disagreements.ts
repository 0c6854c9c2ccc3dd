import type { DisagreementFindings, DisputedLead } from '../../icp/changes/find-disagreements.ts';
import type { ReportSection } from '../types.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 10;

/** Where reps and the table part: who is rejected in tier 1 and accepted in tier 3, why, by whom, and what became of it. */
export function disagreementsReport(findings: DisagreementFindings): Drawn {
  const sheet = createFigureSheet();
  const { tier1Rejected, tier3Accepted, after } = findings;
  sheet.number('decided', 'Leads accepted or rejected', findings.decided, 'count');
  sheet.rate('rejected', 'Leads rejected', findings.rejected);
  sheet.rate('tier1Rejected', 'Tier 1 leads rejected', tier1Rejected);
  sheet.rate('tier3Accepted', 'Tier 3 leads accepted', tier3Accepted);
  sheet.rate('after.tier1Accepted', 'Won of tier 1 accepted', after.tier1Accepted);
  sheet.rate('after.tier1Rejected', 'Won of tier 1 rejected', after.tier1Rejected);
  sheet.rate('after.tier3Accepted', 'Won of tier 3 accepted', after.tier3Accepted);
  const sections: ReportSection[] = [
    reasonSection(sheet, findings),
    repSection(sheet, findings),
    {
      heading: 'What became of them',
      lines: [],
      table: {
        columns: ['Leads', 'Won'],
        rows: [
          ['tier 1, accepted', '{{after.tier1Accepted}}'],
          ['tier 1, rejected', '{{after.tier1Rejected}}'],
          ['tier 3, accepted', '{{after.tier3Accepted}}'],
        ],
      },
    },
    leadSection(sheet, 'no', 'Tier 1 and rejected, highest first', findings.rejectedLeads),
    leadSection(sheet, 'yes', 'Tier 3 and accepted, lowest first', findings.acceptedLeads),
  ];
  const reason = findings.reasons[0];
  const why = reason === undefined ? '' : ` The most frequent reason is {{reason0.name}}.`;
  return {
    text:
      findings.decided === 0 || tier1Rejected === null
        ? 'I cannot tell where the reps and the table part: no lead of tier 1 was accepted or rejected. Leads with a status and a reason would help.'
        : `Of {{decided}} decided leads, reps rejected {{tier1Rejected}} of tier 1${tier3Accepted === null ? '' : ' and accepted {{tier3Accepted}} of tier 3'}.${why}`,
    figures: sheet.figures,
    card: {
      title: 'Where reps and the table part',
      sections,
      chart: null,
      choices: [],
      data: findings,
    },
  };
}

function reasonSection(sheet: FigureSheet, { reasons }: DisagreementFindings): ReportSection {
  const shown = reasons.slice(0, mostShown);
  for (const [nth, { reason, n, reps }] of shown.entries()) {
    sheet.text(`reason${nth}.name`, 'Reason', reason ?? 'no reason given');
    sheet.number(`reason${nth}.n`, `Tier 1 leads rejected: ${reason ?? 'no reason given'}`, n, 'count');
    sheet.number(`reason${nth}.reps`, `Reps who gave it: ${reason ?? 'no reason given'}`, reps, 'count');
  }
  return tableSection('Why tier 1 was rejected', ['Reason', 'Leads', 'Reps'], shown, (nth) =>
    ['name', 'n', 'reps'].map((part) => `{{reason${nth}.${part}}}`),
  );
}

function repSection(sheet: FigureSheet, { reps }: DisagreementFindings): ReportSection {
  const shown = reps.slice(0, mostShown);
  for (const [nth, { rep, rejected }] of shown.entries()) {
    sheet.text(`rep${nth}.name`, 'Rep', rep ?? 'nobody');
    sheet.rate(`rep${nth}.rejected`, `Tier 1 leads rejected by ${rep ?? 'nobody'}`, rejected);
  }
  const section = tableSection('Who rejected tier 1', ['Rep', 'Rejected'], shown, (nth) =>
    ['name', 'rejected'].map((part) => `{{rep${nth}.${part}}}`),
  );
  return shown.length < 2
    ? section
    : { ...section, lines: ['Where two ranges overlap, the difference may be chance.'] };
}

function leadSection(sheet: FigureSheet, key: string, heading: string, leads: readonly DisputedLead[]): ReportSection {
  for (const [nth, { name, score, rep, reason }] of leads.entries()) {
    sheet.text(`${key}${nth}.name`, 'Account', name);
    sheet.number(`${key}${nth}.score`, `Score of ${name} before it was touched`, score, 'points');
    sheet.text(`${key}${nth}.rep`, 'Rep', rep ?? 'nobody');
    sheet.text(`${key}${nth}.reason`, 'Reason', reason ?? '');
  }
  return tableSection(heading, ['Account', 'Score', 'Rep', 'Reason'], leads, (nth) =>
    ['name', 'score', 'rep', 'reason'].map((part) => `{{${key}${nth}.${part}}}`),
  );
}

function tableSection(
  heading: string,
  columns: readonly string[],
  items: readonly unknown[],
  row: (nth: number) => readonly string[],
): ReportSection {
  if (items.length === 0) return { heading, lines: ['None.'], table: null };
  return { heading, lines: [], table: { columns, rows: items.map((_, nth) => row(nth)) } };
}
