import type { FeatureCatalogue } from './features/feature-rule.ts';
import type { IcpModel } from './model.ts';
import { type Layer, layers } from './types.ts';

/** What an analysis has learnt of a layer: criteria, or why none. */
export interface LayerFinding {
  layer: Layer;
  state: 'criteria' | 'no usable data for this layer' | 'not learnt' | 'nothing found';
  /** Learnt, or given by hand. */
  criteria: number;
  /** The state and its reason, in words. */
  sentence: string;
}

/** On how many of a book's accounts something is known. */
export interface LayerFill {
  accounts: number;
  /** Accounts of which each field is known. */
  fields: ReadonlyMap<string, number>;
  /** Accounts with a signal of each layer. */
  signals: ReadonlyMap<Layer, number>;
}

/** Known of fewer accounts, or of a smaller share of them, than this, a layer is too thin: so many won or lost a model needs. */
const fewestKnown = 50;
const leastShare = 0.05;
const mostNamed = 3;

/** The name under which features that are read off signals go. */
const signalField = 'signals';

/** The layers from which a model has learnt criteria. Points that are given by hand are no finding. */
export function learntLayers({ criteria, kind }: Pick<IcpModel, 'criteria' | 'kind'>): ReadonlySet<Layer> {
  return new Set(kind === 'points' ? [] : criteria.map(({ layer }) => layer));
}

/** The fields that a catalogue reads in layers of which a model has learnt nothing. */
export function fieldsNotLearnt(model: Pick<IcpModel, 'criteria' | 'kind'>, { features }: FeatureCatalogue): string[] {
  const learnt = learntLayers(model);
  const fields = features.filter(({ layer, field }) => !learnt.has(layer) && field !== signalField);
  return [...new Set(fields.map(({ field }) => field))];
}

/** The kinds of signals that a catalogue reads in a layer. */
export function signalKindsOf({ features, rules }: FeatureCatalogue, layer: Layer): string[] {
  return rules.flatMap((rule, at) => (rule.how === 'signal' && features[at]?.layer === layer ? [rule.kind] : []));
}

/**
 * What each layer came to: how many criteria, or why there is none.
 *
 * No usable data: no field of it is there, all were set aside, or the one that is known most often is known of fewer than
 * 50 accounts or of one in twenty. Not learnt: its fields are there, but no model was learnt at all, or they are about time in a source without
 * dates. Nothing found: they were there to be learnt from.
 *
 * @param layerOf the layer of a field that became no feature
 */
export function layerFindings(
  model: Pick<IcpModel, 'criteria' | 'kind'>,
  catalogue: FeatureCatalogue,
  fill: LayerFill,
  layerOf: (field: string) => Layer,
): LayerFinding[] {
  const learnt = learntLayers(model);
  return layers.map((layer): LayerFinding => {
    const criteria = model.criteria.filter((criterion) => criterion.layer === layer).length;
    const counted = criteria === 1 ? '1 criterion' : `${criteria} criteria`;
    if (learnt.has(layer)) return { layer, state: 'criteria', criteria, sentence: counted };
    const byHand = criteria === 0 ? '' : `; it has ${counted} by hand`;
    const found = (state: LayerFinding['state'], why: string): LayerFinding => ({
      ...{ layer, state, criteria },
      sentence: `${state}: ${why}${byHand}`,
    });
    const features = catalogue.features.filter((feature) => feature.layer === layer);
    if (features.length === 0) {
      const aside = catalogue.setAside.filter(({ field }) => layerOf(field) === layer);
      return found(
        'no usable data for this layer',
        aside.length === 0 ? 'no field of it is in the data' : `its fields are set aside: ${asideWords(aside)}`,
      );
    }
    const best = bestKnown(features, layer, fill);
    const read = features.length === 1 ? 'one input was read' : `${features.length} inputs were read`;
    const known = best === null ? read : `${read}, ${knownWords(best, fill.accounts)}`;
    if (best !== null && (best.known < fewestKnown || best.known < leastShare * fill.accounts))
      return found('no usable data for this layer', `it is too thin: ${known}`);
    if (model.kind === 'points') return found('not learnt', `${known}, but no model has been learnt`);
    if (catalogue.timeKind === 'order' && features.every(({ part }) => part === 'timing'))
      return found('not learnt', `${known}, but they tell of time, and the source has no dates`);
    return found('nothing found', `${known}, and none was found to matter`);
  });
}

/** What is known of most accounts in a layer; `null` where nobody counted. */
function bestKnown(
  features: FeatureCatalogue['features'],
  layer: Layer,
  { fields, signals }: LayerFill,
): { name: string; known: number } | null {
  const counted = features.flatMap(({ field }) => {
    const known = field === signalField ? signals.get(layer) : fields.get(field);
    return known === undefined ? [] : [{ name: field, known }];
  });
  return counted.reduce<{ name: string; known: number } | null>(
    (best, one) => (best === null || one.known > best.known ? one : best),
    null,
  );
}

function knownWords({ name, known }: { name: string; known: number }, accounts: number): string {
  const share = accounts === 0 ? '' : ` (${Math.round((1000 * known) / accounts) / 10} %)`;
  return `most often ${name}, known of ${known.toLocaleString('en')} of ${accounts.toLocaleString('en')} accounts${share}`;
}

function asideWords(aside: FeatureCatalogue['setAside']): string {
  const named = aside.slice(0, mostNamed).map(({ field, reason }) => `${field} (${reason})`);
  const more = aside.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
