/** What stands for bytes that are none of an encoding, control characters, and characters that nobody has given a meaning. */
const NEVER = /[\ufffd\x7f-\x9f\p{Cn}\p{Co}\p{Cs}]/u

/** Words, with whatever is beyond ASCII between their letters. */
const WORDS = /(?:[\p{L}\p{M}]|[^\0-\x7f])+/gu

const LATIN = /\p{Script=Latin}/u
const OTHER = /(?![\p{Script=Latin}\u00b5])\p{L}/u

/** Signs that stand between letters: apostrophes, dashes, middle dots, soft hyphens. */
const BETWEEN = /[\p{Pd}\p{Zs}\u00ad\u00b4\u00b7\u02bc\u2019\u2026\u3000-\u303f\uff00-\uff65]/u

/** Signs that stand before words or behind them as well: quotation marks, brackets, and what is behind units and names. */
const BESIDE =
  /[\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u00a1\u00bf\u20ac\u00b0\u00b2\u00b3\u00a9\u00ae\u2122\u3000-\u303f\uff00-\uff65]/u

const HIGH_LETTER = /[^\0-\x7f]/u

/** Letters that words of Greek and Hebrew end with, and one that words of Icelandic begin with. */
const FINAL = /[ςםןךףץ]/
const INITIAL = /þ/

/** What tables are drawn with under DOS. */
const FRAME = /[\u2500-\u259f]/

/** Signs of which a word may have one behind it, but none before it. */
const BEHIND = /[©®™]/

const LATIN_MARK = /[\u0300-\u036f]/

const EAST_ASIAN_SIGN = /[\u3000-\u303f\uff61-\uff65]/

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /\p{L}/u.test(character)
}

function isLatin(character: string | undefined): boolean {
  return character !== undefined && LATIN.test(character)
}

/**
 * How much a text looks as if it were written in some language, from −1 to 1, by its characters beyond ASCII: capitals
 * within words, signs between letters, and alphabets that take turns within a word are seen where bytes were read in another
 * encoding than they were written in.
 */
export function plausibilityOf(text: string): number {
  let good = 0
  let bad = 0
  for (const [word] of text.matchAll(WORDS)) {
    const characters = Array.from(word)
    const isMixed = LATIN.test(word) && OTHER.test(word)
    for (const [index, character] of characters.entries()) {
      if (!HIGH_LETTER.test(character)) continue
      const neighbours = [characters[index - 1], characters[index + 1]]
      if (FRAME.test(character)) {
        // A frame says nothing of the words in it, but no word has a piece of one.
        if (neighbours.some(isLetter)) bad += 1
        continue
      }
      if (isMixed || !isLikely(character, characters[index - 1], characters[index + 1])) bad += 1
      else good += 1
    }
  }
  return good + bad === 0 ? 0 : (good - bad) / (good + bad)
}

function isLikely(
  character: string,
  before: string | undefined,
  behind: string | undefined,
): boolean {
  if (NEVER.test(character)) return false
  if (/\p{M}/u.test(character)) {
    return before !== undefined && (!isLatin(before) || LATIN_MARK.test(character))
  }
  if (FINAL.test(character) && isLetter(behind)) return false
  if (INITIAL.test(character) && isLetter(before)) return false
  if (!/\p{L}/u.test(character)) {
    if (BEHIND.test(character) && isLetter(behind)) return false
    if (EAST_ASIAN_SIGN.test(character) && [before, behind].some(isLatin)) return false
    const isBetween = before !== undefined && behind !== undefined
    const isAlone = before === undefined && behind === undefined
    return isAlone || BETWEEN.test(character) || (!isBetween && BESIDE.test(character))
  }
  const isCapital = /\p{Lu}/u.test(character)
  if (isCapital && before !== undefined) {
    if (/\p{Ll}/u.test(before)) return false
    // A second capital within a word of small letters.
    if (/\p{Lu}/u.test(before) && behind !== undefined && /\p{Ll}/u.test(behind)) return false
  }
  // A small letter within capitals.
  const isSmall = /\p{Ll}/u.test(character)
  return !(isSmall && behind !== undefined && /\p{Lu}/u.test(behind))
}
