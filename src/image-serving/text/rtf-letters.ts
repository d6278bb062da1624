/** Control words that stand for a letter (RTF 1.6, "Special Characters"). */
export const LETTER_WORDS: ReadonlyMap<string, string> = new Map([
  ['line', '\n'],
  ['tab', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
  ['bullet', '•'],
])

/** What a backslash makes of the character behind it. An optional hyphen is not seen, as lines are not divided there. */
export const LETTER_SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['{', '{'],
  ['}', '}'],
  ['~', '\u00a0'],
  ['_', '-'],
])

/** What is left of a text without characters that are none to be seen, except for tabs. */
export function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t]/gu, '')
}
