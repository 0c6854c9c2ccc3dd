import type { AnswersTally, WhatBecame } from '../../icp/leads/tally-answers.ts';
import type { ReportSection, ReportTable } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

type Promised = Pick<Drawn, 'text' | 'figures'> & { card: { sections: readonly ReportSection[] } };

interface Answers extends AnswersTally {
  /** Up to when, and how many days before that. */
  until: number;
  days: number;
}

/**
 * How good were we: what reps said of the leads of each tier, why, who, week by week, and what became of them.
 *
 * @param promised what forecasts promised of later accounts beside what happened: said with it where that is asked
 */
export function answersReport(found: Answers, promised: Promised | null = null): Drawn {
  const sheet = createFigureSheet();
  sheet.day('until', 'Up to', found.until);
  sheet.number('days', 'Days looked back', found.days, 'days');
  const all = sheet.number('answers', 'Answers', found.answers, 'count');
  const undone = sheet.number('undone', 'Answers taken back', found.undone, 'count');
  const first = found.tiers.find(({ tier }) => tier === 1) ?? null;
  const tier1 = sheet.rate('tier1', 'Tier 1 leads that were accepted', first?.accepted ?? null);
  const ended = first === null ? 0 : first.takenOn.won + first.takenOn.lost;
  const won = sheet.rate(
    'tier1.won',
    'Accepted tier 1 leads that were won, of those won or lost since',
    first?.takenOn.rate ?? null,
  );
  const atDecision =
    found.answers === 0
      ? 'Nobody has answered a lead here yet. Set leads.channel to show reps the new ones, or write /icp leads.'
      : first === null
        ? `${all} answers in the {{days}} up to {{until}}, and none to a lead of tier 1.`
        : `Of the tier 1 leads that reps answered in the {{days}} up to {{until}}, they accepted ${tier1}; ${ended === 0 ? 'of none of these is it known yet whether they are won or lost' : `of those that have come to an end since, ${won} were won`}. ${all} answers in all.`;
  const sections = promised?.card.sections ?? [];
  return {
    text:
      promised === null
        ? atDecision
        : found.answers === 0
          ? `${promised.text} That is of forecasts made again by tables that had not seen the account. Of what was said at the moment of a decision nothing is known: ${lowered(atDecision)}`
          : `What was said at the moment of a decision: ${lowered(atDecision)} What forecasts promised of later accounts: ${lowered(promised.text)}`,
    figures: [...sheet.figures, ...(promised?.figures ?? [])],
    card: {
      title: promised === null ? 'What reps say of leads' : 'How good were we',
      sections:
        found.answers === 0
          ? sections
          : [
              tierSection(sheet, found),
              tableSection('Why leads are turned down', reasonTable(sheet, found)),
              tableSection('Who answers', peopleTable(sheet, found)),
              {
                ...tableSection('Week by week', weekTable(sheet, found)),
                lines: found.undone === 0 ? [] : [`Taken back, and counted nowhere: ${undone}.`],
              },
              ...sections,
            ],
      chart: null,
      choices: [
        { label: 'Where reps and the model part', question: 'disagreements' },
        { label: 'What was said against what happened', question: 'calibration' },
      ],
      data: found,
    },
  };
}

const lowered = (sentence: string): string => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;

function tierSection(sheet: FigureSheet, { tiers }: Answers): ReportSection {
  const ended = (key: string, what: string, { won, lost, rate }: WhatBecame) =>
    won + lost === 0
      ? 'not known yet'
      : `${sheet.number(`${key}.won`, `Won since, ${what}`, won, 'count')} won, ${sheet.number(`${key}.lost`, `Lost since, ${what}`, lost, 'count')} lost: ${sheet.rate(`${key}.rate`, `Won, of those won or lost since, ${what}`, rate)}`;
  return {
    heading: 'By the tier that the model gave at that moment',
    lines: [],
    table: {
      columns: ['Tier', 'Answered', 'Accepted', 'What became of the accepted', 'Of the rejected'],
      rows: tiers.map(({ tier, answered, accepted, takenOn, turnedDown }) => {
        const key = `t${tier ?? 0}`;
        const name = tier === null ? 'no score' : `tier ${tier}`;
        return [
          name,
          sheet.number(`${key}.answered`, `Answered, ${name}`, answered, 'count'),
          sheet.rate(`${key}.accepted`, `Accepted, ${name}`, accepted),
          ended(`${key}.on`, `accepted, ${name}`, takenOn),
          ended(`${key}.down`, `rejected, ${name}`, turnedDown),
        ];
      }),
    },
  };
}

function tableSection(heading: string, table: ReportTable): ReportSection {
  return table.rows.length === 0 ? { heading, lines: ['None.'], table: null } : { heading, lines: [], table };
}

function reasonTable(sheet: FigureSheet, { reasons }: Answers): ReportTable {
  return {
    columns: ['Reason', 'All', 'Tier 1'],
    rows: reasons.map(({ reason, all, tier1 }, nth) => [
      sheet.text(`r${nth}`, 'Reason', reason),
      sheet.number(`r${nth}.all`, `Turned down: ${reason}`, all, 'count'),
      sheet.number(`r${nth}.tier1`, `Tier 1 turned down: ${reason}`, tier1, 'count'),
    ]),
  };
}

function peopleTable(sheet: FigureSheet, { people }: Answers): ReportTable {
  return {
    columns: ['Person', 'Answered', 'Accepted', 'Of tier 1'],
    rows: people.map(({ by, answered, accepted, ofTier1 }, nth) => [
      sheet.text(`p${nth}`, 'Person', by),
      sheet.number(`p${nth}.answered`, `Answered by ${by}`, answered, 'count'),
      sheet.rate(`p${nth}.accepted`, `Accepted by ${by}`, accepted),
      ofTier1 === null ? 'none answered' : sheet.rate(`p${nth}.tier1`, `Tier 1 accepted by ${by}`, ofTier1),
    ]),
  };
}

function weekTable(sheet: FigureSheet, { weeks }: Answers): ReportTable {
  return {
    columns: ['Week from', 'Accepted', 'Rejected', 'Tier 1 accepted'],
    rows: weeks.map(({ monday, accepted, rejected, ofTier1 }, nth) => [
      sheet.day(`w${nth}`, 'Week from', monday),
      sheet.number(`w${nth}.accepted`, 'Accepted in the week', accepted, 'count'),
      sheet.number(`w${nth}.rejected`, 'Rejected in the week', rejected, 'count'),
      ofTier1 === null ? 'none answered' : sheet.rate(`w${nth}.tier1`, 'Tier 1 accepted in the week', ofTier1),
    ]),
  };
}
