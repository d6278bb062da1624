import { type DataSet, TAGS } from './data-set.ts'

/** How the samples of a file are stored. */
export interface StoredBits {
  readonly allocated: number
  readonly stored: number
  readonly signed: boolean
}

/** Makes what turns the stored samples of a grey picture into shades from 0 to 255 (PS3.3, C.11.1 and C.11.2). */
export function createShades(
  set: DataSet,
  { stored, signed }: StoredBits,
  range: () => { readonly least: number; readonly most: number },
): (value: number) => number {
  const slope = set.decimal(TAGS.slope) ?? 1
  const intercept = set.decimal(TAGS.intercept) ?? 0
  const toShade = windowOf(set) ?? spread()
  const isInverse = set.text(TAGS.photometric) === 'MONOCHROME1'
  return (value) => {
    const shade = Math.min(1, Math.max(0, toShade(value * slope + intercept)))
    return Math.round((isInverse ? 1 - shade : shade) * 255)
  }

  /** Where nobody says what is to be seen, all is; samples of a byte are as bright as they say. */
  function spread(): (value: number) => number {
    if (stored === 8 && !signed && slope === 1 && intercept === 0) return (value) => value / 255
    const { least, most } = range()
    const [from, to] = [least, most].map((each) => each * slope + intercept)
    if (from === undefined || to === undefined || from === to) return () => 0
    return (value) => (value - Math.min(from, to)) / Math.abs(to - from)
  }
}

/** The first of the windows that a file proposes: the part of its range that is shown. */
function windowOf(set: DataSet): ((value: number) => number) | undefined {
  const centre = set.decimal(TAGS.windowCentre)
  const width = set.decimal(TAGS.windowWidth)
  if (centre === undefined || width === undefined || width <= 0) return undefined
  switch (set.text(TAGS.windowFunction)) {
    case 'SIGMOID':
      return (value) => 1 / (1 + Math.exp((-4 * (value - centre)) / width))
    case 'LINEAR_EXACT':
      return (value) => (value - centre) / width + 0.5
    default:
      return width <= 1
        ? (value) => (value > centre - 0.5 ? 1 : 0)
        : (value) => (value - (centre - 0.5)) / (width - 1) + 0.5
  }
}
