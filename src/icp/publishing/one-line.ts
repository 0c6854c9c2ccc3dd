/**
 * A text as a field of a CRM takes it: one line, nothing invisible, and no longer than the field.
 *
 * @param most characters, as a CRM counts them (UTF-16 units)
 * @example oneLine('Real\n  estate\u200b', 80); // => 'Real estate'
 * @example oneLine('Logistics and transport', 10); // => 'Logistics…'
 */
export function oneLine(text: string, most: number): string {
  const clean = text.replace(/\s+/g, ' ').replace(/\p{C}/gu, '').replace(/ {2,}/g, ' ').trim();
  if (clean.length <= most) return clean;
  // Half of a character that takes two units would be refused.
  const cut = clean.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}
