/** The xy chromaticities of red, green, blue and white. */
export interface Primaries {
  readonly red: Chromaticity
  readonly green: Chromaticity
  readonly blue: Chromaticity
  readonly white: Chromaticity
}

/** A point in the diagram of CIE 1931. */
export type Chromaticity = readonly [x: number, y: number]

/**
 * How much light a value means: as sRGB has it, as a power of it, as light itself, or as one of the two ways of HDR, of which
 * `mostNits` is how bright the picture gets, in candela per square metre.
 */
export type Transfer =
  | { readonly kind: 'srgb' }
  | { readonly kind: 'power'; readonly gamma: number }
  | { readonly kind: 'pq' | 'hlg'; readonly mostNits: number }

/** What the colours of a picture mean whose file says so by other means than an ICC profile. */
export interface ColourSpace {
  readonly primaries: Primaries
  readonly transfer: Transfer
}

/** How bright an HDR picture gets that does not say so, in candela per square metre: what HLG is defined for. */
const USUAL_NITS = 1000

const D65: Chromaticity = [0.3127, 0.329]
const C: Chromaticity = [0.31, 0.316]

/** The primaries of sRGB, which are those of BT.709. */
export const SRGB_PRIMARIES: Primaries = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: D65,
}

/** ITU-T H.273, table 2: the colour primaries by their numbers. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: SRGB_PRIMARIES,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  7: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: D65 },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
}

/** Those of television, which PNG takes at their word (BT.1886), and everybody else as sRGB. */
const TELEVISION: ReadonlySet<number> = new Set([1, 6, 14, 15])

/**
 * Tells a colour space by the numbers of ITU-T H.273, as the chunk `cICP` of PNG and the box `nclx` of AVIF and HEIC have them.
 *
 * @param options.television - what the transfer of BT.709 is taken for; Chromium takes it for different things in PNG and AVIF
 * @param options.mostNits - the brightest light of the picture, in candela per square metre, where the file says it
 * @returns undefined when both say nothing that is known
 */
export function colourSpaceOf(
  { primaries, transfer }: { readonly primaries: number; readonly transfer: number },
  {
    television,
    mostNits = USUAL_NITS,
  }: { readonly television: Transfer; readonly mostNits?: number | undefined },
): ColourSpace | undefined {
  const known = transferOf(transfer, television, mostNits)
  const named = PRIMARIES[primaries]
  if (known === undefined && named === undefined) return undefined
  return { primaries: named ?? SRGB_PRIMARIES, transfer: known ?? { kind: 'srgb' } }
}

/** ITU-T H.273, table 3. */
function transferOf(number: number, television: Transfer, mostNits: number): Transfer | undefined {
  if (TELEVISION.has(number)) return television
  switch (number) {
    case 4:
      return { kind: 'power', gamma: 2.2 }
    case 5:
      return { kind: 'power', gamma: 2.8 }
    case 8:
      return { kind: 'power', gamma: 1 }
    case 13:
      return { kind: 'srgb' }
    case 16:
      return { kind: 'pq', mostNits }
    case 18:
      return { kind: 'hlg', mostNits: USUAL_NITS }
    default:
      return undefined
  }
}

/** As far as chromaticities of sRGB may be off that were written with a few digits. */
const NEARLY = 0.002

/** The powers that pictures say which were made for sRGB: a computer's screen had 2.2 before there was one. */
const SRGB_GAMMA = { least: 2.15, most: 2.25 }

/** Whether colours of a space are those of sRGB, as far as anybody can see. */
export function isSrgb({ primaries, transfer }: ColourSpace): boolean {
  const isCurve =
    transfer.kind === 'srgb' ||
    (transfer.kind === 'power' &&
      transfer.gamma > SRGB_GAMMA.least &&
      transfer.gamma < SRGB_GAMMA.most)
  return (
    isCurve &&
    isNear(primaries.red, SRGB_PRIMARIES.red) &&
    isNear(primaries.green, SRGB_PRIMARIES.green) &&
    isNear(primaries.blue, SRGB_PRIMARIES.blue) &&
    isNear(primaries.white, SRGB_PRIMARIES.white)
  )
}

function isNear([x, y]: Chromaticity, other: Chromaticity): boolean {
  return Math.abs(x - other[0]) < NEARLY && Math.abs(y - other[1]) < NEARLY
}
