import { readByteOrderMark } from '../charset.ts'
import { readPart } from '../open-file.ts'
import { readChunks } from '../read-chunks.ts'
import { decoderOf, toDecoder } from './decoder.ts'
import { likenessOf } from './likeness.ts'
import { plausibilityOf } from './plausibility.ts'
import { isEncodedIn, type Survey, surveyFile } from './survey.ts'
import { isNearlyUtf8, measureUtf8 } from './utf-8.ts'
import { recognizeWide } from './wide.ts'

/** As many bytes as an encoding is guessed from. */
const SAMPLE_BYTES = 65_536

/** As many before the first beyond ASCII as a word may have. */
const CONTEXT_BYTES = 64

const WESTERN = 'windows-1252'

/** More control characters than these, and than one in so many characters, are no text. */
const FEW_CONTROLS = 2
const CHARACTERS_A_CONTROL = 50

/**
 * The encodings that text without a declaration is likely to be in, the more likely first, and how much has to be said against each
 * where there is one character beyond ASCII; where there are more, as much less. What is like several is in the first of them.
 */
const CANDIDATES: readonly (readonly [doubt: number, labels: readonly string[]])[] = [
  [0, [WESTERN]],
  [
    0.1,
    [
      'shift_jis',
      'gb18030',
      'big5',
      'euc-kr',
      'euc-jp',
      'windows-1251',
      'windows-1250',
      'windows-1254',
      'windows-1253',
      'windows-1255',
      'windows-1256',
      'windows-1257',
    ],
  ],
  [
    0.3,
    ['koi8-r', 'koi8-u', 'iso-8859-2', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7', 'windows-874'],
  ],
  // Those of DOS and of old Macs: a single word in one of them would be a rare thing.
  [
    0.6,
    [
      'macintosh',
      'ibm850',
      'ibm852',
      'ibm866',
      'ibm437',
      'ibm737',
      'ibm857',
      'ibm775',
      'x-mac-cyrillic',
    ],
  ],
]

/** As much more has to be said for an encoding than for one that is more likely. */
const CLEARLY = 0.03

/** More characters than one in so many that are none of an encoding are no mistakes in it. */
const CHARACTERS_A_MISTAKE = 50

/** As many bytes that follow others as UTF-8 says are in no text by chance. */
const PLAINLY_RIGHT = 4

/** As many bytes are judged. */
const JUDGED_BYTES = 8192

/**
 * Finds the encoding of a text file: what its byte order mark says, the first of the declared encodings that its
 * bytes are in, UTF-8 or UTF-16 when they are in that, or else a guess. Some bytes that are not of an encoding are mistakes in it.
 *
 * @param source - the path of the file, or its bytes
 * @param declared - encodings that someone has named, the most trustworthy first
 * @returns undefined when the file is no text in any encoding
 */
export function findEncoding(
  source: string | Buffer,
  declared: readonly string[],
): string | undefined {
  const survey = surveyFile(source)
  const sample = readPart(source, 0, SAMPLE_BYTES)
  const encoding =
    readByteOrderMark(readPart(source, 0, 4)) ??
    declared
      .map((label) => (isUtf16(label) ? (recognizeWide(sample) ?? 'utf-16le') : label))
      .find((label) => fits(source, label)) ??
    detect(source, survey, sample)
  return isBinary(source, survey, encoding) ? undefined : encoding
}

/** What ASCII is called. */
const ASCII = /^(?:us-?)?ascii$|^ansi_x3\.4-/i

/** Whether a label means UTF-16 in the order that nobody tells. */
function isUtf16(label: string): boolean {
  return /^utf-?16$/i.test(label)
}

/** Whether a file may be in an encoding that somebody has named. */
function fits(source: string | Buffer, label: string): boolean {
  const encoding = toDecoder(label)?.encoding
  // Bytes that mean something to a program alone, says the standard.
  if (encoding === undefined || encoding === 'x-user-defined') return false
  // What has more than it is mostly in UTF-8; else it is Western, as browsers take it.
  if (ASCII.test(label) && isUtf8(source)) return false
  if (encoding === 'utf-8') return isUtf8(source)
  return isEncodedIn(source, label) && !isPlainlyUtf8(source)
}

function isUtf8(source: string | Buffer): boolean {
  return isEncodedIn(source, 'utf-8') || isNearlyUtf8(measureUtf8(readChunks(source)))
}

/** Whether so many bytes are as they are in UTF-8, and none is not, that they can be in no other encoding whatever is said. */
function isPlainlyUtf8(source: string | Buffer): boolean {
  const { right, wrong } = measureUtf8(readChunks(source))
  return wrong === 0 && right >= PLAINLY_RIGHT
}

function detect(source: string | Buffer, survey: Survey, start: Buffer): string {
  const wide = recognizeWide(start)
  if (wide !== undefined && isEncodedIn(source, wide)) return wide
  // All of its bytes are those of ASCII.
  if (survey.escapes && survey.high === 0 && isEncodedIn(source, 'iso-2022-jp'))
    return 'iso-2022-jp'
  if (isUtf8(source)) return 'utf-8'
  return guess(readPart(source, Math.max(0, survey.firstHigh - CONTEXT_BYTES), SAMPLE_BYTES))
}

/** Guesses by what the bytes would be in each encoding: how much that looks like writing, and like which language. */
function guess(sample: Buffer): string {
  const judged = linesBeyondAscii(sample)
  const high = judged.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
  const scores = CANDIDATES.flatMap(([doubt, labels]) =>
    labels.map((label) => ({ label, score: judge(judged, label) - doubt / Math.max(1, high) })),
  )
  const best = Math.max(...scores.map(({ score }) => score))
  return scores.find(({ score }) => score > best - CLEARLY)?.label ?? WESTERN
}

function judge(bytes: Buffer, label: string): number {
  const text = decoderOf(label).decode(bytes)
  const mistakes = text.match(/\ufffd/g)?.length ?? 0
  if (mistakes > 1 && mistakes * CHARACTERS_A_MISTAKE > text.length) return -1
  return plausibilityOf(text) + likenessOf(text)
}

/** The lines that have anything beyond ASCII; the end of a line is that in all encodings of bytes. */
function linesBeyondAscii(sample: Buffer): Buffer {
  const lines: Buffer[] = []
  let bytes = 0
  for (let start = 0; start < sample.length && bytes < JUDGED_BYTES;) {
    const at = sample.indexOf(0x0a, start)
    const end = at === -1 ? sample.length : at + 1
    const line = sample.subarray(start, Math.min(end, start + JUDGED_BYTES))
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line)
      bytes += line.length
    }
    start = end
  }
  return Buffer.concat(lines)
}

function isBinary(source: string | Buffer, { size, controls }: Survey, encoding: string): boolean {
  if (!/^utf-(16|32)/.test(encoding)) return isTooMany(controls, size)
  const sample = toDecoder(encoding)?.decode(readPart(source, 0, SAMPLE_BYTES)) ?? ''
  // oxlint-disable-next-line no-control-regex
  const odd = sample.match(/[\0-\x07\x0e-\x19\x1c-\x1f\ufffd]/g)?.length ?? 0
  return isTooMany(odd, sample.length)
}

function isTooMany(controls: number, characters: number): boolean {
  return controls > FEW_CONTROLS && controls * CHARACTERS_A_CONTROL > characters
}
