import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import { fieldsNotLearnt, layerFindings, signalKindsOf } from '../../src/icp/layer-findings.ts';
import type { Feature, Layer, TimeKind } from '../../src/icp/types.ts';
import { aCriterion, aModel } from '../support/a-model.ts';

const feature = (key: string, layer: Layer, parts: Partial<Feature> = {}): Feature => ({
  ...{ key, label: key, layer, part: 'fit', type: 'category', field: key },
  ...parts,
});
const visits = feature('signal_visit', 'behavioural', { field: 'signals', part: 'timing', type: 'number' });

function catalogueOf(features: readonly Feature[], parts: Partial<FeatureCatalogue> = {}): FeatureCatalogue {
  return {
    ...{ asOf: 0, timeKind: 'dates', setAside: [], sizeBuckets: [], painPhrases: [], seenFrom: null, accounts: 1_000 },
    features,
    rules: features.map(({ field }) =>
      field === 'signals' ? { how: 'signal', kind: 'visit', collectedFrom: 0 } : { how: 'value' },
    ),
    ...parts,
  };
}

interface Asked {
  features: readonly Feature[];
  fields?: Record<string, number>;
  signals?: number;
  setAside?: FeatureCatalogue['setAside'];
  kind?: 'learned' | 'points';
  timeKind?: TimeKind;
  accounts?: number;
}

/** What the layers came to in a model whose only criterion is the industry. */
function found({ features, fields = {}, signals, setAside = [], kind = 'learned', ...more }: Asked) {
  const model = aModel({ kind, criteria: [aCriterion('industry', [])] });
  const catalogue = catalogueOf(features, { setAside, timeKind: more.timeKind ?? 'dates' });
  const fill = {
    accounts: more.accounts ?? 1_000,
    fields: new Map(Object.entries(fields)),
    signals: new Map<Layer, number>(signals === undefined ? [] : [['behavioural', signals]]),
  };
  const findings = layerFindings(model, catalogue, fill, (field) => (field === 'stack' ? 'technographic' : 'pain'));
  return (layer: Layer) => {
    const one = findings.find((finding) => finding.layer === layer);
    assert.ok(one !== undefined);
    return one;
  };
}

describe('what each layer came to', () => {
  it('is its criteria, or that no field of it is in the data', () => {
    const of = found({ features: [feature('industry', 'firmographic')] });
    assert.deepEqual([of('firmographic').state, of('firmographic').criteria], ['criteria', 1]);
    assert.equal(of('pain').sentence, 'no usable data for this layer: no field of it is in the data');
    assert.equal(of('technographic').state, 'no usable data for this layer');
  });

  it('says which fields were set aside, where those were all there are', () => {
    const setAside = [{ field: 'stack', reason: 'predicts winning with AUC 0.99 on its own' }];
    const of = found({ features: [], setAside });
    assert.match(of('technographic').sentence, /^no usable data .* set aside: stack \(predicts winning with AUC 0\.99/);
    assert.match(of('behavioural').sentence, /no field of it/);
  });

  it('is too thin where even the best known is known of few accounts, and says of how many', () => {
    const features = [feature('stack', 'technographic'), feature('cloud', 'technographic')];
    const thin = found({ features, fields: { stack: 49, cloud: 3 }, accounts: 200 })('technographic');
    assert.equal(thin.state, 'no usable data for this layer');
    assert.match(
      thin.sentence,
      /too thin: 2 inputs were read, most often stack, known of 49 of 200 accounts \(24\.5 %\)/,
    );
    const rare = found({ features, fields: { stack: 60, cloud: 3 }, accounts: 2_000 })('technographic');
    assert.match(rare.sentence, /too thin.* \(3 %\)/);
    const enough = found({ features, fields: { stack: 50, cloud: 3 }, accounts: 1_000 })('technographic');
    assert.equal(enough.state, 'nothing found');
  });

  it('counts accounts with signals for what is read off signals', () => {
    assert.match(found({ features: [visits], signals: 12 })('behavioural').sentence, /signals, known of 12 of 1,000/);
    assert.equal(found({ features: [visits], signals: 700 })('behavioural').state, 'nothing found');
  });

  it('does not say that nothing was found where nothing could be learnt', () => {
    const features = [feature('stack', 'technographic'), visits];
    const byHand = found({ features, fields: { stack: 900 }, signals: 900, kind: 'points' });
    assert.match(byHand('technographic').sentence, /^not learnt: .* no model has been learnt$/);
    assert.match(byHand('firmographic').sentence, /^no usable data .* in the data; it has 1 criterion by hand$/);
    const ordered = found({ features, fields: { stack: 900 }, signals: 900, timeKind: 'order' });
    assert.match(ordered('behavioural').sentence, /^not learnt: .* the source has no dates$/);
    assert.equal(ordered('technographic').state, 'nothing found');
  });

  it('claims no thinness where nobody counted, and none of an empty book', () => {
    const uncounted = found({ features: [feature('stack', 'technographic')] })('technographic');
    assert.equal(uncounted.sentence, 'nothing found: one input was read, and none was found to matter');
    const empty = found({ features: [feature('stack', 'technographic')], fields: { stack: 0 }, accounts: 0 });
    assert.match(empty('technographic').sentence, /too thin: .* known of 0 of 0 accounts$/);
  });

  it('asks only after fields of layers from which nothing was learnt', () => {
    const catalogue = catalogueOf([feature('industry', 'firmographic'), feature('stack', 'technographic'), visits]);
    const model = aModel({ criteria: [aCriterion('industry', [])] });
    assert.deepEqual(fieldsNotLearnt(model, catalogue), ['stack']);
    assert.deepEqual(fieldsNotLearnt({ ...model, kind: 'points' }, catalogue), ['industry', 'stack']);
    assert.deepEqual([signalKindsOf(catalogue, 'behavioural'), signalKindsOf(catalogue, 'pain')], [['visit'], []]);
  });
});
