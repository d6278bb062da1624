import { ALPHABETS, HAN, HANGUL, LATIN_LANGUAGES } from './languages.ts'

/**
 * Letters beyond ASCII, without those that are signs, of numbers and of a thousandth of a thousandth, and without single ones of
 * alphabets, which are signs in another encoding.
 */
const HIGH_LETTERS =
  /(?![\0-\x7f\u00aa\u00b5\u00ba])(?:(?<=\p{L})\p{L}|\p{L}(?=\p{L})|[\p{Script=Han}\p{Script=Hangul}\u3041-\u30fe])/gu

const ASCII_WORDS = /(?<!\p{L})[a-z]+(?!\p{L})/gu

const KANA = /[\u3041-\u30fe]/u
/** Those of one byte, which are hardly written any more. */
const HALF_KANA = /[\uff66-\uff9f]/u

/** What a text is like whose letters say nothing, since there are none: as much as can be. */
const UNKNOWN = 1

/** What words of a language add, each, and how many of them count. */
const WORD_BONUS = 0.06
const MOST_WORDS = 3

/** The rarest letter of a language says so much, where the most frequent says 1. */
const LEAST = 0.8

const LATIN = LATIN_LANGUAGES.map(({ letters, words }) => ({
  letters: rank(letters, (place) => 1 - (1 - LEAST) * place),
  words: new Set(words.split(' ')),
}))
const RANKED = ALPHABETS.map((letters) => rank(letters, (place) => 0.25 + 0.75 * (1 - place) ** 2))

/**
 * How much each of some letters says.
 *
 * @param weigh - from the place of a letter among them, of which the first is 0 and behind the last 1
 */
function rank(letters: string, weigh: (place: number) => number): ReadonlyMap<string, number> {
  const all = Array.from(letters)
  return new Map(all.map((letter, index) => [letter, weigh(index / all.length)]))
}

const COMMON_HAN = HAN.map((characters) => new Set(characters))
const JAPANESE = HAN.length - 1
const COMMON_HANGUL = new Set(HANGUL)

/** Texts have frequent letters and rare ones, so that what is all of an alphabet comes to less than 1. */
const RANKED_FACTOR = 1.45

/** A syllable, and a character of Chinese, that is not among the most frequent. */
const RARE = 0.2

/**
 * How much a text is like the language that it is most like, from 0 to 1 and some more for its words, by its letters beyond ASCII:
 * which there are, and how frequent they are there.
 */
export function likenessOf(text: string): number {
  const letters = text.match(HIGH_LETTERS)?.map((letter) => letter.toLowerCase()) ?? []
  if (letters.length === 0) return UNKNOWN
  const found = new Set(text.match(ASCII_WORDS))
  const counts = [...Map.groupBy(letters, (letter) => letter)].map(
    ([letter, all]) => [letter, all.length] as const,
  )
  const mean = (weigh: (letter: string) => number): number =>
    counts.reduce((sum, [letter, count]) => sum + weigh(letter) * count, 0) / letters.length
  return Math.max(
    ...LATIN.map(({ letters: own, words }) => {
      const known = [...words].filter((word) => found.has(word)).length
      return mean((letter) => own.get(letter) ?? 0) + WORD_BONUS * Math.min(known, MOST_WORDS)
    }),
    ...RANKED.map((ranks) => RANKED_FACTOR * mean((letter) => ranks.get(letter) ?? -0.5)),
    ...COMMON_HAN.map((common, index) =>
      mean((letter) => {
        if (KANA.test(letter)) return index === JAPANESE ? 1 : 0
        if (HALF_KANA.test(letter)) return index === JAPANESE ? 2 * RARE : 0
        return common.has(letter) ? 1 : /\p{Script=Han}/u.test(letter) ? RARE : 0
      }),
    ),
    mean((letter) => {
      if (COMMON_HANGUL.has(letter)) return 1
      return /[\uac00-\ud7a3]/u.test(letter) ? 2 * RARE : 0
    }),
  )
}
