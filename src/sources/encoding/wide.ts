/** What is in no text: halves of pairs, and characters that have no meaning or that nobody prints. */
const NEVER = /[\p{Cs}\p{Co}\p{Cn}\ufffd]|(?![\t\n\f\r])\p{Cc}/gu

/** Ways of writing of which each has an area of its own; texts are in one of them, with some Latin in between. */
const WRITINGS = [
  /[\p{L}&&[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}]]/gv,
  ...`Latin Cyrillic Greek Hebrew Arabic Hangul Thai Devanagari Bengali Tamil Georgian Armenian`
    .split(' ')
    .map((script) => new RegExp(`[\\p{L}&&\\p{sc=${script}}]`, 'gv')),
]

/** Of a hundred characters, as many may be none, and as many letters have to be of one way of writing. */
const MOST_ODD = 2
const LEAST_ALIKE = 90

/** Fewer letters are no text that could be told from numbers. */
const LEAST_LETTERS = 4

/** As many bytes tell. */
const SAMPLE_BYTES = 65_536

/**
 * Finds which UTF-16 a text is in that has no mark, by what its characters would be. Only to be asked of bytes that are
 * in no encoding of single bytes: any two letters of ASCII are a character of Chinese as well.
 */
export function recognizeUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, Math.min(SAMPLE_BYTES, bytes.length - (bytes.length % 2)))
  // Halves are the same kind of bytes only in data.
  const [even, odd] = [0, 1].map((parity) => countControls(sample, parity))
  if (even === undefined || odd === undefined || 2 * Math.min(even, odd) > Math.max(even, odd)) {
    return undefined
  }
  const [le, be] = (['utf-16le', 'utf-16be'] as const).map((encoding) =>
    measure(new TextDecoder(encoding).decode(sample)),
  )
  if (le === undefined || be === undefined || Math.max(le, be) < LEAST_ALIKE) return undefined
  return le > be ? 'utf-16le' : 'utf-16be'
}

function countControls(sample: Uint8Array, parity: number): number {
  let count = 0
  for (let at = parity; at < sample.length; at += 2) {
    const byte = sample[at] ?? 0
    // Zeros are beside line ends and spaces.
    if (byte > 0 && byte < 0x20 && byte !== 0x0a && byte !== 0x0d) count += 1
  }
  return count
}

/** How many percent of the letters are of one way of writing; 0 when the characters are those of no text. */
function measure(text: string): number {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  const letters = count(/\p{L}/gu)
  if (letters < LEAST_LETTERS || letters * 2 < text.length) return 0
  if (count(NEVER) * 100 > MOST_ODD * text.length) return 0
  return (100 * Math.max(...WRITINGS.map(count))) / letters
}
