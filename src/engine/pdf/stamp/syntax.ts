/** Blanks between values (ISO 32000-1, 7.2.2). */
const BLANKS = /[\0\t\n\f\r ]*/y
/** A number, a keyword, or a name. */
const REGULAR = /\/?[^\0\t\n\f\r ()<>[\]{}/%]*/y
const REFERENCE = /(\d+) +(\d+) +R(?![^\0\t\n\f\r ()<>[\]{}/%])/y

/** Deeper than any page, and less than what a thread has room for. */
const MOST_LEVELS = 100

/** What does not hold together, though PDFium has written it. */
export class MalformedPdf extends Error {
  override readonly name = 'MalformedPdf'
}

/** The entries of a dictionary as they are written, by their names without the slash. */
export type Entries = Map<string, string>

/**
 * Takes a dictionary apart. The text is as PDFium writes it, which means without comments.
 *
 * @throws {@link MalformedPdf} when there is none
 */
export function readDictionary(text: string): Entries {
  let at = skipBlanks(text, 0)
  if (!text.startsWith('<<', at)) throw new MalformedPdf('there is no dictionary')
  at = skipBlanks(text, at + 2)
  const entries: Entries = new Map()
  while (!text.startsWith('>>', at)) {
    const name = match(REGULAR, text, at)
    if (!name.startsWith('/')) throw new MalformedPdf('a dictionary has a key that is no name')
    const start = skipBlanks(text, at + name.length)
    const end = endOfValue(text, start, 0)
    entries.set(name.slice(1), text.slice(start, end))
    at = skipBlanks(text, end)
  }
  return entries
}

/**
 * Takes an array apart; undefined for anything else.
 *
 * @throws {@link MalformedPdf} when it has no end
 */
export function readArray(text: string): string[] | undefined {
  const start = skipBlanks(text, 0)
  if (text[start] !== '[') return undefined
  const items: string[] = []
  for (let at = skipBlanks(text, start + 1); text[at] !== ']';) {
    const end = endOfValue(text, at, 0)
    items.push(text.slice(at, end))
    at = skipBlanks(text, end)
  }
  return items
}

/** The number of the object that a value refers to; undefined when the value is the object itself. */
export function readReference(value: string): number | undefined {
  const found = /^(\d+) +\d+ +R$/.exec(value.trim())
  return found?.[1] === undefined ? undefined : Number(found[1])
}

/** Puts a dictionary together. */
export function writeDictionary(entries: Iterable<readonly [string, string]>): string {
  return `<<${Array.from(entries, ([name, value]) => `/${name} ${value}`).join('')}>>`
}

/** PDF knows no exponents. */
export function writeNumber(value: number): string {
  return value.toFixed(5).replace(/\.?0+$/, '')
}

/** Where the value that begins at a place ends. */
function endOfValue(text: string, at: number, level: number): number {
  if (level > MOST_LEVELS) throw new MalformedPdf('values are in each other too deep')
  if (text.startsWith('<<', at)) return endOfList(text, at + 2, '>>', level)
  if (text[at] === '[') return endOfList(text, at + 1, ']', level)
  if (text[at] === '<') return after(text.indexOf('>', at))
  if (text[at] === '(') return endOfString(text, at)
  const reference = match(REFERENCE, text, at)
  const length = reference.length || match(REGULAR, text, at).length
  if (length === 0) throw new MalformedPdf('a value is missing')
  return at + length
}

/** Names count as values here, so that a dictionary is a list like any other. */
function endOfList(text: string, from: number, close: string, level: number): number {
  let at = skipBlanks(text, from)
  while (!text.startsWith(close, at)) at = skipBlanks(text, endOfValue(text, at, level + 1))
  return at + close.length
}

function endOfString(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '\\') at += 1
    else if (letter === '(') depth += 1
    else if (letter === ')') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  throw new MalformedPdf('a string has no end')
}

function after(index: number): number {
  if (index === -1) throw new MalformedPdf('a string has no end')
  return index + 1
}

function skipBlanks(text: string, at: number): number {
  return at + match(BLANKS, text, at).length
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
