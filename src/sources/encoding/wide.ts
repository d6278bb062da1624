import { decoderOf } from './decoder.ts'
import { likenessOf } from './likeness.ts'

/** What is in no text: halves of pairs, and characters that have no meaning or that nobody prints. */
const NEVER = /[\p{Cs}\p{Co}\p{Cn}\ufffd]|(?![\t\n\f\r])\p{Cc}/gu

/** What is among the letters of every way of writing: what can be seen of ASCII, white space, and what stands between and beside words. */
const COMMON = /[\t\n\r -~\p{P}\p{S}\p{M}\u00a0\u3000\uff00-\uff65]/gu

/** Ways of writing of which each has an area of its own; texts are in one of them, with some Latin in between. */
const WRITINGS = [
  /[\p{L}&&[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}]]/gv,
  ...`Latin Cyrillic Greek Hebrew Arabic Hangul Thai Devanagari Bengali Tamil Georgian Armenian`
    .split(' ')
    .map((script) => new RegExp(`[[\\p{L}&&\\p{sc=${script}}]--[a-zA-Z]]`, 'gv')),
]

/** Of a hundred characters, as many may be none, and as many have to be of one way of writing or of all. */
const MOST_ODD = 2
const LEAST_ALIKE = 90

/** Without a zero, fewer letters are no text that could be told from numbers. */
const LEAST_LETTERS = 4

/** As many bytes tell. */
const SAMPLE_BYTES = 65_536

/** A zero in so many bytes, or as many in the other places for one here, are those of characters of two bytes. */
const BYTES_A_ZERO = 40
const ZEROS_A_STRAY = 10

/** One control character in so many bytes is half of another one, where there are bytes beyond ASCII and where there are none. */
const BYTES_A_HALF = { amongOthers: 50, alone: 5 } as const

/** The encodings of two bytes or four for all characters. */
const WIDE = ['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'] as const

type WideEncoding = (typeof WIDE)[number]

/**
 * Finds which UTF-16 or UTF-32 a text is in that has no mark, by what its characters would be.
 *
 * @param bytes - the start of the text
 * @returns undefined for what is in an encoding of single bytes, or no text
 */
export function recognizeWide(bytes: Uint8Array): WideEncoding | undefined {
  const sample = bytes.subarray(0, Math.min(SAMPLE_BYTES, bytes.length - (bytes.length % 2)))
  const evidence = findEvidence(sample)
  if (evidence === undefined) return undefined
  const judged = WIDE.map((encoding) => ({ encoding, score: judge(sample, encoding, evidence) }))
  const best = Math.max(...judged.map(({ score }) => score))
  return best === 0 ? undefined : judged.find(({ score }) => score === best)?.encoding
}

/** What makes characters of two bytes likely: zeros, which no other text has, or only control characters that would be halves. */
type Evidence = 'zeros' | 'halves'

/** What the bytes are at every second place. */
interface Half {
  readonly zeros: number
  /** But for line ends and tabs, which texts of single bytes have as well. */
  readonly controls: number
  readonly high: number
}

function findEvidence(sample: Uint8Array): Evidence | undefined {
  const [even, odd] = [countHalf(sample, 0), countHalf(sample, 1)]
  const zeros = even.zeros + odd.zeros
  const isOfPairs =
    zeros * BYTES_A_ZERO >= sample.length && isOfOneHalf(even.zeros, odd.zeros, ZEROS_A_STRAY)
  // Three of four bytes are zeros where characters have four.
  if (isOfPairs || zeros * 2 >= sample.length) return 'zeros'
  const halves = zeros + even.controls + odd.controls
  const bytesAHalf = even.high + odd.high > 0 ? BYTES_A_HALF.amongOthers : BYTES_A_HALF.alone
  // Halves are the same kind of bytes only in data.
  return halves * bytesAHalf > sample.length && isOfOneHalf(even.controls, odd.controls, 2)
    ? 'halves'
    : undefined
}

function countHalf(sample: Uint8Array, first: 0 | 1): Half {
  let [zeros, controls, high] = [0, 0, 0]
  for (let at = first; at < sample.length; at += 2) {
    const byte = sample[at] ?? 0
    if (byte === 0) zeros += 1
    else if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls += 1
    else if (byte >= 0x80) high += 1
  }
  return { zeros, controls, high }
}

/** Whether nearly all of some bytes are in one half: those of the other are strays among so many. */
function isOfOneHalf(even: number, odd: number, stray: number): boolean {
  return stray * Math.min(even, odd) <= Math.max(even, odd)
}

/** How much bytes look like a text in an encoding; 0 when they are none. */
function judge(sample: Uint8Array, encoding: WideEncoding, evidence: Evidence): number {
  const isOfFour = encoding.startsWith('utf-32')
  const whole = sample.subarray(0, sample.length - (sample.length % (isOfFour ? 4 : 2)))
  const text = decoderOf(encoding).decode(whole)
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const characters = Array.from(text).length
  if (text === '' || count(NEVER) * 100 > MOST_ODD * characters) return 0
  const letters = count(/\p{L}/gu)
  // A zero says something where it is half of a character of Latin-1.
  const isTold = evidence === 'zeros' && /[\0-\xff]/.test(text)
  if (!isTold && letters < LEAST_LETTERS) return 0
  if (evidence === 'halves' && letters * 2 < characters) return 0
  const alike = count(COMMON) + Math.max(...WRITINGS.map(count))
  return alike * 100 < LEAST_ALIKE * characters ? 0 : alike / characters + likenessOf(text)
}
