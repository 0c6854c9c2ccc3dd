/** More different texts than this are not kept: what is said once need not be remembered. */
const mostRemembered = 20_000;

/**
 * The same function of a text, worked out once a text: in a book the same names and phrases come again and again.
 *
 * @example remember((text) => text.length)('acme'); // => 4
 */
export function remember<T>(make: (text: string) => T): (text: string) => T {
  const remembered = new Map<string, T>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (remembered.size < mostRemembered) remembered.set(text, made);
    return made;
  };
}
