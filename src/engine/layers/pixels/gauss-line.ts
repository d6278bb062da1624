/** How often a line is averaged; three times come within 3 % of the curve of Gauss. */
const TIMES = 3

/** What blurs lines of samples that have room on either side for what is beyond their ends. */
export interface LineBlur {
  /** How long the memory of a line has to be. */
  readonly length: number
  /** Where its samples begin. */
  readonly first: number
  /** Blurs a line in place. */
  readonly blur: (line: Float32Array) => void
}

/**
 * Prepares to blur lines, each as if it went on as it ends. Averages over neighbours, made several times, take as long for a
 * large deviation as for a small one. The outermost neighbours count in part, so that the deviation is exact: Gwosdek,
 * Grewenig, Bruhn and Weickert, "Theoretical foundations of Gaussian convolution by extended box filtering" (2011).
 *
 * @param count - how many samples a line has
 * @param sigma - the standard deviation, in samples; above 0
 */
export function createLineBlur(count: number, sigma: number): LineBlur {
  const variance = sigma ** 2 / TIMES
  const reach = Math.floor((Math.sqrt(12 * variance + 1) - 1) / 2)
  const part =
    ((2 * reach + 1) * (reach * (reach + 1) - 3 * variance)) / (6 * (variance - (reach + 1) ** 2))
  const inner = 1 / (2 * reach + 1 + 2 * part)
  const outer = part * inner
  const first = reach + 1
  const averages = new Float32Array(count)
  const average = (line: Float32Array): void => {
    line.fill(line[first] ?? 0, 0, first)
    line.fill(line[first + count - 1] ?? 0, first + count)
    let sum = 0
    for (let at = 1; at <= 2 * reach + 1; at += 1) sum += line[at] ?? 0
    for (let at = 0; at < count; at += 1) {
      const entering = line[at + 2 * reach + 2] ?? 0
      averages[at] = sum * inner + outer * ((line[at] ?? 0) + entering)
      sum += entering - (line[at + 1] ?? 0)
    }
    line.set(averages, first)
  }
  return {
    length: count + 2 * first,
    first,
    blur(line) {
      for (let time = 0; time < TIMES; time += 1) average(line)
    },
  }
}
