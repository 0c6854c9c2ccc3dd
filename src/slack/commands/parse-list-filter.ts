import type { ListFilter } from '../../questions/types.ts';

const mostListed = 100;

/**
 * Reads what follows `list`: `tier 1 owner Dana worst 5 technology=hubspot early competitor tech-added=90`, in any order.
 *
 * @returns `null` where a word is left over that it does not know: then it is a question for the conversation
 * @example parseListFilter('tier 1 owner "Dana Ops"'); // => { tier: 1, owner: 'Dana Ops' }
 */
export function parseListFilter(text: string): ListFilter | null {
  const filter: { -readonly [K in keyof ListFilter]: ListFilter[K] } = {};
  const where: Record<string, string> = {};
  let rest = text;
  const take = (pattern: RegExp): string | null => {
    const found = pattern.exec(rest);
    if (!found) return null;
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    return found[1] ?? found[2] ?? '';
  };

  for (let pair = takePair(take); pair; pair = takePair(take)) where[pair.field] = pair.value;
  if (take(/(?:^|\s)((?:uses? )?(?:an? )?competitors?)(?=\s|$)/i) !== null) where.competitor = 'any';
  if (Object.keys(where).length > 0) filter.where = where;
  const tier = take(/(?:^|\s)tier\s*([123])(?=\s|$)/i);
  if (tier !== null) filter.tier = tierOf(tier);
  const limit =
    take(/(?:^|\s)(?:top|limit|first)\s+(\d{1,3})(?=\s|$)/i) ??
    take(/(?<=(?:^|\s)(?:best|worst))\s+(\d{1,3})(?=\s|$)/i);
  if (limit !== null) filter.limit = Math.min(mostListed, Math.max(1, Number(limit)));
  const order = take(/(?:^|\s)(best|worst)(?=\s|$)/i);
  if (order !== null) filter.order = order.toLowerCase() === 'worst' ? 'worst' : 'best';
  if (take(/(?:^|\s)((?:fit,?\s+)?early)(?=\s|$)/i) !== null) filter.label = 'fit, early';
  if (take(/(?:^|\s)(off-profile(?:,?\s+active)?)(?=\s|$)/i) !== null)
    filter.label = 'off-profile, active: investigate';
  const owner = take(/(?:^|\s)(?:owner|owned by)\s+(?:"([^"]+)"|([^"]+))$/i);
  if (owner !== null) filter.owner = owner.trim();
  return /^\s*(accounts?)?\s*$/i.test(rest) ? filter : null;
}

function takePair(take: (pattern: RegExp) => string | null): { field: string; value: string } | null {
  const found = take(/(?:^|\s)(?:where\s+)?([\p{L}\p{N}_-]+=(?:"[^"]*"|[^\s"]+))/u);
  if (found === null) return null;
  const at = found.indexOf('=');
  return { field: found.slice(0, at), value: found.slice(at + 1).replaceAll('"', '') };
}

function tierOf(digit: string): 1 | 2 | 3 {
  if (digit === '1') return 1;
  return digit === '2' ? 2 : 3;
}
