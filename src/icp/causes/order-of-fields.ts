import { type Feature, layers } from '../types.ts';

/** What nobody can change about a company, at least not in order to buy more. */
const structural =
  /^(sub_)?industry$|^(naics|sic)(_code)?$|^(hq|head_?quarters?)(_|$)|^(billing_|hq_)?(country|region|state|city|postal_code|zip|continent)$|^founded|^(company_)?age$|^legal_form$/;

const placeNames = /(^|_)(hq|country|region|state|city|postal_code|zip|continent)$/;

/**
 * Whether a feature says what a company is rather than what it has or does: its industry, its place, its age.
 *
 * Of these only an adjusted difference is told, never that they drive anything: there is nothing to be done about them.
 */
export function isStructural({ key, field }: Pick<Feature, 'key' | 'field'>): boolean {
  return structural.test(key) || structural.test(field);
}

/**
 * Whether two features measure one thing, so that holding one equal would hold the other still: a funding stage and an amount
 * raised, an industry and its branch, a country and its city. Tools of one stack are different things.
 */
export function isSameThing(a: Pick<Feature, 'key' | 'field'>, b: Pick<Feature, 'key' | 'field'>): boolean {
  if (a.key === b.key) return true;
  if (placeNames.test(a.field) && placeNames.test(b.field)) return true;
  if (a.key.endsWith('industry') && b.key.endsWith('industry')) return true;
  return a.key.startsWith(`${b.key}_`) || b.key.startsWith(`${a.key}_`);
}

/**
 * What may be held equal when one feature is judged.
 *
 * `earlier`: fields that come before it in any case: earlier layers, and what a company is before what it has. `alongside`: those
 * of its own layer, of which nobody can say without dates which came first; each is possibly its cause and possibly its
 * consequence. Later layers are never held equal, since an effect may run through them.
 */
export function heldEqualFor(
  feature: Feature,
  features: readonly Feature[],
): { earlier: readonly number[]; alongside: readonly number[] } {
  const place = rank(feature);
  const earlier: number[] = [];
  const alongside: number[] = [];
  features.forEach((other, at) => {
    if (other.part !== feature.part || isSameThing(feature, other)) return;
    const of = rank(other);
    if (of < place || (of === 0 && place === 0)) earlier.push(at);
    else if (of === place) alongside.push(at);
  });
  return { earlier, alongside };
}

/** 0 for what a company is, then layer by layer; behaviour and pain are of one time. */
function rank(feature: Feature): number {
  if (isStructural(feature)) return 0;
  return 1 + Math.min(layers.indexOf(feature.layer), layers.indexOf('behavioural'));
}
