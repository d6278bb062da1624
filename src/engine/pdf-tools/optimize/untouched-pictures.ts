/** Why a picture of a PDF is not compressed anew, as its kinds are told. */
const KINDS = {
  jpx: 'in JPEG 2000',
  cmyk: 'in CMYK',
  bilevel: 'of two colours and dense already',
  deep: 'of 2, 4 or 16 bits',
  colours: 'in spot or other colours',
  masked: 'with a mask of colours',
  decoded: 'of which a palette is decoded otherwise',
  filter: 'compressed in a rare way',
  large: 'too large',
  damaged: 'damaged',
  inline: 'inline',
} as const

/** See {@link KINDS}. */
export type UntouchedKind = keyof typeof KINDS

/**
 * Says in one sentence how many pictures stay as they are, and why.
 *
 * @returns undefined when none does
 */
export function tellUntouched(kinds: readonly UntouchedKind[]): string | undefined {
  if (kinds.length === 0) return undefined
  const counts = Object.entries(KINDS).flatMap(([kind, words]) => {
    const count = kinds.filter((each) => each === kind).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  const stay = kinds.length === 1 ? 'picture stays as it is' : 'pictures stay as they are'
  return `${kinds.length} ${stay}: ${counts.join(', ')}.`
}
