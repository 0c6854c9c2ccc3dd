import type { ScoreSupport } from '../../icp/score-support.ts';
import type { SharedTrait, Twin } from '../../icp/twins/find-twin.ts';
import type { MisleadingLeads } from '../../icp/twins/ideal-but-detractor.ts';
import type { TwinsFindings } from '../../icp/twins/twins-of.ts';
import { words } from '../draft.ts';
import type { ReportSection } from '../report-card.ts';
import { scoreFigure } from '../score-figure.ts';
import type { Figure } from '../types.ts';
import { rateFigure } from './life-words.ts';
import type { Drawn, Supports } from './report.ts';

const mostRows = 20;

/** An account beside the customer that bought more and the one that left, and how its multiplier came. */
export function twinsReport(findings: TwinsFindings, support: ScoreSupport): Drawn {
  const { account, expanded, churned, knownAt } = findings;
  const figures: Figure[] = [
    words('account', 'Account', account.name),
    { key: 'fit', label: 'Fit', v: findings.fit, unit: 'points' },
    scoreFigure('score', 'Score', { ...support, score: findings.score }),
  ];
  const sections: ReportSection[] = [];
  if (expanded !== null) {
    const drawn = twinSection(expanded, 'expanded');
    figures.push(...drawn.figures);
    sections.push({ heading: 'Nearest customer that bought more', lines: drawn.lines, table: null });
  }
  if (churned !== null) {
    const drawn = twinSection(churned, 'churned');
    figures.push(...drawn.figures);
    sections.push({ heading: 'Nearest customer that left after use', lines: drawn.lines, table: null });
  }
  const multiplier = multiplierSection(findings);
  figures.push(...multiplier.figures);
  sections.push(multiplier.section);
  if (knownAt === 'first touch') {
    const line = 'It is compared as it was before its first touch, as customers are: what came later tells on them.';
    sections.push({ heading: null, lines: [line], table: null });
  }
  return {
    text: summaryOf(findings),
    figures,
    card: {
      title: `Twins of ${account.name}`,
      sections,
      chart: null,
      choices: [{ label: 'Why this score', question: `why ${JSON.stringify(account.id)}` }],
      data: { ...findings, evidence: support.evidence, range: support.range },
    },
  };
}

function summaryOf({ expanded, churned, detractor }: TwinsFindings): string {
  const parts: string[] = [];
  if (expanded !== null)
    parts.push(
      'In what earns points, {{account}} is most like {{expanded.name}}, who bought more ({{expanded.distance}} points apart)',
    );
  if (churned !== null)
    parts.push(
      `${parts.length === 0 ? 'In what makes customers leave, {{account}} is' : 'in what makes customers leave, it is'} most like {{churned.name}}, who left ({{churned.distance}} apart in log-odds)`,
    );
  if (parts.length === 0)
    return "I can't tell whom {{account}} is like: no customer that bought more or left after use is in the rows.";
  return `${parts.join('; ')}.${detractor === null ? '' : ' Its multiplier is {{multiplier}}.'}`;
}

function twinSection(twin: Twin, key: 'expanded' | 'churned'): { lines: string[]; figures: Figure[] } {
  const unit = key === 'expanded' ? 'points' : 'number';
  const measure = key === 'expanded' ? 'points' : 'log-odds';
  const figures: Figure[] = [
    words(`${key}.name`, 'Twin', twin.name),
    { key: `${key}.on`, label: key === 'expanded' ? 'Bought more' : 'Left', v: twin.on, unit: 'date' },
    { key: `${key}.distance`, label: 'Distance', v: twin.distance, unit: 'number' },
  ];
  const lines = [
    `*{{${key}.name}}*, who ${key === 'expanded' ? 'bought more' : 'left'} on {{${key}.on}}: {{${key}.distance}} ${measure} apart over all criteria.`,
  ];
  for (const [nth, { label, adds }] of twin.shared.entries()) {
    figures.push(words(`${key}.shared${nth}`, 'Shared', label));
    figures.push({ key: `${key}.adds${nth}`, label: 'Adds', v: adds, unit });
    lines.push(`Both: {{${key}.shared${nth}}}, which adds {{${key}.adds${nth}}} ${measure}.`);
  }
  for (const [nth, trait] of twin.differing.entries()) {
    figures.push(
      words(`${key}.own${nth}`, trait.criterion, trait.own),
      words(`${key}.theirs${nth}`, trait.criterion, trait.twins),
      { key: `${key}.apart${nth}`, label: 'Difference', v: trait.difference, unit },
    );
    lines.push(
      `Apart: {{${key}.own${nth}}}, against {{${key}.theirs${nth}}}, a difference of {{${key}.apart${nth}}} ${measure}.`,
    );
  }
  return { lines, figures };
}

function multiplierSection({ detractor }: TwinsFindings): { section: ReportSection; figures: Figure[] } {
  const heading = 'How the multiplier came';
  if (detractor === null) {
    const line =
      'It changes nothing: too few customers have left after use to estimate who would. More history would help.';
    return { section: { heading, lines: [line], table: null }, figures: [] };
  }
  const figures: Figure[] = [
    { key: 'multiplier', label: 'Multiplier', v: detractor.multiplier, unit: 'ratio' },
    { key: 'churn', label: 'Chance of leaving after use', v: detractor.churn, unit: 'share' },
    { key: 'baseRate', label: 'Of all customers', v: detractor.baseRate, unit: 'share' },
  ];
  const lines = [
    'As a customer it would leave after use with a chance of {{churn}}, against {{baseRate}} of all customers; that makes the multiplier {{multiplier}}.',
    ...because(detractor.because, figures),
  ];
  if (detractor.flagged) lines.push('It matches the detractor, so it is tier 2 at most, whatever its score.');
  if (detractor.nearestLeft !== null) {
    figures.push(rateFigure('nearestLeft', 'Of the nearest customers, left', detractor.nearestLeft));
    lines.push('Of the customers nearest to it in this, {{nearestLeft}} left after use.');
  }
  return { section: { heading, lines, table: null }, figures };
}

function because(traits: readonly SharedTrait[], figures: Figure[]): string[] {
  return traits.map(({ label, adds }, nth) => {
    figures.push(words(`because${nth}`, 'Raises the odds', label));
    figures.push({ key: `becauseAdds${nth}`, label: 'Adds', v: adds, unit: 'number' });
    return `{{because${nth}}} adds {{becauseAdds${nth}}} log-odds.`;
  });
}

const nothingKnown: ScoreSupport = { evidence: 'D', range: null };

/** Leads that look ideal and match the detractor: those whom no filter at the top of the funnel catches. */
export function misleadingLeadsReport(findings: MisleadingLeads, supports: Supports): Drawn {
  const { why } = findings;
  // Of an account that is not found again nobody knows what stands behind its score: that is low evidence.
  const listed = findings.listed.map((lead) => ({ ...lead, ...(supports.get(lead.id) ?? nothingKnown) }));
  const figures: Figure[] = [
    { key: 'leads', label: 'Open and accepted leads', v: findings.leads, unit: 'count' },
    { key: 'ideal', label: 'Ideal by fit alone', v: findings.ideal, unit: 'count' },
    { key: 'flagged', label: 'Of these, like who left', v: findings.flagged, unit: 'count' },
    ...(why === null ? [] : [words('why', 'Why not', why)]),
  ];
  const rows = listed.slice(0, mostRows).map((lead, nth) => {
    const key = `l${nth + 1}`;
    figures.push(
      words(`${key}.name`, 'Lead', lead.name),
      { key: `${key}.fit`, label: 'Fit', v: lead.fit, unit: 'points' },
      scoreFigure(`${key}.score`, 'Score', lead),
      { key: `${key}.churn`, label: 'Chance of leaving', v: lead.churn, unit: 'share' },
      words(`${key}.because`, 'Because', lead.because.map(({ label }) => label).join(', ') || 'many small things'),
      words(`${key}.twin`, 'Nearest churned twin', lead.twin?.name ?? 'nobody'),
    );
    return ['name', 'fit', 'score', 'churn', 'because', 'twin'].map((part) => `{{${key}.${part}}}`);
  });
  const columns = ['Lead', 'fit', 'score', 'chance of leaving', 'because', 'most like'];
  const text =
    why !== null
      ? "I can't tell which leads only look ideal: {{why}}."
      : listed.length === 0
        ? 'Of {{leads}} leads, {{ideal}} look ideal, and none of them is like those who left.'
        : 'Of {{leads}} leads, {{ideal}} look ideal; {{flagged}} of these are like customers who left after use.';
  return {
    text,
    figures,
    card: {
      title: 'Leads that look ideal and are like those who left',
      sections: rows.length === 0 ? [] : [{ heading: null, lines: [], table: { columns, rows } }],
      chart: null,
      choices: [{ label: 'What they have in common', question: 'anti-patterns' }],
      data: { ...findings, listed },
    },
  };
}
