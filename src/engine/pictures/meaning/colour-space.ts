/** The xy chromaticities of red, green, blue and white. */
export interface Primaries {
  readonly red: Chromaticity
  readonly green: Chromaticity
  readonly blue: Chromaticity
  readonly white: Chromaticity
}

/** A point in the diagram of CIE 1931. */
export type Chromaticity = readonly [x: number, y: number]

/** A curve that is a line up to `d`: c × value, and (a × value + b) to the power of `gamma` from there on (ICC.1, 10.18). */
export interface Curve {
  readonly gamma: number
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

/** How much light a value means: as sRGB has it, as a power of it, or as another curve has it. */
export type PlainTransfer =
  | { readonly kind: 'srgb' }
  | { readonly kind: 'power'; readonly gamma: number }
  | ({ readonly kind: 'curve' } & Curve)

/** The same, or one of the two ways of HDR, of which `mostNits` is how bright the picture gets, in candela per square metre. */
export type Transfer = PlainTransfer | { readonly kind: 'pq' | 'hlg'; readonly mostNits: number }

/** What the colours of a picture mean whose file says so by other means than an ICC profile. */
export interface ColourSpace {
  readonly primaries: Primaries
  readonly transfer: Transfer
}

/** Whether a way of telling light is none of HDR. */
export function isPlain(transfer: Transfer): transfer is PlainTransfer {
  return transfer.kind !== 'pq' && transfer.kind !== 'hlg'
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

/** Those of BT.2020, in which HDR is reckoned. */
export const WIDE_PRIMARIES: Primaries = {
  red: [0.708, 0.292],
  green: [0.17, 0.797],
  blue: [0.131, 0.046],
  white: D65,
}

/** How much light values of sRGB mean (IEC 61966-2-1). */
const SRGB_CURVE: Curve = {
  gamma: 2.4,
  a: 1 / 1.055,
  b: 0.055 / 1.055,
  c: 1 / 12.92,
  d: 0.04045,
}

/** ITU-T H.273, table 2: the colour primaries by their numbers. */
const PRIMARIES: Readonly<Record<number, Primaries>> = {
  1: SRGB_PRIMARIES,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: C },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: D65 },
  6: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  7: { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: D65 },
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: C },
  9: WIDE_PRIMARIES,
  10: { red: [1, 0], green: [0, 1], blue: [0, 0], white: [1 / 3, 1 / 3] },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: D65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: D65 },
}

/** SMPTE ST 240, and ST 428-1, whose white is darker than its greatest value. */
const OLD_TELEVISION: Curve = {
  gamma: 1 / 0.45,
  a: 1 / 1.1115,
  b: 0.1115 / 1.1115,
  c: 0.25,
  d: 0.0913,
}
const CINEMA: Curve = { gamma: 2.6, a: (52.37 / 48) ** (1 / 2.6), b: 0, c: 1, d: 0 }

/** Those of television, which PNG takes at their word (BT.1886), and everybody else as sRGB. */
const TELEVISION: ReadonlySet<number> = new Set([1, 6, 11, 14, 15])

/** What a file says of its colours by the numbers of ITU-T H.273. */
export interface Codes {
  readonly primaries: number
  readonly transfer: number
}

/**
 * Tells a colour space by the numbers of ITU-T H.273, as the chunk `cICP` of PNG and the box `nclx` of AVIF and HEIC have them.
 *
 * @param options.television - what the transfer of BT.709 is taken for; Chromium takes it for different things in PNG and AVIF
 * @param options.mostNits - the brightest light of the picture, in candela per square metre, where the file says it
 * @returns undefined when both say nothing that is known
 */
export function colourSpaceOf(
  { primaries, transfer }: Codes,
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
    case 7:
      return { kind: 'curve', ...OLD_TELEVISION }
    case 8:
      return { kind: 'power', gamma: 1 }
    case 13:
      return { kind: 'srgb' }
    case 16:
      return { kind: 'pq', mostNits }
    case 17:
      return { kind: 'curve', ...CINEMA }
    case 18:
      return { kind: 'hlg', mostNits: USUAL_NITS }
    default:
      return undefined
  }
}

/** The curve of what is no HDR. */
export function curveOf(transfer: PlainTransfer): Curve {
  if (transfer.kind === 'curve') return transfer
  return transfer.kind === 'srgb' ? SRGB_CURVE : { gamma: transfer.gamma, a: 1, b: 0, c: 0, d: 0 }
}

/** Whether both numbers are among those that are known. */
export function areKnownCodes({ primaries, transfer }: Codes): boolean {
  return (
    PRIMARIES[primaries] !== undefined && transferOf(transfer, { kind: 'srgb' }, 0) !== undefined
  )
}

/** Whether colours of a space are those of sRGB. */
export function isSrgb({ primaries, transfer }: ColourSpace): boolean {
  return transfer.kind === 'srgb' && primaries === SRGB_PRIMARIES
}
