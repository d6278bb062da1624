import createBidi from 'bidi-js'
import type { Paragraph } from '../text-content.ts'

const bidi = createBidi()

/** Letters and marks that run from right to left, or tell others to. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\ud802\ud803\ud83a\ud83b]/

/** A letter that runs from right to left. */
const RIGHT_TO_LEFT_LETTER = 'א'

/**
 * In how many texts of the other direction each letter is (Unicode Standard Annex 9): odd numbers run from right to left.
 *
 * @param paragraph - whose runs make up `text`
 */
export function directionsOf(
  { runs, direction }: Pick<Paragraph, 'runs' | 'direction'>,
  text: string,
): Uint8Array {
  const isPlain = direction !== 'rtl' && !runs.some(({ reversed }) => reversed)
  if (isPlain && !RIGHT_TO_LEFT.test(text)) return new Uint8Array(text.length)
  const read = runs.map((run) =>
    run.reversed ? run.text.replaceAll(/[^\n]/g, RIGHT_TO_LEFT_LETTER) : run.text,
  )
  return bidi.getEmbeddingLevels(read.join(''), direction ?? 'auto').levels
}

/** Puts what stands in a line in the order in which it is seen (Annex 9, rule L2). */
export function inVisualOrder<T extends { readonly level: number }>(
  letters: readonly T[],
): readonly T[] {
  const highest = letters.reduce((most, { level }) => Math.max(most, level), 0)
  if (highest === 0) return letters
  const ordered = [...letters]
  for (let level = highest; level > 0; level -= 1) {
    for (let start = 0; start < ordered.length; start += 1) {
      let end = start
      while ((ordered[end]?.level ?? 0) >= level) end += 1
      for (const [index, letter] of ordered.slice(start, end).toReversed().entries()) {
        ordered[start + index] = letter
      }
      start = end
    }
  }
  return ordered
}
