/** Scripts whose letters are shaped by rules of their own; what is of none of them is shaped as what stands before it. */
const SCRIPTS = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Hebrew',
  'Arabic',
  'Syriac',
  'Thaana',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Myanmar',
  'Georgian',
  'Armenian',
  'Ethiopic',
  'Khmer',
  'Mongolian',
  'Hangul',
  'Hiragana',
  'Katakana',
  'Bopomofo',
  'Han',
].map((name) => ({ name, matches: new RegExp(`^\\p{Script=${name}}`, 'u') }))

const known = new Map<number, string | undefined>()

/** The script of the first letter of a text; undefined for digits, marks and the like, which belong to any. */
export function scriptOf(text: string): string | undefined {
  const codePoint = text.codePointAt(0) ?? 0
  if (known.has(codePoint)) return known.get(codePoint)
  const script = SCRIPTS.find(({ matches }) => matches.test(text))?.name
  if (known.size < 20_000) known.set(codePoint, script)
  return script
}
