import { type Direction, type Inline, plainText } from './rich-text.ts'

const FROM_RIGHT =
  /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u
const LETTER = /\p{L}/u

/** Which way a line runs by its first letter, as `dir="auto"` has it in HTML; undefined where that is from the left. */
export function directionOf(content: readonly Inline[]): Direction | undefined {
  const [first = ''] = LETTER.exec(plainText(content)) ?? []
  return FROM_RIGHT.test(first) ? 'rtl' : undefined
}

/** What a `dir` attribute says. */
export function readDirection(dir: string | undefined): Direction | undefined {
  const told = dir?.toLowerCase()
  return told === 'rtl' || told === 'ltr' ? told : undefined
}
