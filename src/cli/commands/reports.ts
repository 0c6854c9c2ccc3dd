import { UsageError } from '../../errors.ts';
import type { CauseOutcome } from '../../icp/causes/cause-findings.ts';
import { fillIn } from '../../questions/format-figure.ts';
import type { ReportCard, ReportSection, ReportTopic } from '../../questions/report-card.ts';
import type { Answer, Figure } from '../../questions/types.ts';
import type { Asked, Command } from '../command.ts';
import { bookFlag, bookOption, plainText } from '../reading.ts';

/** A command that prints what the last analysis found on a topic; `about` is the argument that narrows it. */
function reportCommand(name: string, topic: ReportTopic, about?: { syntax: string; description: string }): Command {
  return {
    name,
    options: [bookFlag],
    ...(about === undefined ? {} : { args: [about] }),
    run: (lodestar, asked) => printReport(lodestar, asked, topic, asked.args[0]),
  };
}

async function printReport(
  { questions }: Parameters<Command['run']>[0],
  asked: Asked,
  topic: ReportTopic,
  about?: string,
): Promise<void> {
  const options = { ...bookOption(asked.options), ...(about === undefined ? {} : { about }) };
  printAnswer(asked, await questions.report(topic, options));
}

/** A report as JSON or as text, whatever it is about. */
export function printAnswer({ out }: Pick<Asked, 'out'>, answer: Answer<ReportCard>): void {
  const { card, receipt, asOf } = answer;
  out.answer({ ...(isObject(card.data) ? card.data : { found: card.data }), asOf, receipt }, reportText(answer));
}

/** A report for a terminal: the paragraph, then its sections with their tables in columns. */
function reportText({ text, figures, card, receipt }: Answer<ReportCard>): string {
  return [
    plainText(fillIn(text, figures)),
    ...card.sections.flatMap((section) => ['', ...sectionText(section, figures)]),
    '',
    `Receipt ${receipt}`,
  ].join('\n');
}

function sectionText({ heading, lines, table }: ReportSection, figures: readonly Figure[]): string[] {
  const fill = (words: string) => plainText(fillIn(words, figures));
  const rows = table === null ? [] : inColumns([table.columns, ...table.rows].map((row) => row.map(fill)));
  return [...(heading === null ? [] : [plainText(heading)]), ...lines.map(fill), ...rows];
}

function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [nth, cell] of row.entries()) widths[nth] = Math.max(widths[nth] ?? 0, cell.length);
  return rows.map((row) =>
    `  ${row.map((cell, nth) => cell.padEnd(nth === row.length - 1 ? 0 : (widths[nth] ?? 0))).join('  ')}`.trimEnd(),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optional = (name: string, description: string) => ({ syntax: `[${name}]`, description });

export const segments = reportCommand('segments', 'segments', optional('segment', 'one segment by its name'));
export const expansions = reportCommand('expansions', 'expansions');
export const expanded = reportCommand('expanded', 'expanded');
export const churnWatch = reportCommand('churn-watch', 'churn-watch');
export const drift = reportCommand('drift', 'drift');
export const causal: Command = {
  name: 'causal',
  args: [optional('field', 'one criterion or field by its name')],
  options: [{ flags: '--outcome <outcome>', description: 'expansion or winning' }, bookFlag],
  async run({ questions }, asked) {
    const [about] = asked.args;
    const options = { ...(about === undefined ? {} : { about }), ...outcomeOption(asked.options.outcome) };
    printAnswer(asked, await questions.report('causal', { ...bookOption(asked.options), ...options }));
  },
};

function outcomeOption(outcome: unknown): { outcome?: CauseOutcome } {
  if (outcome === undefined) return {};
  if (outcome === 'expansion' || outcome === 'winning') return { outcome };
  throw new UsageError(`--outcome needs expansion or winning, got ${String(outcome)}`);
}
export const importance = reportCommand('importance', 'importance');
export const correlations = reportCommand('correlations', 'correlations');
export const backtest = reportCommand('backtest', 'backtest');
export const scorings = reportCommand('scorings', 'scorings');
export const impact = reportCommand('impact', 'impact');
export const calibration = reportCommand('calibration', 'calibration');
export const bias = reportCommand('bias', 'bias');
export const hypotheses = reportCommand('hypotheses', 'hypotheses');
export const anomalies = reportCommand('anomalies', 'anomalies');
export const values = reportCommand('values', 'values');
export const revenue = reportCommand('revenue', 'revenue');
export const freshness = reportCommand('freshness', 'freshness');
export const early = reportCommand('early', 'early');
export const disagreements = reportCommand('disagreements', 'disagreements');
export const overrides = reportCommand('overrides', 'overrides');

export const health = reportCommand('health', 'health');
export const answers = reportCommand('answers', 'answers');
export const misleadingLeads = reportCommand('misleading-leads', 'misleading-leads');

const patternTopics: Readonly<Record<string, ReportTopic>> = {
  losses: 'losses',
  churn: 'churn-patterns',
  anti: 'anti-patterns',
};

export const patterns: Command = {
  name: 'patterns',
  args: [{ syntax: '<kind>', description: 'losses, churn or anti' }],
  options: [bookFlag],
  async run(lodestar, asked) {
    const topic = patternTopics[asked.args[0] ?? ''];
    if (topic === undefined)
      throw new UsageError(`patterns needs losses, churn or anti, got ${asked.args[0] ?? 'nothing'}`);
    await printReport(lodestar, asked, topic);
  },
};
