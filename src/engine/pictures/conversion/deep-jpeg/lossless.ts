import { IncompleteFile } from '../magick-source.ts'
import { type Bits, type CodeTable, readCode, readSigned } from './codes.ts'
import type { Frame, Plane } from './frame.ts'

/** A scan of a picture that is coded without loss. */
export interface LosslessScan {
  readonly frame: Frame
  /** What its planes are coded with, in their order. */
  readonly tables: readonly CodeTable[]
  readonly predictor: number
  /** By how many bits all samples were shifted to the right. */
  readonly shift: number
  /** After how many pixels it begins anew; 0 for never. */
  readonly restarts: number
}

/** A difference of so many bits has but one value, for which none follow (ITU-T T.81, H.1.2.2). */
const MOST_BITS = 16

/** Decodes a scan of the lossless process (ITU-T T.81, annex H) into its planes, which have one sample a pixel. */
export function decodeLosslessScan(
  bits: Bits,
  planes: readonly Plane[],
  { frame, tables, predictor, shift, restarts }: LosslessScan,
): void {
  const { width, height, precision } = frame
  const middle = 2 ** (precision - shift - 1)
  let begin = 0
  for (let at = 0; at < width * height; at += 1) {
    if (restarts > 0 && at > 0 && at % restarts === 0) {
      bits.restart()
      begin = at
    }
    for (const [index, { samples }] of planes.entries()) {
      const table = tables[index]
      if (table === undefined) throw new IncompleteFile('The JPEG lacks a table of codes.')
      const predicted = predict(samples, at, { width, before: at - begin, middle, predictor })
      const length = readCode(bits, table)
      if (length > MOST_BITS) throw new IncompleteFile('The JPEG has a code that is none.')
      samples[at] = predicted + (length === MOST_BITS ? 32_768 : readSigned(bits, length))
    }
  }
  if (shift === 0) return
  for (const { samples } of planes)
    for (const [at, sample] of samples.entries()) samples[at] = sample << shift
}

/** What a sample is told from: the first is the middle, the first row goes by what is on its left, the first column by what is above. */
function predict(
  samples: Uint16Array,
  at: number,
  {
    width,
    before,
    middle,
    predictor,
  }: {
    readonly width: number
    /** How many pixels there have been since it began. */
    readonly before: number
    readonly middle: number
    readonly predictor: number
  },
): number {
  if (before === 0) return middle
  const isFirst = at % width === 0
  if (before < width) return samples[isFirst ? at - width : at - 1] ?? middle
  const above = samples[at - width] ?? 0
  if (isFirst) return above
  const left = samples[at - 1] ?? 0
  return predictBy(predictor, left, above, samples[at - width - 1] ?? 0)
}

/** Table H.1. */
function predictBy(predictor: number, left: number, above: number, corner: number): number {
  switch (predictor) {
    case 1:
      return left
    case 2:
      return above
    case 3:
      return corner
    case 4:
      return left + above - corner
    case 5:
      return left + ((above - corner) >> 1)
    case 6:
      return above + ((left - corner) >> 1)
    case 7:
      return (left + above) >> 1
    default:
      throw new IncompleteFile('The JPEG predicts its samples in no known way.')
  }
}
