/**
 * A plain value with the keys of its objects in order: Postgres keeps objects in an order of its own.
 *
 * @example JSON.stringify(inOrder({ b: 1, a: [{ d: 2, c: 3 }] })); // => '{"a":[{"c":3,"d":2}],"b":1}'
 */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inside]) => inside !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inside]) => [key, inOrder(inside)]),
  );
}
