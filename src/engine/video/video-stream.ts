import type { ShownSize } from './frame-size.ts'

/** A stream of pictures, as they are shown: upright, with square pixels. */
export interface VideoStream extends ShownSize {
  readonly codec: string
  /** Whether parts of pictures may be transparent. */
  readonly hasAlpha: boolean
  /** Whether a picture is two halves of different moments, line by line. */
  readonly isInterlaced: boolean
  /** Whether it is brighter than screens are that know no HDR: its transfer is PQ or HLG. */
  readonly isHdr: boolean
  /** Whether its time is told so finely that nobody knows how many pictures a second it has, as what browsers record. */
  readonly isErratic: boolean
  /** Whether pictures are stored in another way than upright. */
  readonly isTurned: boolean
  /** Pictures a second; undefined where nobody knows. */
  readonly rate: number | undefined
}

/** Pixels with a measure of how opaque they are, as FFmpeg names them. */
const ALPHA_PIXELS = /^(?:yuva|gbrap|ya\d|(?:rgba|bgra|argb|abgr)(?:64)?(?:le|be)?$)/

/** More pictures a second than anything is made with. */
const MOST_RATE = 120

/** Reads what FFmpeg says of a stream of pictures; undefined when it does not know how large they are. */
export function readVideo(stream: string): VideoStream | undefined {
  const [line = ''] = stream.split('\n')
  const codec = /: Video: (\w+)/.exec(line)?.[1]
  // The first pair of numbers that is no hexadecimal tag.
  const size = /[ ,](\d+)x(\d+)(?= ?[[,\n]| ?$)/.exec(line)
  if (codec === undefined || size === null) return undefined
  const [width, height] = [Number(size[1]), Number(size[2])]
  if (width === 0 || height === 0) return undefined
  const [, across = '1', down = '1'] = /\bSAR (\d+):(\d+)\b/.exec(line) ?? []
  const aspect = Number(across) > 0 && Number(down) > 0 ? Number(across) / Number(down) : 1
  const isErratic = hasNoRate(line)
  const rate = told(line, 'tbr')
  const turned = Number(/rotation of (-?[\d.]+) degrees/.exec(stream)?.[1] ?? 0)
  const shown = {
    codec,
    isSquare: aspect === 1,
    width: Math.max(1, Math.round(width * aspect)),
    height,
    hasAlpha: hasAlpha(line, stream),
    isInterlaced: /\b(?:top|bottom) (?:coded )?first\b/.test(line),
    isHdr: /\/(?:smpte2084|arib-std-b67)\b/.test(line),
    isErratic,
    isTurned: Math.round(turned / 90) % 4 !== 0,
    rate: isErratic || rate === 0 ? undefined : rate,
  }
  // As FFmpeg turns them: the quarter turns, and whatever is nearest to one.
  return Math.round(turned / 90) % 2 === 0
    ? shown
    : { ...shown, width: shown.height, height: shown.width }
}

function hasAlpha(line: string, stream: string): boolean {
  const [, pixels = ''] = /: Video: [^,]*, (\w+)/.exec(line) ?? []
  // In WebM it is a second picture beside the first, of which the pixels say nothing.
  return ALPHA_PIXELS.test(pixels) || /^ +alpha_mode +: 1$/im.test(stream)
}

/** A number of the line, which is followed by its unit; 0 where there is none. */
function told(line: string, unit: string): number {
  const [, number = '0', thousands = ''] = new RegExp(`, ([\\d.]+)(k?) ${unit}\\b`).exec(line) ?? []
  return Number(number) * (thousands === '' ? 1 : 1000)
}

function hasNoRate(line: string): boolean {
  const rate = told(line, 'tbr')
  const average = told(line, 'fps')
  return rate > MOST_RATE && (average === 0 || rate > 2 * average)
}
