const ROMAN: readonly (readonly [letters: string, value: number])[] = [
  ['m', 1000],
  ['cm', 900],
  ['d', 500],
  ['cd', 400],
  ['c', 100],
  ['xc', 90],
  ['l', 50],
  ['xl', 40],
  ['x', 10],
  ['ix', 9],
  ['v', 5],
  ['iv', 4],
  ['i', 1],
]

/** What is around a number, by what the name of its kind ends with. */
const AROUND: readonly (readonly [end: string, before: string, behind: string])[] = [
  ['ParenBoth', '(', ')'],
  ['ParenR', '', ')'],
  ['Period', '', '.'],
  ['Minus', '- ', ' -'],
  ['Plain', '', ''],
]

/** Larger ones have digits. */
const MOST_ROMAN = 3999

/** Writes the number of an item (ECMA-376, part 1, 20.1.10.61), such as `iv.` of `romanLcPeriod`. */
export function writeNumber(kind: string, number: number): string {
  const [, before = '', behind = '.'] = AROUND.find(([end]) => kind.endsWith(end)) ?? []
  return `${before}${digits(kind, number)}${behind}`
}

function digits(kind: string, number: number): string {
  if (kind.startsWith('alphaLc')) return toLetters(number)
  if (kind.startsWith('alphaUc')) return toLetters(number).toUpperCase()
  if (kind.startsWith('romanLc')) return toRoman(number)
  if (kind.startsWith('romanUc')) return toRoman(number).toUpperCase()
  return String(number)
}

/** Behind `z` comes `aa`. */
function toLetters(number: number): string {
  const letter = String.fromCharCode(97 + ((number - 1) % 26))
  return letter.repeat(Math.min(10, Math.floor((number - 1) / 26) + 1))
}

function toRoman(number: number): string {
  if (number < 1 || number > MOST_ROMAN) return String(number)
  let rest = number
  let written = ''
  for (const [letters, value] of ROMAN) {
    written += letters.repeat(Math.floor(rest / value))
    rest %= value
  }
  return written
}
