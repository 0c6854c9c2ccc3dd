import type { AnalysisSet } from '../analysis-set.ts';
import type { Instant } from '../types.ts';

export const weeklyKinds = ['touched', 'accepted', 'rejected', 'won', 'lost', 'expanded', 'churned'] as const;
export type WeeklyKind = (typeof weeklyKinds)[number];

/** Something that happened to an account, with what it may be told apart by. */
export interface WeeklyEvent {
  kind: WeeklyKind;
  at: Instant;
  /** Owner, source, reason and the value of the heaviest category, as far as they are known. */
  traits: Readonly<Record<string, string>>;
}

/** Everything dated that happened, first touches included. */
export function weeklyEvents({ accounts, training, model }: AnalysisSet): WeeklyEvent[] {
  if (training.timeKind !== 'dates') return [];
  const { table } = training.fit;
  const categories = table.features.filter(({ type }) => type === 'category');
  const heaviest =
    model.criteria.flatMap(({ key }) => categories.find((one) => one.key === key) ?? [])[0] ?? categories[0];
  const column = heaviest === undefined ? [] : (table.columns[table.features.indexOf(heaviest)] ?? []);
  const levelOf = new Map(table.accountIds.map((id, row) => [id, column[row] ?? null]));
  const traitsOf = createTraits(heaviest?.label ?? '');
  const events: WeeklyEvent[] = [];
  for (const { id, ownerEmail, touchedAt, outcomes, leads } of accounts) {
    const value = levelOf.get(id) ?? null;
    const level = value === null || heaviest === undefined ? null : String(value);
    const source = leads[0]?.source ?? null;
    events.push({ kind: 'touched', at: touchedAt, traits: traitsOf(ownerEmail, level, 'source', source) });
    for (const { kind, occurredAt, reason } of outcomes) {
      if (kind === 'qualified') continue;
      events.push({ kind, at: occurredAt, traits: traitsOf(ownerEmail, level, 'reason', reason) });
    }
  }
  return events;
}

/** Traits that many events share are made once. */
function createTraits(label: string) {
  const known = new Map<string, WeeklyEvent['traits']>();
  return (owner: string | null, level: string | null, name: 'source' | 'reason', said: string | null) => {
    const key = JSON.stringify([owner, level, name, said]);
    const same = known.get(key);
    if (same !== undefined) return same;
    const traits = {
      ...(owner === null ? {} : { owner }),
      ...(level === null ? {} : { [label]: level }),
      ...(said === null ? {} : { [name]: said }),
    };
    known.set(key, traits);
    return traits;
  };
}
