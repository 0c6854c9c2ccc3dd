import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import { judgeCauses } from '../../../src/icp/causes/judge-causes.ts';
import { withVerdicts } from '../../../src/icp/causes/with-verdicts.ts';
import type { FeatureValue } from '../../../src/icp/types.ts';
import { customerTable } from '../../../src/market/customer-table.ts';
import { causalSweep } from '../../bench/causal-sweep.ts';
import { customerSet } from '../../support/customer-set.ts';

const small = customerSet(customerTable({ seed: 3, customers: 250 }), 3);
const findings = judgeCauses(small);

describe('causal verdicts on planted customers', () => {
  it('find the real cause and do not call the confounder one, where what is behind it is on record', () => {
    const { causeFound, confounderCalled } = causalSweep('recorded', 5);
    // A rate of 90 % finds fewer than three of five in one run of a hundred; one of 5 % errs twice in one of forty.
    assert.ok(causeFound >= 3, `found ${causeFound} of 5`);
    assert.ok(confounderCalled <= 1, `called ${confounderCalled} of 5`);
  });

  it('call the confounder no cause where nobody wrote down what is behind it', () => {
    const { confounderCalled, confounderHeld } = causalSweep('hidden', 3, 50);
    assert.ok(confounderHeld >= 2 && confounderCalled <= 1, `held ${confounderHeld} of 3, called ${confounderCalled}`);
  });

  it('cannot tell of a cause that nearly follows from the industry', () => {
    const { causeUntold } = causalSweep('no overlap', 2, 70);
    assert.equal(causeUntold, 2);
  });
});

describe('judging causes', () => {
  it('gives the same bytes twice, and plain data without gaps', () => {
    const text = JSON.stringify(findings);
    assert.equal(JSON.stringify(judgeCauses(small)), text);
    assert.deepEqual(JSON.parse(text), findings);
  });

  it('judges each feature once, on both outcomes, and says why it says what it says', () => {
    const { judged, expansion, winning } = findings;
    assert.deepEqual(
      judged.map(({ key }) => key),
      small.training.fit.table.features.map(({ key }) => key),
    );
    assert.equal(expansion.accounts, 250);
    assert.ok(winning.accounts > 1000 && winning.read <= winning.accounts);
    for (const { key, expansion: of } of judged) {
      if (of.raw === null || of.adjusted === null) continue;
      assert.ok(of.raw.low <= of.raw.v && of.raw.v <= of.raw.high, key);
      assert.ok(of.adjusted.low < of.adjusted.v && of.adjusted.v < of.adjusted.high, key);
      assert.ok(of.counts.with + of.counts.without + of.counts.unknown === 250, key);
    }
  });

  it('calls what nobody can change structural, with its difference', () => {
    const industry = findings.judged.find(({ key }) => key === 'industry');
    assert.equal(industry?.verdict, 'structural');
    assert.ok(industry.winning.adjusted !== null);
  });

  it('does not care in what order the accounts come', () => {
    const reversed: AnalysisSet = { ...small, accounts: small.accounts.toReversed() };
    const verdicts = (set: AnalysisSet) => judgeCauses(set).judged.map(({ key, verdict }) => `${key}: ${verdict}`);
    assert.deepEqual(verdicts(reversed), verdicts(small));
  });

  it('cannot tell anything of a handful of customers, and says how few they are', () => {
    const few = judgeCauses(customerSet(customerTable({ seed: 1, customers: 12 }), 1));
    assert.equal(few.expansion.accounts, 12);
    const open = few.judged.filter(({ verdict }) => verdict !== 'structural');
    assert.ok(open.every(({ expansion }) => expansion.verdict === 'cannot tell' && expansion.reason === 'too few'));
  });

  it('has nothing to judge where there is nothing', () => {
    const { fit } = small.training;
    const table = { ...fit.table, accountIds: [], columns: fit.table.columns.map(() => []) };
    const reached = { accepted: [], qualified: [], won: [], expanded: [] };
    const training = { ...small.training, fit: { table, touchedAt: [], reached, churned: [] } };
    const none = judgeCauses({ ...small, training, accounts: [] });
    assert.equal(none.expansion.rate, null);
    assert.ok(none.judged.every(({ expansion }) => expansion.raw === null));
  });

  it('leaves an unknown column and one that never varies untold, and a twin of a column does no harm', () => {
    const changed = withColumns(small, {
      tech_jira: () => null,
      tech_slack: () => 'present',
      tech_stripe: (_, row) => columnOf(small, 'tech_crm')[row]!,
    });
    const { judged } = judgeCauses(changed);
    const reason = (key: string) => judged.find((of) => of.key === key)?.expansion.reason;
    assert.equal(reason('tech_jira'), 'too few');
    assert.equal(reason('tech_slack'), 'too few');
    assert.ok(judged.every(({ expansion: { adjusted } }) => adjusted === null || Number.isFinite(adjusted.low)));
    const twin = judged.find(({ key }) => key === 'tech_stripe');
    assert.notEqual(twin?.verdict, 'likely drives');
  });

  it('does not test what the model reads off activity', () => {
    const criterion = { ...small.model.criteria[0]!, key: 'web_visit', part: 'timing' as const };
    const { judged } = judgeCauses({ ...small, model: { ...small.model, criteria: [criterion] } });
    assert.deepEqual(judged.map(({ key, verdict }) => [key, verdict]).at(-1), ['web_visit', 'not tested']);
  });
});

describe('a model with verdicts', () => {
  it('is the same model but for them', () => {
    const model = withVerdicts(small.model, findings);
    const plain = model.criteria.map((criterion) => ({ ...criterion, causal: 'not tested' }));
    assert.deepEqual({ ...model, criteria: plain }, small.model);
    const industry = model.criteria.find(({ key }) => key === 'industry');
    assert.equal(industry?.causal, 'structural');
  });
});

function columnOf(set: AnalysisSet, key: string): readonly FeatureValue[] {
  const { table } = set.training.fit;
  return table.columns[table.features.findIndex((feature) => feature.key === key)]!;
}

function withColumns(
  set: AnalysisSet,
  changes: Readonly<Record<string, (value: FeatureValue, row: number) => FeatureValue>>,
): AnalysisSet {
  const { fit } = set.training;
  const columns = fit.table.columns.map((column, at) => {
    const change = changes[fit.table.features[at]!.key];
    return change === undefined ? column : column.map(change);
  });
  return { ...set, training: { ...set.training, fit: { ...fit, table: { ...fit.table, columns } } } };
}
