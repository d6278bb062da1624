/** What a scan of JPEG-LS is coded by (ITU-T T.87, C.2.4.1). */
export interface LsCoding {
  /** The greatest sample. */
  readonly most: number
  /** How far samples may be off. */
  readonly near: number
  /** The differences from which on those between neighbours count as of the next kind. */
  readonly bounds: readonly [number, number, number]
  /** After how many samples what is known of a neighbourhood counts half. */
  readonly reset: number
}

/** What a preset of a file says, of which 0 is what is usual. */
export interface LsPreset {
  readonly most: number
  readonly bounds: readonly [number, number, number]
  readonly reset: number
}

const USUAL_RESET = 64

/** What is usual for samples up to a greatest one (C.2.4.1.1.1), where a preset does not say otherwise. */
export function codingOf(precision: number, near: number, preset: LsPreset | undefined): LsCoding {
  const most = preset?.most || 2 ** precision - 1
  const clamp = (value: number, least: number): number =>
    value > most || value < least ? least : value
  const [first, second, third] = preset?.bounds ?? [0, 0, 0]
  const usual = (share: number, base: number, offset: number): number => {
    if (most >= 128) {
      const factor = (Math.min(most, 4095) + 128) >> 8
      return factor * (share - base) + base + offset * near
    }
    const factor = Math.floor(256 / (most + 1))
    return Math.max(base, Math.floor(share / factor) + offset * near)
  }
  const a = first || clamp(usual(3, 2, 3), near + 1)
  const b = second || clamp(usual(7, 3, 5), a)
  const c = third || clamp(usual(21, 4, 7), b)
  return { most, near, bounds: [a, b, c], reset: preset?.reset || USUAL_RESET }
}

/** What is known of a neighbourhood (A.2): how large errors are, how far they are off in the mean, and how many there were. */
export interface Context {
  errors: number
  bias: number
  correction: number
  count: number
  /** How many errors were below 0; of runs alone. */
  negative: number
}

/** Neighbourhoods, by how the neighbours differ: 365 of them, and two for what ends a run. */
export const RUN_CONTEXTS = 365

export function createContexts(range: number): Context[] {
  const errors = Math.max(2, (range + 32) >> 6)
  return Array.from({ length: RUN_CONTEXTS + 2 }, () => ({
    errors,
    bias: 0,
    correction: 0,
    count: 1,
    negative: 0,
  }))
}

/** Heeds an error (A.6). */
export function heed(context: Context, error: number, { near, reset }: LsCoding): void {
  context.bias += error * (2 * near + 1)
  context.errors += Math.abs(error)
  if (context.count === reset) {
    context.errors >>= 1
    context.bias = context.bias >= 0 ? context.bias >> 1 : -((1 - context.bias) >> 1)
    context.count >>= 1
  }
  context.count += 1
  if (context.bias <= -context.count) {
    context.bias = Math.max(context.bias + context.count, 1 - context.count)
    context.correction = Math.max(-128, context.correction - 1)
  } else if (context.bias > 0) {
    context.bias = Math.min(context.bias - context.count, 0)
    context.correction = Math.min(127, context.correction + 1)
  }
}
