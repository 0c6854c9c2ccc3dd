import type { Governance } from '../../engine/governance/governance.ts';
import type { Caution } from '../../icp/judgements/caution.ts';
import { type Flag, isOverdue } from '../../icp/judgements/flag.ts';
import type { CalibrationPlan } from '../../icp/judgements/governance.ts';
import type { LoopCounts } from '../../store/loop-counts.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import { gapsOf } from './governance-gaps.ts';
import type { Drawn } from './report.ts';

const mostFlags = 20;

/** All that the report is drawn from. */
export interface Governed {
  now: number;
  governance: Governance;
  lapsed: readonly CalibrationPlan[];
  /** Those that wait for an answer. */
  flags: readonly Flag[];
  names: ReadonlyMap<string, string>;
  reviewer: string | null;
  channel: string | null;
  cautions: readonly Caution[];
  counts: LoopCounts & { days: number };
}

/** The four questions of governance, answered by name and date, and what nobody looks after. */
export function governanceReport(seen: Governed): Drawn {
  const sheet = createFigureSheet();
  const gaps = gapsOf(seen);
  sheet.number('gaps', 'Gaps', gaps.length, 'count');
  sheet.number('flags', 'Doubts that wait for an answer', seen.flags.length, 'count');
  sheet.number(
    'overdue',
    'Of those, for more than a week',
    seen.flags.filter((one) => isOverdue(one, seen.now)).length,
    'count',
  );
  const sections: ReportSection[] = [
    ownersSection(sheet, seen),
    calibrationSection(sheet, seen),
    flagsSection(sheet, seen),
    changesSection(sheet, seen),
    playbookSection(sheet, seen.governance.playbook),
    loopSection(sheet, seen.counts),
    gapsSection(sheet, gaps),
  ];
  const { calibrations, reviewed, acknowledged, playbook, tasks } = seen.governance;
  return {
    text: textOf(seen, gaps.length),
    figures: sheet.figures,
    card: {
      title: 'Governance: who, when and what is missing',
      sections,
      chart: null,
      choices: [{ label: 'Overrides', question: 'overrides' }],
      ...(seen.lapsed.length === 0 ? {} : { lapsed: true }),
      data: {
        ...{ reviewed: reviewed.map((one) => ({ ...one, nextReview: iso(one.nextReview) })) },
        calibrations: calibrations.map((one) => ({
          ...{ ...one, last: iso(one.last), next: iso(one.next), missedAt: iso(one.missedAt) },
        })),
        paused: seen.lapsed.length > 0,
        acknowledged: acknowledged === null ? null : { ...acknowledged, at: iso(acknowledged.at) },
        ...{ reviewer: seen.reviewer, channel: seen.channel, openFlags: seen.flags.length, counts: seen.counts },
        tasks: tasks.map((one) => ({
          ...one,
          on: iso(one.on),
          recordedAt: iso(one.recordedAt),
          reviewedAt: iso(one.reviewedAt),
        })),
        playbook: playbook.map(({ tier, said }) => ({
          ...{ tier, text: said?.text ?? null, version: said?.version ?? null },
          ...{ since: iso(said?.setAt ?? null), by: said?.setBy ?? null },
        })),
        gaps,
      },
    },
  };
}

/** What happens at one tier: the row of the playbook, with its version. */
export function playbookReport(playbook: Governance['playbook'], tier: number): Drawn {
  const sheet = createFigureSheet();
  const rows = playbook.filter((row) => row.tier === tier);
  const written = rows.some(({ said }) => said !== null);
  const section = playbookSection(sheet, rows);
  return {
    text: written
      ? `At {{tier}}: {{play${tier}.text}} (version {{play${tier}.version}} of the playbook, since {{play${tier}.since}}, {{play${tier}.by}}).`
      : 'Nobody has written down what happens at {{tier}}; the setting playbook.tier{{number}} is the place.',
    figures: [
      ...sheet.figures,
      { key: 'tier', label: 'Tier', v: tier, unit: 'tier' },
      { key: 'number', label: 'Tier', v: tier, unit: 'number' },
    ],
    card: { title: `What happens at tier ${tier}`, sections: [section], chart: null, choices: [], data: rows },
  };
}

function textOf({ lapsed, flags, reviewer, governance }: Governed, gaps: number): string {
  const owner = governance.reviewed.find(({ key }) => key === 'definitions')?.owner ?? null;
  return [
    owner === null ? 'Nobody owns the definitions.' : '{{owner.definitions}} owns the definitions.',
    lapsed.length === 0 ? '' : '*Publication is paused*: a calibration was missed, and nobody has acknowledged it.',
    reviewer === null
      ? 'Nobody is named to answer doubts about scores.'
      : `{{reviewer}} answers doubts about scores; ${flags.length === 0 ? 'none is open' : flags.length === 1 ? 'one is open' : '{{flags}} are open'}.`,
    gaps === 0
      ? 'Nothing is without an owner or a date.'
      : gaps === 1
        ? 'One thing is missing.'
        : '{{gaps}} things are missing.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function ownersSection(sheet: FigureSheet, { governance }: Governed): ReportSection {
  return {
    heading: 'Who reviews signals and definitions',
    lines: [],
    table: {
      columns: ['What', 'owner', 'next review', ''],
      rows: governance.reviewed.map(({ key, label, owner, nextReview, overdue }) => [
        sheet.text(`what.${key}`, 'What', label),
        sheet.text(`owner.${key}`, 'Owner', owner ?? 'nobody'),
        nextReview === null ? 'no date' : sheet.day(`review.${key}`, 'Next review', nextReview),
        overdue ? 'overdue' : '',
      ]),
    },
  };
}

function calibrationSection(sheet: FigureSheet, { governance, lapsed }: Governed): ReportSection {
  const { calibrations, acknowledged } = governance;
  return {
    heading: 'How often it is calibrated against conversion and retention',
    lines: [
      ...(calibrations.length === 0 ? ['No model is in force, so nothing is to be calibrated.'] : []),
      ...(lapsed.length === 0
        ? []
        : ['*Publication is paused* until it has run, or until somebody acknowledges with a reason.']),
      ...(acknowledged === null
        ? []
        : [
            `Last acknowledged on ${sheet.day('ack.at', 'Acknowledged', acknowledged.at)} by ${sheet.text('ack.by', 'By', acknowledged.by)}: “${sheet.text('ack.reason', 'Reason', acknowledged.reason)}”`,
          ]),
    ],
    table:
      calibrations.length === 0
        ? null
        : {
            columns: ['Against', 'every', 'last', 'next', ''],
            rows: calibrations.map(({ against, everyDays, last, next, missed }) => [
              against,
              sheet.number(`cal.${against}.every`, 'Every', everyDays, 'days'),
              last === null ? 'never' : sheet.day(`cal.${against}.last`, 'Last', last),
              sheet.day(`cal.${against}.next`, 'Next', next),
              missed === 0 ? '' : 'overdue',
            ]),
          },
  };
}

function flagsSection(sheet: FigureSheet, { flags, names, reviewer, now }: Governed): ReportSection {
  const answers = sheet.text('reviewer', 'Who answers', reviewer ?? 'nobody');
  return {
    heading: 'What happens when a score looks wrong',
    lines: [
      `Anybody may doubt a score, and *${answers}* answers, within a week. ${flags.length === 0 ? 'No doubt is open.' : 'Open:'}`,
      ...flags.slice(0, mostFlags).map((flag, nth) => {
        const name = sheet.text(`f${nth}.name`, 'Account', names.get(flag.accountId) ?? flag.accountId);
        const day = sheet.day(`f${nth}.on`, 'Raised', flag.flaggedAt);
        const by = sheet.text(`f${nth}.by`, 'Raised by', flag.flaggedBy);
        const reason = sheet.text(`f${nth}.reason`, 'Reason', flag.reason ?? 'no reason given');
        return `*${name}*, since ${day}, by ${by}: ${reason}${isOverdue(flag, now) ? ' (for more than a week)' : ''}`;
      }),
    ],
    table: null,
  };
}

function changesSection(sheet: FigureSheet, { governance, cautions }: Governed): ReportSection {
  const tasks = governance.tasks.map(({ what, on, recordedBy, reviewedAt }, nth) => {
    const said = `*${sheet.text(`t${nth}.what`, 'Event', what)}* on ${sheet.day(`t${nth}.on`, 'On', on)}, recorded by ${sheet.text(`t${nth}.by`, 'By', recordedBy)}`;
    return reviewedAt === null
      ? `${said}: the definitions and criteria are to be reviewed`
      : `${said}: reviewed on ${sheet.day(`t${nth}.done`, 'Reviewed', reviewedAt)}`;
  });
  const warned = cautions.map(({ conditions, text, byName }, nth) => {
    const kind = sheet.text(`c${nth}.kind`, 'Kind', conditions.map(({ label }) => label).join(' and '));
    return `Caution on ${kind}: ${sheet.text(`c${nth}.text`, 'Caution', text)} (${sheet.text(`c${nth}.by`, 'By', byName)})`;
  });
  const none =
    'No change of the product, the positioning or the market is recorded; lodestar event company records one.';
  return {
    heading: 'How changes of product and market reach the inputs',
    lines: tasks.length + warned.length === 0 ? [none] : [...tasks, ...warned],
    table: null,
  };
}

function playbookSection(sheet: FigureSheet, playbook: Governance['playbook']): ReportSection {
  return {
    heading: 'What happens at each tier',
    lines: playbook.map(({ tier, said }) => {
      if (said === null) return `Tier ${tier}: not written down`;
      const text = sheet.text(`play${tier}.text`, `Playbook of tier ${tier}`, said.text);
      const version = sheet.number(`play${tier}.version`, 'Version', said.version, 'count');
      const since = sheet.day(`play${tier}.since`, 'Since', said.setAt);
      return `*Tier ${tier}:* ${text} (version ${version}, since ${since}, ${sheet.text(`play${tier}.by`, 'By', byOf(said.setBy))})`;
    }),
    table: null,
  };
}

function loopSection(
  sheet: FigureSheet,
  { days, questions, flags, answered, medianDays, overrides }: Governed['counts'],
): ReportSection {
  const count = (key: string, label: string, n: number) => sheet.number(`loop.${key}`, label, n, 'count');
  const speed =
    medianDays === null
      ? ''
      : `, half of them within ${sheet.number('loop.days', 'Days to an answer', Math.round(medianDays * 10) / 10, 'days')}`;
  return {
    heading: 'Whether people question the scores',
    lines: [
      `In the last ${sheet.number('loop.window', 'Window', days, 'days')}: different questions ${count('questions', 'Different questions', questions)}, doubts raised ${count('flags', 'Doubts raised', flags)}, answered ${count('answered', 'Doubts answered', answered)}${speed}, overrides ${count('overrides', 'Overrides', overrides)}.`,
      'A team that asks back is a good sign: silence is what should worry.',
    ],
    table: null,
  };
}

function gapsSection(sheet: FigureSheet, gaps: readonly string[]): ReportSection {
  return {
    heading: 'What is missing',
    lines: gaps.length === 0 ? ['Nothing.'] : gaps.map((gap, nth) => sheet.text(`gap${nth}`, 'Gap', gap)),
    table: null,
  };
}

/** Who set something, as the end of a sentence; the command line says `via` itself. */
function byOf(setBy: string): string {
  return setBy.startsWith('via ') ? setBy : `by ${setBy}`;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
