/**
 * Says which fonts are replaced, in a sentence.
 *
 * @param title - of what names them, such as `PDF`
 */
export function tellReplacedFonts(title: string, names: readonly string[]): string | undefined {
  const [last, ...others] = names.toReversed()
  if (last === undefined) return undefined
  return others.length === 0
    ? `A font that the ${title} names and that is not there is replaced by another: ${last}.`
    : `Fonts that the ${title} names and that are not there are replaced by others: ${others.toReversed().join(', ')} and ${last}.`
}
