const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * An id with 18 characters. The last three say which letters of the first fifteen are capitals, so that programs that
 * do not tell `a` from `A` can tell the records apart. What is no id comes back as it was.
 *
 * @see https://help.salesforce.com/s/articleView?id=000383751 the conversion
 * @example longId('001A000000abcDE'); // => '001A000000abcDEIAY'
 */
export function longId(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let group = 0; group < 3; group += 1) {
    let bits = 0;
    for (let place = 0; place < 5; place += 1) {
      const code = id.charCodeAt(group * 5 + place);
      if (code >= 65 && code <= 90) bits |= 1 << place;
    }
    suffix += LETTERS[bits];
  }
  return id + suffix;
}

/** The n-th id under a prefix that the local org makes. */
export function makeId(prefix: string, sequence: number): string {
  let rest = sequence;
  let text = '';
  for (let place = 0; place < 9; place += 1) {
    text = DIGITS.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return longId(`${prefix}Lo0${text}`);
}

/** Whether this could be an id of an object with that prefix. */
export function isIdOf(prefix: string, id: string): boolean {
  return /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id) && id.startsWith(prefix);
}
