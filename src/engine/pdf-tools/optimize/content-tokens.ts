/** A token of the content of a page: a number, a name, or an operator. Texts, arrays and dictionaries are left out. */
export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'operator'; readonly value: string }

const DELIMITED = /[\0\t\n\f\r ()<>[\]{}/%]/
const REGULAR = /[^\0\t\n\f\r ()<>[\]{}/%]+/y
/** The end of the data of an inline picture. */
const END_OF_PICTURE = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r ]|$)/g

/** Reads what a page draws with (ISO 32000-1, 7.8.2), whatever is damaged in it. */
export function* readTokens(content: string): Generator<Token> {
  let at = 0
  while (at < content.length) {
    const letter = content[at] ?? ''
    if (letter === '(') {
      at = endOfText(content, at)
    } else if (letter === '%') {
      at = endOfComment(content, at)
    } else if (letter === '<' && content[at + 1] !== '<') {
      const end = content.indexOf('>', at)
      at = end === -1 ? content.length : end + 1
    } else if (letter === '/') {
      const value = matchAt(content, at + 1)
      yield { kind: 'name', value }
      at += 1 + value.length
    } else if (DELIMITED.test(letter)) {
      at += 1
    } else {
      const word = matchAt(content, at)
      at += word.length
      const value = Number(word)
      if (!Number.isNaN(value)) yield { kind: 'number', value }
      else yield { kind: 'operator', value: word }
      if (word === 'ID') at = endOfPicture(content, at)
    }
  }
}

function matchAt(content: string, at: number): string {
  REGULAR.lastIndex = at
  return REGULAR.exec(content)?.[0] ?? ''
}

function endOfText(content: string, from: number): number {
  let depth = 0
  for (let at = from; at < content.length; at += 1) {
    const letter = content[at]
    if (letter === '\\') at += 1
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return content.length
}

function endOfComment(content: string, from: number): number {
  const end = content.slice(from).search(/[\r\n]/)
  return end === -1 ? content.length : from + end
}

function endOfPicture(content: string, from: number): number {
  END_OF_PICTURE.lastIndex = from
  return END_OF_PICTURE.exec(content) === null ? content.length : END_OF_PICTURE.lastIndex
}
