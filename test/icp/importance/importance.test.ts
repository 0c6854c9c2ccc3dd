import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureBuyingMix } from '../../../src/icp/anomalies/buying-mix.ts';
import { findAnomalies } from '../../../src/icp/anomalies/find-anomalies.ts';
import { dayMs } from '../../../src/icp/features/calendar.ts';
import { explainRejections } from '../../../src/icp/hypotheses/explain-rejections.ts';
import { testHypotheses } from '../../../src/icp/hypotheses/test-hypotheses.ts';
import { weekOf } from '../../../src/icp/impact/quarters.ts';
import { measureCorrelations } from '../../../src/icp/importance/measure-correlations.ts';
import { measureImportance } from '../../../src/icp/importance/measure-importance.ts';
import { shuffleDays, shuffleTraits } from '../../support/null-world.ts';
import { aBook } from '../impact/a-book.ts';

const book = aBook();

describe('importance', () => {
  const { criteria, n, events } = measureImportance(book);

  it('ranks what drives winning first, on later accounts only', () => {
    assert.deepEqual(
      criteria.slice(0, 2).map(({ key }) => key),
      ['industry', 'growth'],
    );
    assert.ok(n > 0 && n < book.accounts.length && events > 0);
    assert.ok(criteria.every(({ rise }) => rise.n === n && rise.low <= rise.v && rise.v <= rise.high));
  });

  it('does not call noise clear', () => {
    const noise = criteria.filter(({ key }) => key === 'noise' || key === 'colour' || key === 'contract');
    assert.ok(noise.every(({ clear, share }) => !clear && share === 0));
  });

  it('is an empty list where nothing can be forecast', () => {
    assert.deepEqual(measureImportance(aBook({ won: () => -6 })).criteria, []);
  });
});

describe('correlations', () => {
  it('name what goes together with winning, with its direction', () => {
    const { pairs } = measureCorrelations(book);
    const clear = pairs.filter((pair) => pair.clear);
    const find = (label: string) => clear.find((pair) => pair.label === label);
    assert.equal(find('Industry is logistics')?.direction, 'up');
    assert.equal(find('Industry is retail')?.direction, 'down');
    assert.equal(find('Growth')?.direction, 'up');
    assert.ok(clear.every(({ key }) => key === 'industry' || key === 'growth' || key === 'sequencer'));
  });

  it('find hardly anything where traits were dealt out anew', () => {
    const found = Array.from({ length: 20 }, (_, seed) => measureCorrelations(shuffleTraits(book, seed)).pairs);
    const wrong = found.filter((pairs) => pairs.some(({ clear }) => clear)).length;
    assert.ok(wrong <= 3, `${wrong} of 20`);
  });

  it('look at no pair that is too thin', () => {
    assert.deepEqual(measureCorrelations(aBook({ rows: 8 })).pairs, []);
  });
});

describe('hypotheses', () => {
  it('are supported by accounts that had no part in the idea', () => {
    const { hypotheses, splits } = testHypotheses(book);
    const logistics = hypotheses.find(({ label }) => label === 'Industry is logistics');
    assert.equal(logistics?.status, 'supported');
    assert.match(logistics.claim, /is won more often/);
    const won = splits.find(({ outcome }) => outcome === 'won');
    assert.ok(Math.abs((won?.earlier ?? 0) - (won?.later ?? 0)) <= 1);
  });

  it('are refuted where later accounts tell otherwise', () => {
    let row = 0;
    const turned = aBook({ won: ({ industry }) => (industry === 'logistics' && row++ < 220 ? 1.5 : -0.5) });
    const { hypotheses } = testHypotheses(turned);
    assert.equal(hypotheses.find(({ label }) => label === 'Industry is logistics')?.status, 'refuted');
  });

  it('are none where nothing happened', () => {
    assert.deepEqual(testHypotheses(aBook({ won: () => -9 })).hypotheses, []);
  });
});

describe('rejections', () => {
  it('name the person who turns down tier 1 more than all others', () => {
    const accepted = () => 1;
    const strict = aBook({
      accepted,
      lead: (row) =>
        row % 4 === 0
          ? { ownerEmail: 'sam@ours.example', status: 'rejected', rejectReason: 'too small' }
          : { ownerEmail: 'dana@ours.example' },
    });
    const { people, reasons, tier1 } = explainRejections(strict);
    assert.ok(people.some(({ email, rejected, others }) => email === 'sam@ours.example' && rejected.low > others.high));
    assert.equal(
      reasons.reduce((sum, reason) => sum + reason.tier1, 0),
      Math.round((tier1?.v ?? 0) * (tier1?.n ?? 0)),
    );
  });
});

describe('a kind of account that is turned down on sight', () => {
  it('is named with the reason that is given for it', () => {
    const industries = book.training.fit.table.columns[0] ?? [];
    const strict = aBook({
      lead: (row) =>
        row % 5 === 0
          ? { status: 'rejected', rejectReason: 'no budget' }
          : industries[row] === 'finance' && row % 3 > 0
            ? { status: 'rejected', rejectReason: 'not our kind' }
            : { status: 'accepted', rejectReason: null },
    });
    const { reasons } = explainRejections(strict);
    const traits = (reason: string) => reasons.find((each) => each.reason === reason)?.traits ?? assert.fail(reason);
    assert.equal(traits('not our kind')[0]?.label, 'Industry is finance');
    assert.deepEqual(traits('no budget'), []);
  });
});

describe('unusual weeks', () => {
  const week = weekOf(book.training.asOf) - 70 * dayMs;

  it('are found with what is behind them', () => {
    const quiet = shuffleDays(book, 4);
    const accounts = quiet.accounts.map((account, row) =>
      row % 40 === 0 ? { ...account, touchedAt: week + dayMs, ownerEmail: 'sam@ours.example' } : account,
    );
    const { anomalies } = findAnomalies({ ...quiet, accounts });
    const found = anomalies.find(({ kind }) => kind === 'touched');
    assert.equal(found?.week, week);
    assert.equal(found.direction, 'many');
    assert.equal(found.behind[0]?.value, 'sam@ours.example');
  });

  it('are found where nothing came in', () => {
    const quiet = shuffleDays(book, 5);
    const isIn = (at: number) => at >= week && at < week + 7 * dayMs;
    const accounts = quiet.accounts.map((account) =>
      isIn(account.touchedAt) ? { ...account, touchedAt: account.touchedAt - 21 * dayMs } : account,
    );
    const { anomalies } = findAnomalies({ ...quiet, accounts });
    assert.ok(anomalies.some((each) => each.kind === 'touched' && each.week === week && each.direction === 'few'));
  });

  it('are hardly ever found where every day is alike', () => {
    const wrong = Array.from({ length: 30 }, (_, seed) => findAnomalies(shuffleDays(book, 100 + seed)).anomalies);
    const count = wrong.filter((anomalies) => anomalies.length > 0).length;
    assert.ok(count <= 4, `${count} of 30`);
  });

  it('are not looked for where there are no dates', () => {
    const ordered = { ...book, training: { ...book.training, timeKind: 'order' as const } };
    assert.deepEqual(findAnomalies(ordered).anomalies, []);
    assert.equal(measureBuyingMix(ordered).from, null);
  });
});

describe('who is buying this month', () => {
  it('is nobody in particular where traits were dealt out anew', () => {
    const { groups, now, year } = measureBuyingMix(shuffleTraits(book, 3));
    assert.ok(now > 0 && year > now);
    assert.ok(groups.every(({ verdict }) => verdict === 'as usual' || verdict === 'cannot tell'));
  });
});
