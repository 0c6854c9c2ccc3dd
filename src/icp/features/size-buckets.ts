/** One row of the size table: companies of `from` to `to` employees, both included; `to` is `null` for the last. */
export interface SizeBucket {
  bucket: number;
  from: number;
  to: number | null;
}

/** The table that tech complexity divides by. It travels in the catalogue, so that a person can see it. */
export const sizeBuckets: readonly SizeBucket[] = [
  { bucket: 1, from: 1, to: 10 },
  { bucket: 2, from: 11, to: 50 },
  { bucket: 3, from: 51, to: 200 },
  { bucket: 4, from: 201, to: 1000 },
  { bucket: 5, from: 1001, to: 5000 },
  { bucket: 6, from: 5001, to: null },
];

/**
 * The bucket of a company of so many employees; `null` where the number is unknown or below 1.
 *
 * @example sizeBucketOf(120); // => 3
 */
export function sizeBucketOf(employees: number | null, table: readonly SizeBucket[] = sizeBuckets): number | null {
  if (employees === null) return null;
  let bucket: number | null = null;
  for (const row of table) if (employees >= row.from) bucket = row.bucket;
  return bucket;
}
