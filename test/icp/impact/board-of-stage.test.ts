import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayMs } from '../../../src/icp/features/calendar.ts';
import { modelOfHypothesis, parseHypothesis } from '../../../src/icp/hypothesis.ts';
import { backtest } from '../../../src/icp/impact/backtest.ts';
import { forecastLater } from '../../../src/icp/impact/later-forecasts.ts';
import type { IcpModel } from '../../../src/icp/model.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { backtestReport } from '../../../src/questions/reports/backtest.ts';
import { planted } from '../fit-support.ts';
import { aBook } from './a-book.ts';

const book = aBook({ accepted: planted });
const { asOf } = book.training;
const forecasts = forecastLater(book);

/** A table learnt so many days ago that rates one industry above all others. Logistics is won most, retail least. */
function learnt(industry: string, daysAgo: number): IcpModel {
  const rules = [{ key: 'industry', label: industry, layer: 'firmographic', when: { is: [industry] }, points: 80 }];
  const { counts } = book.training;
  const facts = { book: 'test', asOf: asOf - daysAgo * dayMs, counts, historyDays: 1460, seed: 1 };
  return { ...modelOfHypothesis(parseHypothesis({ name: 'x', rules }), facts), kind: 'learned' };
}

function judge(past: readonly { version: number; model: IcpModel }[], inForce: number | null) {
  const findings = backtest(book, { forecasts, past, inForce });
  const { text, figures, card } = backtestReport(findings);
  const [first] = card.sections;
  const read = (words: string) => fillIn(words, figures);
  const [won] = findings.leaderboards;
  assert.equal(won?.stage, 'won');
  return { boards: findings.leaderboards, won, text: read(text), lines: (first?.lines ?? []).map(read) };
}

describe('the board of versions', () => {
  const worseThenBetter = [
    { version: 1, model: learnt('retail', 600) },
    { version: 2, model: learnt('logistics', 500) },
  ];

  it('sees a planted improvement on accounts that are newer than both versions', () => {
    const { won, text, lines } = judge(worseThenBetter, 2);
    assert.ok((won.from ?? 0) > asOf - 500 * dayMs);
    const [champion, earlier] = won.rows;
    assert.deepEqual([champion?.version, champion?.kind, champion?.sawTest], [2, 'champion', false]);
    assert.deepEqual([earlier?.version, earlier?.againstChampion?.verdict], [1, 'worse']);
    assert.ok((earlier?.againstChampion?.high ?? 0) < 0);
    assert.match(text, /Version 2, in force, is \*better than\* version 1 at foreseeing winning/);
    assert.match(text, /minus the other's is 0\.\d+ \(0\.\d+ to 0\.\d+, n = \d+\)/);
    const stages = lines.flatMap((line) => /at foreseeing (\w+):/.exec(line)?.[1] ?? []);
    assert.deepEqual(stages, ['winning', 'acceptance']);
  });

  it('sees a change for the worse, and says it first', () => {
    const [first, second] = worseThenBetter;
    const { text } = judge(
      [
        { version: 1, model: second!.model },
        { version: 2, model: first!.model },
      ],
      2,
    );
    assert.match(text, /Version 2, in force, is \*worse than\* version 1/);
    assert.match(text, /is -0\.\d+ \(-0\.\d+ to -0\.\d+, n = \d+\)/);
  });

  it('cannot tell versions apart that are the same', () => {
    const same = [3, 4].map((version) => ({ version, model: learnt('logistics', 400 + version) }));
    const { won, text } = judge(same, 4);
    const against = won.rows.find(({ version }) => version === 3)?.againstChampion;
    assert.deepEqual([against?.v, against?.low, against?.high, against?.verdict], [0, 0, 0, 'cannot tell']);
    assert.match(text, /\*not to be told apart from\* version 3/);
  });

  it('judges as many versions as it can, and says which saw the accounts', () => {
    const { won, lines } = judge([...worseThenBetter, { version: 5, model: learnt('logistics', 0) }], 5);
    assert.deepEqual(
      won.rows.map(({ version, rank, sawTest }) => [version, rank !== null, sawTest]),
      [
        [null, true, false],
        [2, true, false],
        [1, true, false],
        [5, false, true],
      ],
    );
    assert.deepEqual(won.newest, { n: 0, events: 0 });
    assert.match(lines[0] ?? '', /^The table in force, through tables learnt the same way earlier, is/);
  });

  it('takes a stage that is told sooner for a version that is younger than a year', () => {
    const young = [
      { version: 1, model: learnt('retail', 200) },
      { version: 2, model: learnt('logistics', 150) },
    ];
    const { boards, won, text } = judge(young, 2);
    assert.ok(won.rows.every(({ version, sawTest }) => sawTest === (version !== null)));
    const accepted = boards.find(({ stage }) => stage === 'accepted');
    assert.deepEqual([accepted?.rows[0]?.version, accepted?.rows[0]?.kind], [2, 'champion']);
    assert.equal(accepted?.newest?.n, accepted?.n);
    assert.match(text, /Version 2, in force, is \*better than\* version 1 at foreseeing acceptance/);
  });

  it('says plainly that nothing is newer than a version, and how many would be needed', () => {
    const { text, lines } = judge(
      [
        { version: 1, model: learnt('retail', 1) },
        { version: 2, model: learnt('logistics', 0) },
      ],
      2,
    );
    assert.match(
      text,
      /I cannot tell yet: only 0 accounts .* are newer than the last version, 0 of them with it; 10 with/,
    );
    assert.match(lines.join(), /Cannot tell of version 1: learnt from the accounts that it would be judged on/);
  });

  it('says of one version that there is none before it', () => {
    assert.match(judge([{ version: 1, model: learnt('logistics', 500) }], 1).text, /There is one version so far/);
    assert.match(judge([], null).text, /There is one version so far/);
  });

  it('never takes an account for newer where the source has only an order', () => {
    const ordered = { ...book, training: { ...book.training, timeKind: 'order' as const } };
    const [won] = backtest(ordered, { past: worseThenBetter, inForce: 2 }).leaderboards;
    assert.ok(won?.rows.every(({ version, rank }) => (version === null) === (rank !== null)));
    assert.equal(won?.newest, undefined);
  });
});
