import { assertNever } from '../../errors.ts';
import type { FeatureCatalogue } from '../features/feature-rule.ts';
import type { Criterion, IcpModel, ModelRule } from '../model.ts';
import { weighCriteria } from '../weigh-criteria.ts';
import type { ModelChange } from './model-change.ts';

/**
 * The model that approved changes make of the one in force. Each change stands by itself, so any of them may be left out, and
 * their order does not matter; weights are shared out anew.
 *
 * Points are centred on the reference accounts in either model, so criteria of both add up to a score that means the same.
 */
export function applyChanges(base: IcpModel, changes: readonly ModelChange[]): IcpModel {
  const model = changes.reduce(applied, base);
  return changes.some(({ kind }) => kind === 'table replaced')
    ? model
    : { ...model, criteria: weighCriteria(model.criteria) };
}

function applied(model: IcpModel, change: ModelChange): IcpModel {
  switch (change.kind) {
    case 'criterion added':
    case 'criterion re-weighted':
      return { ...model, criteria: withCriteria(model.criteria, [change.criterion]) };
    case 'criterion dropped':
      return { ...model, criteria: model.criteria.filter(({ key }) => key !== change.before.key) };
    case 'tier cuts moved':
      return { ...model, cuts: change.cuts };
    case 'stage values recalibrated':
      return { ...model, stageValues: change.stageValues };
    case 'segment added':
    case 'segment altered':
      return { ...model, segments: withRule(model.segments ?? [], change.rule) };
    case 'segment dropped':
      return { ...model, segments: (model.segments ?? []).filter(({ id }) => id !== change.before.id) };
    case 'anti-pattern added':
    case 'anti-pattern altered':
      return { ...model, antiPatterns: withRule(model.antiPatterns ?? [], change.rule) };
    case 'anti-pattern dropped':
      return { ...model, antiPatterns: (model.antiPatterns ?? []).filter(({ id }) => id !== change.before.id) };
    case 'fine tuning': {
      const { base, criteria, dropped, levers, detractor, made } = change.tuning;
      const kept = model.criteria.filter(({ key }) => !dropped.includes(key));
      return { ...model, ...made, base, levers, detractor, criteria: withCriteria(kept, criteria) };
    }
    case 'table replaced':
      return change.model;
    default:
      return assertNever(change);
  }
}

function withCriteria(criteria: readonly Criterion[], others: readonly Criterion[]): Criterion[] {
  const keys = new Set(others.map(({ key }) => key));
  return [...criteria.filter(({ key }) => !keys.has(key)), ...others];
}

function withRule<Rule extends ModelRule>(rules: readonly Rule[], rule: Rule): Rule[] {
  const at = rules.findIndex(({ id }) => id === rule.id);
  return at < 0 ? [...rules, rule] : rules.with(at, rule);
}

/**
 * How to read the features of two models at once: a feature that both know is read as the newer one does.
 */
export function mergeCatalogues(older: FeatureCatalogue, newer: FeatureCatalogue): FeatureCatalogue {
  const known = new Set(newer.features.map(({ key }) => key));
  const missing = older.features.flatMap((feature, at) => (known.has(feature.key) ? [] : [at]));
  return {
    ...newer,
    features: [...newer.features, ...missing.map((at) => older.features[at]!)],
    rules: [...newer.rules, ...missing.map((at) => older.rules[at]!)],
  };
}
