import { type BriefNames, nameKey } from './brief-names.ts'
import { readTokens, type Token } from './content-tokens.ts'

/** What needs no blank behind it, and before it. */
const CLOSED = /[()<>[\]]$/
const OPENING = /^[()<>[\]/]/

/** What is in no content that is whole. */
const STRAY = ['>', ')', '{', '}']

/** Whether it is sure where each token of a content ends: not with a picture in it, nor when it is damaged. */
export function isWhole(content: string): boolean {
  for (const token of readTokens(content)) {
    if (token.kind === 'operator' && token.value === 'ID') return false
    if (token.kind === 'bracket' && STRAY.includes(token.value)) return false
  }
  return true
}

/**
 * Writes the content of a page with fewer bytes, which draws the very same: texts as they are rather than in hexadecimal
 * digits, which compress badly, and no blanks where none are needed.
 *
 * @param content - a byte a letter
 * @param names - what is called differently
 * @returns the same when it is not {@link isWhole whole}
 */
export function writeDensely(content: string, names: BriefNames = new Map()): string {
  if (!isWhole(content)) return content
  const texts: string[] = []
  let named = { value: '', at: -1 }
  for (const token of readTokens(content)) {
    if (token.kind === 'name') named = { value: token.value, at: texts.length }
    const brief = token.kind === 'operator' && names.get(nameKey(token.value, named.value))
    if (brief) texts[named.at] = `/${brief}`
    texts.push(writeToken(token))
  }
  let before = '('
  const apart = texts.map((text) => {
    const isApart = CLOSED.test(before) || OPENING.test(text)
    before = text
    return isApart ? text : ` ${text}`
  })
  return apart.join('')
}

function writeToken(token: Token): string {
  if (token.kind === 'number') return shorten(token.written)
  if (token.kind === 'name') return `/${token.value}`
  if (token.kind !== 'text') return token.value
  // What is no line feed would be read as one.
  return `(${token.bytes.replace(/[\\()\r]/g, (letter) => (letter === '\r' ? '\\r' : `\\${letter}`))})`
}

/** Without zeros that say nothing. */
function shorten(number: string): string {
  const [, sign = '', whole = '', part = ''] = /^([+-]?)(\d*)\.(\d*)$/.exec(number) ?? []
  if (whole === '' && part === '') return number
  const [left, right] = [whole.replace(/^0+/, ''), part.replace(/0+$/, '')]
  if (left === '' && right === '') return '0'
  const short = right === '' ? left : `${left}.${right}`
  return sign === '-' ? `-${short}` : short
}
