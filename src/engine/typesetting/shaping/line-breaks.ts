/** Behind which lines may break. */
const BREAKING = new Set([' ', '-', '\u2010', '\u200b', '\u3000'])

/** Scripts that put nothing between words, and can break between any two letters. */
const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** What begins no line, and what ends none, of those scripts (JIS X 4051, the signs alone). */
const CLOSING =
  /^[、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;?!)\]}]/u
const OPENING = /[（［｛〈《「『【〔([{]$/u

/** Scripts that put nothing between words either, but break only there. */
const WITHOUT_BLANKS = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Whether a line may break between two letters that follow each other. */
export function breaksBetween(before: string, after: string): boolean {
  if (BREAKING.has(before)) return true
  if (!IDEOGRAPH.test(before) && !IDEOGRAPH.test(after)) return false
  return !CLOSING.test(after) && !OPENING.test(before) && after !== ' '
}

/** Where words begin that nothing else shows, as places in a text. */
export function hiddenWordStarts(text: string): ReadonlySet<number> {
  if (!WITHOUT_BLANKS.test(text)) return new Set()
  const words = new Intl.Segmenter('th', { granularity: 'word' }).segment(text)
  return new Set(
    Array.from(words)
      .filter(({ segment }) => WITHOUT_BLANKS.test(segment))
      .map(({ index }) => index),
  )
}
