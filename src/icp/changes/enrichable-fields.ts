import type { IcpModel } from '../model.ts';
import type { Layer } from '../types.ts';

/** Criteria that are read off one field of the CRM, and would be known together if it were filled in. */
export interface EnrichableField {
  field: string;
  label: string;
  layer: Layer;
  /** Where its criteria stand among those of the model. */
  at: readonly number[];
}

/** The fields that the model reads and that could be filled in: what was never observed to happen cannot be. */
export function enrichableFields({ criteria, derived }: Pick<IcpModel, 'criteria' | 'derived'>): EnrichableField[] {
  const made = new Set(derived?.map(({ key }) => key));
  const byField = new Map<string, number[]>();
  for (const [nth, { part, field, key }] of criteria.entries()) {
    if (part !== 'fit' || field === 'signals' || made.has(key)) continue;
    byField.set(field, [...(byField.get(field) ?? []), nth]);
  }
  return [...byField].flatMap(([field, at]) => {
    const own = at.flatMap((nth) => criteria[nth] ?? []);
    const heaviest = own.toSorted((a, b) => b.weight - a.weight)[0];
    if (heaviest === undefined) return [];
    const label = own.length === 1 ? heaviest.label : field.replaceAll('_', ' ');
    return [{ field, label, layer: heaviest.layer, at }];
  });
}
