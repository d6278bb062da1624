/** A token of the content of a page (ISO 32000-1, 7.2 and 7.8.2). */
export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly written: string }
  /** As it is written, without the slash. */
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'operator'; readonly value: string }
  /** A byte a letter. */
  | { readonly kind: 'text'; readonly bytes: string }
  /** What begins or ends an array or a dictionary. */
  | { readonly kind: 'bracket'; readonly value: string }

const DELIMITED = /[\0\t\n\f\r ()<>[\]{}/%]/
const BLANK = /[\0\t\n\f\r ]/
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y
/** The end of the data of an inline picture. */
const END_OF_PICTURE = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/g

/** What stands for another letter behind a backslash. */
const ESCAPED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
}

/**
 * Reads what a page draws with, whatever is damaged in it. Comments and the data of inline pictures are left out.
 *
 * @param leftOut - is told of how many bytes the data of each picture is
 */
export function* readTokens(
  content: string,
  leftOut: (bytes: number) => void = () => undefined,
): Generator<Token> {
  let at = 0
  while (at < content.length) {
    const letter = content[at] ?? ''
    if (letter === '(') {
      const { bytes, end } = readText(content, at)
      yield { kind: 'text', bytes }
      at = end
    } else if (letter === '%') {
      at = endOfComment(content, at)
    } else if (letter === '<' && content[at + 1] !== '<') {
      const close = content.indexOf('>', at)
      const end = close === -1 ? content.length : close
      yield { kind: 'text', bytes: fromDigits(content.slice(at + 1, end)) }
      at = end + 1
    } else if (letter === '/') {
      const value = matchAt(content, at + 1)
      yield { kind: 'name', value }
      at += 1 + value.length
    } else if (DELIMITED.test(letter)) {
      const isDouble = (letter === '<' || letter === '>') && content[at + 1] === letter
      const value = isDouble ? letter + letter : letter
      if (!BLANK.test(letter)) yield { kind: 'bracket', value }
      at += value.length
    } else {
      const word = matchAt(content, at)
      at += word.length
      const value = Number(word)
      if (!Number.isNaN(value)) yield { kind: 'number', value, written: word }
      else yield { kind: 'operator', value: word }
      if (word !== 'ID') continue
      const end = endOfPicture(content, at)
      leftOut(end - at)
      at = end
    }
  }
}

function matchAt(content: string, at: number): string {
  REGULAR.lastIndex = at
  return REGULAR.exec(content)?.[0] ?? ''
}

function readText(content: string, from: number): { readonly bytes: string; readonly end: number } {
  const parts: string[] = []
  let depth = 0
  let start = from + 1
  let at = from
  for (; at < content.length; at += 1) {
    const letter = content[at]
    if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) break
    } else if (letter === '\\') {
      const { letter: meant, length } = readEscaped(content, at + 1)
      parts.push(content.slice(start, at), meant)
      at += length
      start = at + 1
    } else if (letter === '\r') {
      // Each end of a line counts as one line feed.
      parts.push(content.slice(start, at), '\n')
      if (content[at + 1] === '\n') at += 1
      start = at + 1
    }
  }
  parts.push(content.slice(start, at))
  return { bytes: parts.join(''), end: at + 1 }
}

function readEscaped(content: string, at: number): { letter: string; length: number } {
  const letter = content[at] ?? ''
  const digits = /^[0-7]{1,3}/.exec(content.slice(at, at + 3))?.[0]
  if (digits !== undefined) {
    return {
      letter: String.fromCharCode(Number.parseInt(digits, 8) & 0xff),
      length: digits.length,
    }
  }
  // The line goes on in the next one.
  if (letter === '\r') return { letter: '', length: content[at + 1] === '\n' ? 2 : 1 }
  if (letter === '\n') return { letter: '', length: 1 }
  return { letter: ESCAPED[letter] ?? letter, length: letter.length }
}

function fromDigits(written: string): string {
  const digits = written.replace(/[^0-9A-Fa-f]/g, '')
  // A last digit that is missing is 0.
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1')
}

function endOfComment(content: string, from: number): number {
  const end = content.slice(from).search(/[\r\n]/)
  return end === -1 ? content.length : from + end
}

function endOfPicture(content: string, from: number): number {
  END_OF_PICTURE.lastIndex = from
  return END_OF_PICTURE.exec(content) === null ? content.length : END_OF_PICTURE.lastIndex
}
