/** Words, and not none. */
export function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** A whole number from 0 on. */
export function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** Days: from one to ten years. */
export function isDays(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 3650;
}

/** A day as `2027-01-15`. */
export function isDay(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));
}

/** True or false. */
export function isYesOrNo(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** A list of words under each key. */
export function isTextsEach(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isTexts);
}

/** A list of words. */
export function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}
