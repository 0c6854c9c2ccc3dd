/** A stream of chance that is the same every time it starts from the same seed. */
export interface Random {
  /** Uniform, from 0 up to but not including 1. */
  next(): number;
  /** A whole number from 0 up to but not including `below`. */
  integer(below: number): number;
  /** Standard normal: mean 0, standard deviation 1. */
  normal(): number;
}

/**
 * A seeded generator (xoshiro128**, seeded through splitmix32), the only source of chance in the pure floors.
 *
 * The same seed gives the same numbers on every machine. Not for secrets.
 *
 * @see https://prng.di.unimi.it/xoshiro128starstar.c
 * @example createRandom(7).integer(1); // => 0
 */
export function createRandom(seed: number): Random {
  let mixed = seed | 0;
  const splitmix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let a = splitmix();
  let b = splitmix();
  let c = splitmix();
  let d = splitmix();
  const bits = (): number => {
    const rotated = Math.imul(b, 5);
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const next = (): number => bits() / 4294967296;
  return {
    next,
    integer: (below) => Math.floor(next() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
