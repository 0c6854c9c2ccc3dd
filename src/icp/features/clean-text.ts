const blanks = new Set(['', '-', '--', '?', 'n/a', '#n/a', 'null', 'undefined', 'nan', 'unknown', '(blank)']);
const spelledOut: readonly (readonly [RegExp, string])[] = [
  [/\+/g, ' plus '],
  [/#/g, ' sharp '],
  [/&/g, ' and '],
  [/%/g, ' percent '],
];

/**
 * A text without the dirt of typing: no space at the ends, no double spaces inside.
 *
 * @example cleanText('  Real   estate '); // => 'Real estate'
 */
export function cleanText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * What two spellings of the same thing have in common, for matching only: never shown to a person.
 *
 * @example foldText(' Real  ESTATE'); // => 'real estate'
 */
export function foldText(text: string): string {
  return cleanText(text).normalize('NFKC').toLowerCase();
}

/**
 * Whether a text says that nothing is known: empty, a dash, `n/a`, `unknown`.
 *
 * `none` and `na` are values: no product in use, and North America.
 *
 * @example isBlankText(' N/A '); // => true
 */
export function isBlankText(text: string): boolean {
  return text.length <= 16 && blanks.has(foldText(text));
}

/**
 * A name that is safe as part of a column: lower case, words joined by `_`.
 *
 * Letters of any alphabet stay, without their accents. Two names may share a slug; `distinctName` tells them apart.
 *
 * @example slugText('Series B'); // => 'series_b'
 * @example slugText('C++'); // => 'c_plus_plus'
 */
export function slugText(text: string): string {
  let out = text;
  for (const [sign, word] of spelledOut) out = out.replace(sign, word);
  out = out.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return out.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '') || 'blank';
}

/**
 * The name, or the name with the first number behind it that is not taken yet. Takes it.
 *
 * @example distinctName('tech_c', new Set(['tech_c'])); // => 'tech_c_2'
 */
export function distinctName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}_${n}`;
  taken.add(free);
  return free;
}

/**
 * A slug or code name as words for people: `demo_request` is `Demo request`.
 *
 * @example wordsOf('demo_request'); // => 'Demo request'
 */
export function wordsOf(name: string): string {
  const words = cleanText(name.replace(/__c$/, '').replace(/[_-]+/g, ' '));
  return words.charAt(0).toUpperCase() + words.slice(1);
}
