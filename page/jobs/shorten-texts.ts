/** A text that is longer is a file rather than something to be read, in characters. */
const LONGEST_TEXT = 2000

/** As much of a longer one is shown, in characters. */
const SHOWN_TEXT = 200

/**
 * The same JSON with its long texts cut, such as files in base64.
 *
 * @param cut - says that a text goes on, of its beginning and its whole length
 */
export function shortenTexts(
  value: unknown,
  cut: (text: string, length: number) => string,
): unknown {
  if (typeof value === 'string') {
    return value.length > LONGEST_TEXT ? cut(value.slice(0, SHOWN_TEXT), value.length) : value
  }
  if (Array.isArray(value)) return value.map((each: unknown) => shortenTexts(each, cut))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, shortenTexts(each, cut)]),
  )
}
