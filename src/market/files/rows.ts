/** One file of a bundle. Rows are made as they are read, in the order of the accounts; reading again makes them again. */
export interface MarketFile {
  file: string;
  header: readonly string[];
  rows: Iterable<readonly string[]>;
}

/** A value as a bundle writes it: empty is unknown, `;` stands between the members of a list. */
export function cell(value: string | number | boolean | null | readonly string[]): string {
  if (value === null) return '';
  return typeof value === 'object' ? value.join(';') : String(value);
}

/** Lets a generator be read more than once. */
export function rereadable<T>(start: () => Iterable<T>): Iterable<T> {
  return { [Symbol.iterator]: () => start()[Symbol.iterator]() };
}
