import { UsageError } from '../errors.ts';
import { slugText } from '../icp/features/clean-text.ts';
import type { StackConditions } from '../icp/features/stack-filter.ts';

type Where = Readonly<Record<string, string>>;

const competitorWord = /^(?:(?:an?|any|our)_)?competitors?$/;
const anyWord = /^(?:any|yes|true|present)$/;
const changeWord = /^(?:tech|technology|technologies|tool|tools)_(added|removed)$/;
const change = /^(?:(.+?)[\s,:]+)?(?:within\s+)?(\d{1,5})\s*(?:d|days?)?$/i;

/** Whether a list is asked for that rests on which tools compete with us. */
export function asksForCompetitors(where: Where = {}): boolean {
  return Object.entries(where).some(
    ([name, value]) => isAnyCompetitor(name, value) || (isChange(name) && isCompetitor(toolOf(value))),
  );
}

/**
 * Takes out of what a list is filtered by what is asked of the stack as a whole: `competitor=any`, `tech-added=90` (days),
 * `tech-removed="HubSpot 90"`, `tech-removed="competitor 90"`.
 *
 * @param competitors the tools that compete with us, where `asksForCompetitors`
 * @returns `stack` is `null` where nothing is asked of it, `rest` what is asked of single features
 * @throws {UsageError} for a change without a number of days
 */
export function readStackConditions(
  where: Where,
  competitors: readonly string[],
): { stack: StackConditions | null; rest: Record<string, string> } {
  const rest: Record<string, string> = {};
  const changes: StackConditions['changes'][number][] = [];
  let usesAnyOf: readonly string[] | null = null;
  for (const [name, value] of Object.entries(where)) {
    const kind = changeWord.exec(slugText(name))?.[1];
    if (isAnyCompetitor(name, value)) usesAnyOf = competitors;
    else if (kind === 'added' || kind === 'removed') {
      const tool = toolOf(value);
      const tools = tool === null ? null : isCompetitor(tool) ? competitors : [tool];
      changes.push({ kind, days: daysOf(name, value), tools });
    } else rest[name] = value;
  }
  return { stack: usesAnyOf === null && changes.length === 0 ? null : { usesAnyOf, changes }, rest };
}

/**
 * What is asked of the stack in words, for the title of a list.
 *
 * @example stackInWords({ usesAnyOf: ['Zoho CRM'], changes: [] }); // => 'that use a competitor (Zoho CRM)'
 */
export function stackInWords({ usesAnyOf, changes }: StackConditions): string {
  const parts = changes.map(
    ({ kind, days, tools }) => `that ${kind} ${tools?.join(' or ') ?? 'a tool'} within ${days} days`,
  );
  if (usesAnyOf !== null) parts.unshift(`that use a competitor (${usesAnyOf.join(', ')})`);
  return parts.join(' and ');
}

const isChange = (name: string): boolean => changeWord.test(slugText(name));

const isCompetitor = (tool: string | null): boolean => tool !== null && competitorWord.test(slugText(tool));

function isAnyCompetitor(name: string, value: string): boolean {
  return competitorWord.test(slugText(name)) && anyWord.test(slugText(value));
}

function toolOf(value: string): string | null {
  return change.exec(value.trim())?.[1]?.trim() ?? null;
}

function daysOf(name: string, value: string): number {
  const days = Number(change.exec(value.trim())?.[2] ?? Number.NaN);
  if (days >= 1) return days;
  throw new UsageError(
    `${name} needs a number of days, with or without a tool before it, such as ${name}=90 or ${name}="HubSpot 90", got ${value.slice(0, 60)}`,
  );
}
