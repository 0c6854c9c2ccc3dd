import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { predictExpansion } from '../../src/icp/life/predict-expansion.ts';
import { watchChurn } from '../../src/icp/life/watch-churn.ts';
import type { MisleadingLeads } from '../../src/icp/twins/ideal-but-detractor.ts';
import type { TwinsFindings } from '../../src/icp/twins/twins-of.ts';
import { fillIn, formatFigure } from '../../src/questions/format-figure.ts';
import { churnWatchReport } from '../../src/questions/reports/churn-watch.ts';
import { expansionReport } from '../../src/questions/reports/expansions.ts';
import type { Drawn, Supports } from '../../src/questions/reports/report.ts';
import { misleadingLeadsReport, twinsReport } from '../../src/questions/reports/twins.ts';
import { aBookOfCustomers, aSetOf } from '../icp/life/a-book-of-customers.ts';
import { aWatch, aWatchedCustomer } from '../support/a-churn-alert.ts';

/** The whole report as a person reads it; fails where a sentence names a figure that is not there. */
function readOf({ text, figures, card }: Drawn): string {
  assert.equal(new Set(figures.map(({ key }) => key)).size, figures.length, 'two figures have one key');
  const lines = card.sections.flatMap(({ lines: own, table }) => [...own, ...(table?.rows.flat() ?? [])]);
  for (const line of [text, ...lines]) assert.doesNotMatch(line.replace(/\{\{[^}]*\}\}/g, ''), /\d{3,}/);
  return [text, ...lines].map((line) => fillIn(line, figures, formatFigure)).join('\n');
}

describe('the report of the churn watch', () => {
  it('tells signs with figures, renewal, runway, twin and what to do', () => {
    const read = readOf(churnWatchReport(aWatch([aWatchedCustomer()])));
    assert.match(read, /^Of 200 customers, 1 look like those who left within 120 days/);
    assert.match(read, /active users down 40\.0 %, from 90 to 54, since 1 Jul 2026/);
    assert.match(
      read,
      /renewal in 50 days on 20 Nov 2026; runway 70 days \(61 to 80, n = 36\); most like Brixmark Apps/,
    );
  });

  it('says how a year of alerts would have gone, beside falling use alone', () => {
    const read = readOf(churnWatchReport(watchChurn(aBookOfCustomers({ n: 500, seed: 3, signs: true }))));
    assert.match(read, /Replayed from .* it would have raised \d+ alerts, at most 5 a week for each of 2 managers/);
    assert.match(read, /Of as many alerts by falling use alone, [\d.]+ % \(.*\) were right, with a median lead of/);
  });

  it('says what it cannot tell, and what would help', () => {
    const read = readOf(churnWatchReport(watchChurn(aSetOf([]))));
    assert.match(read, /^I can't tell which customers may leave: there is no customer of 90 days/);
    assert.match(read, /What would help: more customers/);
    const rule = { method: 'usage decay' as const, why: 'not estimable yet' };
    const byRule = aWatchedCustomer({ risk: null, standing: 'watch', past: null, twin: null });
    assert.match(readOf(churnWatchReport(aWatch([byRule], rule))), /By that rule, 1 of 200 customers are worth a look/);
  });
});

describe('the report of expansions', () => {
  it('ranks with a score, signs and what to offer, and says how it was judged', () => {
    const read = readOf(expansionReport(predictExpansion(aBookOfCustomers({ n: 1000, seed: 1, swells: true }))));
    assert.match(read, /score \d+\/100, chance [\d.]+ %/);
    assert.match(read, /of the top of the list, [\d.]+ % \(.*\) bought more; by usage growth alone/);
  });

  it('says what it cannot tell', () => {
    const read = readOf(expansionReport(predictExpansion(aBookOfCustomers({ n: 60, seed: 1 }))));
    assert.match(read, /^I can't tell which customers may buy more: not estimable yet: \d+ customers bought more/);
  });
});

describe('the report of twins', () => {
  const twin = {
    ...{ id: '9', name: 'Brixmark Apps', on: '2025-05-22', distance: 0.4 },
    shared: [{ label: 'Uses Airtable', adds: 0.6 }],
    differing: [{ criterion: 'City', own: 'City is London', twins: 'City is Austin', difference: -0.2 }],
  };
  const findings: TwinsFindings = {
    ...{
      book: 'main',
      asOf: '2026-10-01',
      account: { id: '1', name: 'Halden' },
      knownAt: 'today',
      fit: 88,
      score: 60.1,
    },
    detractor: {
      ...{ multiplier: 0.683, flagged: true, churn: 0.37, baseRate: 0.19, k: 0.75, because: twin.shared },
      nearestLeft: { v: 0.7, low: 0.4, high: 0.89, n: 10 },
    },
    expanded: { ...twin, name: 'Thalmore Software' },
    churned: twin,
  };

  const sure = { evidence: 'B', range: { low: 41.2, high: 78.9 } } as const;
  const rough = { evidence: 'D', range: { low: 36.4, high: 83.8 } } as const;

  it('gives the score of the account with its range on low evidence, and without where it is sure', () => {
    const scoreIn = ({ figures }: Drawn) => fillIn('{{score}}', figures);
    assert.equal(scoreIn(twinsReport(findings, rough)), 'about 60 (36 to 84), low evidence');
    assert.equal(scoreIn(twinsReport(findings, sure)), '60.1');
  });

  it('names both, what is shared and what differs, and how the multiplier came', () => {
    const read = readOf(twinsReport(findings, sure));
    assert.match(read, /Halden is most like Thalmore Software, who bought more .* most like Brixmark Apps, who left/);
    assert.match(read, /Both: Uses Airtable, which adds 0\.6 log-odds/);
    assert.match(read, /City is London, against City is Austin, a difference of -0\.2/);
    assert.match(read, /chance of 37\.0 %, against 19\.0 % of all customers; that makes the multiplier 0\.683/);
  });

  it('says when there is nobody to be like', () => {
    const read = readOf(twinsReport({ ...findings, expanded: null, churned: null, detractor: null }, sure));
    assert.match(read, /^I can't tell whom Halden is like/);
  });

  it('lists the leads that only look ideal', () => {
    const leads: MisleadingLeads = {
      ...{ book: 'main', asOf: '2026-10-01', why: null, leads: 900, ideal: 80, flagged: 1 },
      listed: [
        {
          ...{ id: '1', name: 'Halden', ownerEmail: null, fit: 88, score: 60.1, churn: 0.37, because: twin.shared },
          twin: { id: '9', name: 'Brixmark Apps', leftOn: '2025-05-22', distance: 0.4 },
        },
      ],
    };
    assert.match(
      readOf(misleadingLeadsReport(leads, new Map([['1', sure]]))),
      /^Of 900 leads, 80 look ideal; 1 of these are like/,
    );
    const scoreWith = (supports: Supports) => readOf(misleadingLeadsReport(leads, supports)).split('\n')[3];
    assert.equal(scoreWith(new Map([['1', sure]])), '60.1');
    assert.equal(scoreWith(new Map([['1', rough]])), 'about 60 (36 to 84), low evidence');
    assert.equal(scoreWith(new Map()), 'about 60, low evidence', 'nothing is known of it');
    const unknown = { ...leads, why: 'not estimable yet', listed: [] };
    assert.match(readOf(misleadingLeadsReport(unknown, new Map())), /^I can't tell which leads only look ideal/);
  });
});
