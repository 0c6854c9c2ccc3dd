import type { Condition } from '../icp/patterns/condition.ts';
import type { Feature } from '../icp/types.ts';
import type { Store } from '../store/store.ts';
import { currentPin, type Pin } from './pin.ts';
import { readConditions } from './read-conditions.ts';

/**
 * A kind of accounts, as somebody names it (`industry=SaaS`), as conditions that can be checked on any account.
 *
 * @throws {IcpError} `no_field` for a field, a tool or a level that the book does not know
 */
export async function cautionConditions(
  store: Store,
  book: Pin['book'],
  where: Readonly<Record<string, string>>,
): Promise<Condition[]> {
  const { catalogue } = (await currentPin(store, book)).model;
  return readConditions(catalogue, where).map(({ key, value }): Condition => {
    const feature = catalogue.features.find((one) => one.key === key);
    const number = Number(value);
    // A range ends before its upper end, so one value is a range that has room for hardly anything else.
    if (feature?.type === 'number' && value.trim() !== '' && Number.isFinite(number))
      return { key, label: `${feature.label} is ${value}`, match: { kind: 'range', from: number, to: number + 1e-9 } };
    const level = levelOf(feature, value);
    return { key, label: labelOf(feature, key, level), match: { kind: 'is', values: [level] } };
  });
}

/** The level as the book spells it. */
function levelOf(feature: Feature | undefined, value: string): string {
  return feature?.levels?.find((level) => level.toLowerCase() === value.toLowerCase()) ?? value;
}

function labelOf(feature: Feature | undefined, key: string, level: string): string {
  const label = feature?.label ?? key;
  if (feature?.type === 'flag') return level === 'present' ? label : `not: ${label}`;
  return `${label} is ${level}`;
}
