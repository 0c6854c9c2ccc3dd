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
  return accounts.flatMap(({ id, ownerEmail, touchedAt, outcomes, leads }) => {
    const value = levelOf.get(id) ?? null;
    const common = {
      ...(ownerEmail === null ? {} : { owner: ownerEmail }),
      ...(value === null || heaviest === undefined ? {} : { [heaviest.label]: String(value) }),
    };
    const source = leads[0]?.source ?? null;
    const first: WeeklyEvent = {
      kind: 'touched',
      at: touchedAt,
      traits: { ...common, ...(source === null ? {} : { source }) },
    };
    return [
      first,
      ...outcomes.flatMap(({ kind, occurredAt, reason }): WeeklyEvent[] =>
        kind === 'qualified'
          ? []
          : [{ kind, at: occurredAt, traits: { ...common, ...(reason === null ? {} : { reason }) } }],
      ),
    ];
  });
}
