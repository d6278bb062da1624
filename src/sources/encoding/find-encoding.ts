import { chardet } from 'jschardet'
import { readByteOrderMark } from '../charset.ts'
import { readPart } from '../open-file.ts'
import { readChunks } from '../read-chunks.ts'
import { toDecoder } from './decoder.ts'
import { plausibilityOf } from './plausibility.ts'
import { isEncodedIn, type Survey, surveyFile } from './survey.ts'
import { isNearlyUtf8, measureUtf8 } from './utf-8.ts'
import { recognizeUtf16 } from './wide.ts'

/** As many bytes as an encoding is guessed from. */
const SAMPLE_BYTES = 65_536

/** As many before the first beyond ASCII as a word may have. */
const CONTEXT_BYTES = 64

/** Guesses at fewer bytes beyond ASCII are no better than the encoding that most texts are in, unless they are sure. */
const FEW_HIGH_BYTES = 10
const SURE = 0.3

/** As much more like a text is what another guess makes of the bytes, before it goes before a better one. */
const CLEARLY = 0.2

const WESTERN = 'windows-1252'

/** More control characters than these, and than one in so many characters, are no text. */
const FEW_CONTROLS = 2
const CHARACTERS_A_CONTROL = 50

/** What jschardet calls the encodings that text without a declaration is likely to be in, and their labels. */
const GUESSED = new Map([
  ['cp932', 'shift_jis'],
  ['euc-jp', 'euc-jp'],
  ['gb18030', 'gb18030'],
  ['big5', 'big5'],
  ['cp949', 'euc-kr'],
  ['koi8-r', 'koi8-r'],
  ['koi8-u', 'koi8-u'],
  ['iso-8859-2', 'iso-8859-2'],
  ['iso-8859-5', 'iso-8859-5'],
  ['iso-8859-7', 'iso-8859-7'],
  ['tis-620', 'windows-874'],
  ['ibm866', 'ibm866'],
  ['macroman', 'macintosh'],
  ['maccyrillic', 'x-mac-cyrillic'],
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, string] => [
    `windows-125${n}`,
    `windows-125${n}`,
  ]),
])

/**
 * Finds the encoding of a text file: what its byte order mark says, the first of the declared encodings that its
 * bytes are in, UTF-8 or UTF-16 when they are in that, or else a guess. Some bytes that are not of an encoding are mistakes in it.
 *
 * @param declared - encodings that someone has named, the most trustworthy first
 * @returns undefined when the file is no text in any encoding
 */
export function findEncoding(path: string, declared: readonly string[]): string | undefined {
  const survey = surveyFile(path)
  const encoding =
    readByteOrderMark(readPart(path, 0, 4)) ??
    declared
      .map((label) => (isUtf16(label) ? (detectUtf16(survey) ?? 'utf-16le') : label))
      .find((label) => fits(path, label)) ??
    detect(path, survey)
  return isBinary(path, survey, encoding) ? undefined : encoding
}

/** Whether a label means UTF-16 in the order that nobody tells. */
function isUtf16(label: string): boolean {
  return /^utf-?16$/i.test(label)
}

function fits(path: string, label: string): boolean {
  if (isEncodedIn(path, label)) return true
  const isUtf8 = toDecoder(label)?.encoding === 'utf-8'
  return isUtf8 && isNearlyUtf8(measureUtf8(readChunks(path)))
}

function detect(path: string, survey: Survey): string {
  const wide = hasHalves(survey) ? recognizeUtf16(readPart(path, 0, SAMPLE_BYTES)) : undefined
  const utf16 = wide ?? detectUtf16(survey)
  if (utf16 !== undefined && isEncodedIn(path, utf16)) return utf16
  // All of its bytes are those of ASCII.
  if (survey.escapes && survey.high === 0 && isEncodedIn(path, 'iso-2022-jp')) return 'iso-2022-jp'
  if (isEncodedIn(path, 'utf-8') || isNearlyUtf8(measureUtf8(readChunks(path)))) return 'utf-8'
  return guess(readPart(path, Math.max(0, survey.firstHigh - CONTEXT_BYTES), SAMPLE_BYTES), survey)
}

/** Spaces, digits and line ends have a zero in UTF-16 in every script, and always in the same place. */
function detectUtf16({ size, zeros: [even, odd] }: Survey): string | undefined {
  const most = Math.max(even, odd)
  if (most * 40 < size || Math.min(even, odd) * 10 > most) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** Whether there are as many control characters as there are among halves of characters, be it of an alphabet or of Chinese. */
function hasHalves({ size, controls, high }: Survey): boolean {
  return controls * (high > 0 ? CHARACTERS_A_CONTROL : 5) > size
}

function guess(sample: Buffer, { high }: Survey): string {
  const guesses = chardet
    .detectAll(sample, {
      includeEncodings: [...GUESSED.keys()],
      encodingEra: 63,
      ignoreThreshold: true,
    })
    .flatMap(({ encoding, confidence }) => {
      const label = GUESSED.get(encoding?.toLowerCase() ?? '')
      return label === undefined ? [] : [{ label, confidence }]
    })
  const isSure = high >= FEW_HIGH_BYTES || (guesses[0]?.confidence ?? 0) >= SURE
  const labels = guesses.map(({ label }) => label)
  const candidates = new Set(isSure ? [...labels, WESTERN] : [WESTERN, ...labels])
  const judged = Array.from(candidates, (label) => ({
    label,
    plausibility: plausibilityOf(toDecoder(label)?.decode(sample) ?? ''),
  }))
  const best = Math.max(...judged.map(({ plausibility }) => plausibility))
  return judged.find(({ plausibility }) => plausibility > best - CLEARLY)?.label ?? WESTERN
}

function isBinary(path: string, { size, controls }: Survey, encoding: string): boolean {
  if (!/^utf-(16|32)/.test(encoding)) return isTooMany(controls, size)
  const sample = toDecoder(encoding)?.decode(readPart(path, 0, SAMPLE_BYTES)) ?? ''
  // oxlint-disable-next-line no-control-regex
  const odd = sample.match(/[\0-\x07\x0e-\x19\x1c-\x1f\ufffd]/g)?.length ?? 0
  return isTooMany(odd, sample.length)
}

function isTooMany(controls: number, characters: number): boolean {
  return controls > FEW_CONTROLS && controls * CHARACTERS_A_CONTROL > characters
}
