import type { Truth } from './truth.ts';

const prefix = 'tech_';

/** The tool that a feature is about, in small letters; `null` for one that is about no tool. */
export function toolOf({ key }: { key: string }): string | null {
  return key.startsWith(prefix) ? key.slice(prefix.length).replaceAll('_', ' ') : null;
}

/** Steps that are won or lost by an effect, by what a claim is about. Whoever leaves buys no more. */
const steps = {
  winning: ['accepted', 'qualified', 'won'],
  expansion: ['expanded', 'churned'],
  leaving: ['churned'],
} as const;

/** Tells of any feature whether the market's truth has it do something. */
export function trueFields(
  truth: Truth,
  about: keyof typeof steps,
): (feature: { key: string; field?: string }) => boolean {
  const fields = new Set<string>();
  const tools = new Set<string>();
  const add = (names: readonly string[], of: readonly string[]): void => {
    for (const name of names) if (name !== 'technologies') fields.add(name);
    for (const tool of of) tools.add(tool.toLowerCase());
  };
  for (const effect of truth.effects) {
    if (steps[about].some((step) => (effect.adds[step] ?? 0) !== 0)) add(effect.fields, effect.tools);
  }
  // One of the segments is fintech on it.
  if (truth.segments.length > 0 && about !== 'leaving') add([], ['Stripe']);
  if (truth.drift !== null && about !== 'expansion') add([truth.drift.field], []);
  if (truth.emerging !== null && about === 'winning') add(truth.emerging.fields, []);
  if (truth.losses !== null && about === 'winning') {
    for (const { field } of truth.losses.conditions) add([field, `deal.${field}`], []);
  }
  return ({ key, field = key }) => {
    const tool = toolOf({ key });
    return tool === null ? fields.has(field) || fields.has(key) : tools.has(tool);
  };
}
