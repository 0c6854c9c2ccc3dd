import type { DataSet } from '../../icp/data-set.ts';
import type { IcpModel, ModelRule } from '../../icp/model.ts';
import type { DescribedChange } from '../../icp/proposals/describe-change.ts';
import { stages } from '../../icp/types.ts';
import { asSentence } from '../as-sentence.ts';
import type { RanksOnly } from '../ranks-only.ts';
import type { ReportSection } from '../report-card.ts';
import type { Training } from '../training-log.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import { criteriaSection, valuesSection } from './model-criteria.ts';
import { learntSection } from './model-learnt.ts';
import { doubtsSection, recordSection } from './model-trust.ts';
import type { ModelEntry } from './models.ts';
import type { Drawn } from './report.ts';

/** What became of a line of a proposal that a version made or was made from. */
export interface ModelDecision {
  proposal: number;
  line: number;
  title: string;
  standing: string;
  decided: { by: string; at: number; reason: string | null } | null;
}

/** All that the document of a version is drawn from. */
export interface ModelSeen {
  entry: ModelEntry;
  book: string;
  model: IcpModel;
  /** What the fit said of itself. */
  verdict: string;
  /** How what it says was learnt; `null` where the audit log does not have it. */
  training: Training | null;
  /** What it was learnt from, for a receipt hashed again; `null` where that was not kept. */
  dataSet: DataSet | null;
  /** What the import was called. */
  source: string | null;
  /** Later trainings that came to the same. */
  again: readonly Training[];
  /** The version before it, and what is other than there. */
  compared: { version: number; changes: readonly DescribedChange[] } | null;
  decisions: readonly ModelDecision[];
  ranksOnly: RanksOnly | null;
}

/** One version of the ICP as a document: what it is, what it stands on, what it changed, and what it does not know. */
export function modelReport(seen: ModelSeen): Drawn {
  const sheet = createFigureSheet();
  const { entry, ...rest } = seen;
  const { model, book, verdict } = rest;
  const version = sheet.number('version', 'Version', entry.version, 'count');
  const text = `Version ${version} of the ICP of ${sheet.text('book', 'Book', book)}: ${inForceWords(sheet, entry)} ${sheet.text('verdict', 'What the fit says of itself', asSentence(verdict))}`;
  return {
    text,
    figures: sheet.figures,
    card: {
      title: `Version ${entry.version} of the ICP`,
      sections: [
        standingSection(sheet, entry),
        learntSection(sheet, seen),
        changedSection(sheet, seen),
        decidedSection(sheet, seen.decisions),
        criteriaSection(sheet, model),
        ...ruleSections(sheet, model),
        tiersSection(sheet, model),
        recordSection(sheet, model),
        doubtsSection(sheet, seen),
        ...(model.criteria.length === 0 ? [] : [valuesSection(sheet, model)]),
      ],
      chart: null,
      choices: [
        ...(seen.compared === null
          ? []
          : [{ label: `Version ${seen.compared.version}`, question: `models ${seen.compared.version}` }]),
        { label: 'All versions', question: 'models' },
      ],
      data: { ...entry, ...rest },
    },
  };
}

function inForceWords(sheet: FigureSheet, { inForce, activations }: ModelEntry): string {
  const last = activations.at(-1);
  if (last === undefined) return 'it was never in force.';
  const since = sheet.day('since', 'In force since', last.at);
  const by = sheet.text('by', 'Put in force by', last.by);
  if (inForce) return `in force since ${since}, by ${by}.`;
  return `it was in force from ${since}, by ${by}, to ${sheet.day('until', 'In force until', last.until)}.`;
}

function standingSection(sheet: FigureSheet, entry: ModelEntry): ReportSection {
  const { standing, kind, contentHash, activations, parentVersion, createdAt } = entry;
  return {
    heading: 'Standing',
    lines: [
      `${kind === 'learned' ? 'A learned table' : 'Points by hand'}, ${sheet.text('standing', 'Standing', standing)}. Made on ${sheet.day('made', 'Made on', createdAt)}${parentVersion === null ? '' : ` of version ${sheet.number('parent', 'Made of version', parentVersion, 'count')}, by approved changes`}.`,
      ...activations.map(({ at, by, kind: how, reason, until }, nth) => {
        const key = (what: string) => `a${nth}.${what}`;
        const to = until === null ? '' : ` to ${sheet.day(key('until'), 'To', until)}`;
        const why = reason === null ? '' : `: ${sheet.text(key('reason'), 'Reason', reason)}`;
        return `In force from ${sheet.day(key('at'), 'From', at)}${to} (${how}), by ${sheet.text(key('by'), 'By', by)}${why}.`;
      }),
      ...(contentHash === null
        ? []
        : [`Content hash ${sheet.text('contentHash', 'Content hash', contentHash)}, the same for the same table.`]),
    ],
    table: null,
  };
}

function changedSection(sheet: FigureSheet, { compared }: ModelSeen): ReportSection {
  if (compared === null)
    return { heading: 'What changed', lines: ['It is the first: nothing was before it.'], table: null };
  const version = sheet.number('before', 'Held against version', compared.version, 'count');
  return {
    heading: 'What changed',
    lines: [
      compared.changes.length === 0 ? `Nothing against version ${version}.` : `Against version ${version}:`,
      ...compared.changes.map(
        ({ title, sentence }, nth) =>
          `*${sheet.text(`d${nth}.title`, 'Change', title)}.* ${sheet.text(`d${nth}.sentence`, 'What changed', sentence)}`,
      ),
    ],
    table: null,
  };
}

function decidedSection(sheet: FigureSheet, decisions: readonly ModelDecision[]): ReportSection {
  return {
    heading: 'Who decided',
    lines: decisions.length === 0 ? ['No proposal has it: nobody was asked line by line.'] : [],
    table:
      decisions.length === 0
        ? null
        : {
            columns: ['Line', 'What', 'Standing', 'By', 'On', 'Why'],
            rows: decisions.map(({ proposal, line, title, standing, decided }) => {
              const key = (what: string) => `p${proposal}.${line}.${what}`;
              return [
                `proposal ${sheet.number(key('proposal'), 'Proposal', proposal, 'count')}, line ${sheet.number(key('line'), 'Line', line, 'count')}`,
                sheet.text(key('title'), 'What', title),
                standing,
                decided === null ? 'nobody' : sheet.text(key('by'), 'By', decided.by),
                decided === null ? '' : sheet.day(key('at'), 'On', decided.at),
                decided?.reason == null ? 'no reason given' : sheet.text(key('reason'), 'Why', decided.reason),
              ];
            }),
          },
  };
}

function ruleSections(sheet: FigureSheet, { segments = [], antiPatterns = [] }: IcpModel): ReportSection[] {
  const said = (rule: ModelRule, key: string) =>
    `*${sheet.text(`${key}.name`, 'Name', rule.name)}*: ${sheet.text(`${key}.when`, 'Conditions', rule.conditions.map(({ label }) => label).join(' and '))}`;
  return [
    {
      heading: 'Segments',
      lines:
        segments.length === 0 ? ['None is in it.'] : segments.map((rule, nth) => `${said(rule, `segment${nth}`)}.`),
      table: null,
    },
    {
      heading: 'Anti-patterns',
      lines:
        antiPatterns.length === 0
          ? ['None is in it.']
          : antiPatterns.map(
              (rule, nth) =>
                `${said(rule, `anti${nth}`)}${rule.winRate === null ? '' : `, of which ${sheet.rate(`anti${nth}.won`, `Won: ${rule.name}`, rule.winRate)} were won`}.`,
            ),
      table: null,
    },
  ];
}

function tiersSection(sheet: FigureSheet, { cuts, stageValues, detractor }: IcpModel): ReportSection {
  const worths = stages.map(
    (stage) => `${stage} ${sheet.number(`value.${stage}`, `Worth of ${stage}`, stageValues[stage], 'number')}`,
  );
  return {
    heading: 'Tiers and stages',
    lines: [
      `Tier 1 above ${sheet.number('cut.1', 'Tier 1 above', cuts.primary, 'number')}, tier 2 from ${sheet.number('cut.2', 'Tier 2 from', cuts.nurture, 'number')}.`,
      `The stages count as ${worths.join(', ')}.`,
      detractor === null
        ? 'No detractor: who leaves after use was not learnt.'
        : `The detractor takes at most ${sheet.number('k', 'Most that the detractor takes', detractor.k, 'share')} of a score, and flags from a match of ${sheet.number('flagAt', 'Flags from a match of', detractor.flagAt, 'number')}; learnt from ${sheet.number('churned', 'Churned after use', detractor.events, 'count')} who left after use.`,
    ],
    table: null,
  };
}
