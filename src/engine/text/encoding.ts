import { chardet } from 'jschardet'
import { unreadKind } from '../../packages/document-errors.ts'
import { readByteOrderMark, toDecoder } from '../../sources/charset.ts'
import { readPart } from '../../sources/open-file.ts'
import { isEncodedIn, type Survey, surveyFile } from './survey.ts'

/** As many bytes as an encoding is guessed from. */
const SAMPLE_BYTES = 65_536

/** Guesses at fewer bytes beyond ASCII are no better than the encoding that most texts are in, unless they are sure. */
const FEW_HIGH_BYTES = 10
const SURE = 0.3

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
  ['tis-620', 'windows-874'],
  ['ibm866', 'ibm866'],
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8].map((n): [string, string] => [
    `windows-125${n}`,
    `windows-125${n}`,
  ]),
])

/**
 * Finds the encoding of a text file: what its byte order mark says, the first of the declared encodings that all of its
 * bytes are in, UTF-8 or UTF-16 when they are in that, or else a guess.
 *
 * @param declared - encodings that someone has named, the most trustworthy first
 * @throws {@link OperationError} when the file is no text in any encoding
 */
export function findEncoding(path: string, declared: readonly string[]): string {
  const survey = surveyFile(path)
  const encoding =
    readByteOrderMark(readPart(path, 0, 3)) ??
    declared
      .map((label) => (/^utf-?16$/i.test(label) ? (detectUtf16(survey) ?? 'utf-16le') : label))
      .find((label) => isEncodedIn(path, label)) ??
    detect(path, survey)
  if (isBinary(path, survey, encoding)) throw unreadKind('no text in any encoding')
  return encoding
}

function detect(path: string, survey: Survey): string {
  const utf16 = detectUtf16(survey)
  if (utf16 !== undefined && isEncodedIn(path, utf16)) return utf16
  // All of its bytes are those of ASCII.
  if (survey.escapes && survey.high === 0 && isEncodedIn(path, 'iso-2022-jp')) return 'iso-2022-jp'
  if (isEncodedIn(path, 'utf-8')) return 'utf-8'
  return guess(readPart(path, survey.firstHigh, SAMPLE_BYTES), survey)
}

/** Spaces, digits and line ends have a zero in UTF-16 in every script, and always in the same place. */
function detectUtf16({ size, zeros: [even, odd] }: Survey): string | undefined {
  const most = Math.max(even, odd)
  if (most * 40 < size || Math.min(even, odd) * 10 > most) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

function guess(sample: Buffer, { high }: Survey): string {
  const guesses = chardet.detectAll(sample, {
    includeEncodings: [...GUESSED.keys()],
    encodingEra: 63,
    ignoreThreshold: true,
  })
  for (const { encoding: name, confidence } of guesses) {
    const label = GUESSED.get(name?.toLowerCase() ?? '')
    if (label === undefined) continue
    return high >= FEW_HIGH_BYTES || confidence >= SURE ? label : WESTERN
  }
  return WESTERN
}

function isBinary(path: string, { size, controls }: Survey, encoding: string): boolean {
  if (!encoding.startsWith('utf-16')) return isTooMany(controls, size)
  const sample = toDecoder(encoding)?.decode(readPart(path, 0, SAMPLE_BYTES)) ?? ''
  // oxlint-disable-next-line no-control-regex
  const odd = sample.match(/[\0-\x07\x0e-\x19\x1c-\x1f\ufffd]/g)?.length ?? 0
  return isTooMany(odd, sample.length)
}

function isTooMany(controls: number, characters: number): boolean {
  return controls > FEW_CONTROLS && controls * CHARACTERS_A_CONTROL > characters
}
