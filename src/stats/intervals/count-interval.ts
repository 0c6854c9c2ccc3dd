const z95 = 1.959963984540054;

/**
 * 95 % interval of a count: the means that so many events would not surprise, by Byar's approximation.
 *
 * Within a hundredth of the exact Poisson interval from five events on, and close below.
 *
 * @see https://publications.iarc.fr/Book-And-Report-Series/Iarc-Scientific-Publications/Statistical-Methods-In-Cancer-Research-Volume-II-The-Design-And-Analysis-Of-Cohort-Studies-1986
 * @example countInterval(10); // => { low: 4.79, high: 18.39 }
 */
export function countInterval(events: number): { low: number; high: number } {
  const bound = (count: number, z: number): number => count * (1 - 1 / (9 * count) + z / (3 * Math.sqrt(count))) ** 3;
  return { low: events === 0 ? 0 : Math.max(0, bound(events, -z95)), high: bound(events + 1, z95) };
}
