import type { VideoStream } from './video-stream.ts'

/**
 * The rates of MPEG-2 (ISO/IEC 13818-2, table 6-4), by the names that FFmpeg reads; others some players refuse. Those that
 * screens show best come first.
 */
const MPEG2_RATES: readonly (readonly [name: string, rate: number])[] = [
  ['25', 25],
  ['30', 30],
  ['24', 24],
  ['30000/1001', 30_000 / 1001],
  ['24000/1001', 24_000 / 1001],
  ['50', 50],
  ['60', 60],
  ['60000/1001', 60_000 / 1001],
]

/** What is taken where nobody knows how many pictures a second there are. */
const USUAL_RATE = 30

/** How far a rate that is told to the hundredth may be off; NTSC's are by twice as much. */
const TOLERANCE = 0.0005

/**
 * The rate of MPEG-2 that a video gets: one that shows each picture equally often, else one that shows them all.
 *
 * @param fps - as it is asked for; the source's own, unless given
 * @returns as FFmpeg reads it; undefined where it is one of them already
 */
export function mpeg2Rate({ rate }: Pick<VideoStream, 'rate'>, fps = rate): string | undefined {
  const wanted = fps ?? USUAL_RATE
  const times = (each: number): number => Math.max(1, Math.round(each / wanted))
  const fits = ([, each]: readonly [string, number]): boolean =>
    Math.abs(each / (wanted * times(each)) - 1) < TOLERANCE
  if (fps !== undefined && MPEG2_RATES.some((each) => times(each[1]) === 1 && fits(each))) {
    return undefined
  }
  const [found] = MPEG2_RATES.find(fits) ?? MPEG2_RATES.find(([, each]) => each >= wanted) ?? ['60']
  return found
}
