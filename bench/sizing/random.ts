/** Numbers that look random and are the same each time. */
export interface Random {
  /** From 0 to below 1, all as likely. */
  readonly next: () => number
  /** Times between what happens by chance. */
  readonly exponential: (mean: number) => number
  /** Never below 0, and skewed as sizes of files are. */
  readonly lognormal: (mean: number, deviation: number) => number
}

/** Makes random numbers (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0

  function next(): number {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  const exponential = (mean: number): number => -mean * Math.log(1 - next())

  return {
    next,
    exponential,
    lognormal(mean, deviation) {
      if (deviation === 0) return mean
      const variance = Math.log(1 + (deviation / mean) ** 2)
      // Box and Muller.
      const normal = Math.sqrt(exponential(2)) * Math.cos(2 * Math.PI * next())
      return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal)
    },
  }
}
