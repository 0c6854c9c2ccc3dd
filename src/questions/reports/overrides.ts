import { holdsAt, type Override, type TrackRecord } from '../../icp/judgements/override.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 30;

/** What people say beside the model, and what came of it. */
export function overridesReport(seen: {
  at: number;
  all: readonly Override[];
  record: TrackRecord;
  nameOf: (accountId: string) => string;
}): Drawn {
  const { at, all, record, nameOf } = seen;
  const sheet = createFigureSheet();
  const holding = all.filter((one) => holdsAt(one, at));
  sheet.number('holding', 'Overrides in force', holding.length, 'count');
  sheet.number('set', 'Overrides ever set', all.length, 'count');
  sheet.number('open', 'Accounts neither won nor lost since', record.open, 'count');
  sheet.rate('right', 'Overrides that were right', record.all);
  const sections = [
    inForce(sheet, holding, nameOf),
    recordSection(sheet, record),
    judgedSection(sheet, record, nameOf),
  ];
  return {
    text: textOf(record, holding.length, all.length),
    figures: sheet.figures,
    card: {
      title: 'Overrides, and how often they were right',
      sections: sections.filter((section) => section !== null),
      chart: null,
      choices: [],
      data: {
        inForce: holding.map((one) => dated(one, nameOf)),
        set: all.length,
        open: record.open,
        withoutDirection: record.withoutDirection,
        ...{ right: record.all, raised: record.raised, lowered: record.lowered, teams: record.teams },
        judged: record.judged.map(({ override, outcome, at: on, right }) => ({
          ...{ account: nameOf(override.accountId), tier: override.tier, modelTier: override.modelTier },
          ...{ by: override.byName, setAt: iso(override.setAt), outcome, at: iso(on), right },
        })),
      },
    },
  };
}

function textOf({ all }: TrackRecord, holding: number, set: number): string {
  if (set === 0) return 'Nobody has overridden a tier yet, so every account has the model’s.';
  const stands =
    holding === 0
      ? 'No override is in force'
      : holding === 1
        ? 'One override is in force'
        : '{{holding}} overrides are in force';
  if (all === null)
    return `${stands}, of {{set}} ever set. None can be judged yet: of the accounts that were raised or lowered, none has been won or lost since.`;
  return `${stands}, of {{set}} ever set. Overrides were right {{right}} of the time, of those whose account was won or lost since.`;
}

function inForce(
  sheet: FigureSheet,
  holding: readonly Override[],
  nameOf: (accountId: string) => string,
): ReportSection | null {
  if (holding.length === 0) return null;
  const lines = holding.slice(0, mostShown).map((one, nth) => {
    const key = (what: string) => `o${nth}.${what}`;
    const name = sheet.text(key('name'), 'Account', nameOf(one.accountId));
    const tier = sheet.number(key('tier'), 'Tier by override', one.tier, 'tier');
    const model =
      one.modelTier === null
        ? 'the model had no score for it'
        : `the model said ${sheet.number(key('model'), 'Tier of the model then', one.modelTier, 'tier')}`;
    const by = sheet.text(key('by'), 'Set by', one.byName);
    const until = sheet.day(key('until'), 'Until', one.until);
    return `*${name}*: ${tier} by decision of ${by} until ${until}, ${model}: “${sheet.text(key('reason'), 'Reason', one.reason)}”`;
  });
  return { heading: 'In force', lines, table: null };
}

function recordSection(sheet: FigureSheet, { raised, lowered, teams }: TrackRecord): ReportSection | null {
  const lines = [
    ...(raised === null
      ? []
      : [`Raised above the model’s tier: right ${sheet.rate('raised', 'Raised and won', raised)}`]),
    ...(lowered === null ? [] : [`Put below it: right ${sheet.rate('lowered', 'Lowered and lost', lowered)}`]),
    ...teams.map(
      ({ team, rate }, nth) =>
        `Overrides by ${sheet.text(`t${nth}.name`, 'Team', team)} were right ${sheet.rate(`t${nth}.right`, 'Right', rate)}`,
    ),
  ];
  return lines.length === 0 ? null : { heading: 'Track record', lines, table: null };
}

function judgedSection(
  sheet: FigureSheet,
  { judged }: TrackRecord,
  nameOf: (accountId: string) => string,
): ReportSection | null {
  if (judged.length === 0) return null;
  const latest = judged.toSorted((a, b) => b.at - a.at).slice(0, mostShown);
  return {
    heading: 'Judged, the latest first',
    lines: [],
    table: {
      columns: ['Account', 'override', 'model', 'by', 'became', 'on', ''],
      rows: latest.map(({ override, outcome, at, right }, nth) => [
        sheet.text(`j${nth}.name`, 'Account', nameOf(override.accountId)),
        sheet.number(`j${nth}.tier`, 'Tier by override', override.tier, 'tier'),
        sheet.number(`j${nth}.model`, 'Tier of the model then', override.modelTier, 'tier'),
        sheet.text(`j${nth}.by`, 'Set by', override.byName),
        outcome,
        sheet.day(`j${nth}.at`, 'On', at),
        right ? 'right' : 'wrong',
      ]),
    },
  };
}

function dated(
  { setAt, until, endedAt: _, endedBy: __, accountId, ...rest }: Override,
  nameOf: (id: string) => string,
) {
  return { ...rest, account: { id: accountId, name: nameOf(accountId) }, setAt: iso(setAt), until: iso(until) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
