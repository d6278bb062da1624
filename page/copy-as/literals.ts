/** How long a line may become before a value is broken into several. */
const LONGEST_LINE = 90

/** What is written as it is, such as the name of a variable. */
export class Expression {
  readonly code: string

  constructor(code: string) {
    this.code = code
  }
}

/** How the parts of a value are written in some language. */
export interface Notation {
  text: (text: string) => string
  key: (key: string) => string
  /** What is between a brace and what is in it, when all is on one line. */
  padding: '' | ' '
  /** Whether a last element of several lines is followed by a comma, too. */
  trailingComma: boolean
  /** The words for true, false and null where they are not those of JSON. */
  words?: Readonly<Record<string, string>>
  /** How objects are written where not as in JSON. */
  object?: { open: string; close: string; colon: string; empty: string }
}

const JSON_OBJECT = { open: '{', close: '}', colon: ': ', empty: '{}' }
const ARRAY = { open: '[', close: ']', empty: '[]' }

/**
 * Writes a JSON value, in which there may be expressions, in the notation of a language: short ones on one line, others
 * indented by two blanks.
 */
export function printValue(value: unknown, notation: Notation, indent = ''): string {
  if (value instanceof Expression) return value.code
  if (typeof value === 'string') return notation.text(value)
  if (typeof value !== 'object' || value === null) {
    const word = JSON.stringify(value) ?? 'null'
    return notation.words?.[word] ?? word
  }
  const asObject = notation.object ?? JSON_OBJECT
  const { open, close, empty } = Array.isArray(value) ? ARRAY : asObject
  const prefixes = Array.isArray(value)
    ? value.map(() => '')
    : Object.keys(value).map((key) => `${notation.key(key)}${asObject.colon}`)
  const values: unknown[] = Object.values(value)
  if (values.length === 0) return empty

  const deeper = `${indent}  `
  const parts = values.map((each, index) => prefixes[index] + printValue(each, notation, deeper))
  const padding = Array.isArray(value) ? '' : notation.padding
  const line = `${open}${padding}${parts.join(', ')}${padding}${close}`
  if (!line.includes('\n') && indent.length + line.length <= LONGEST_LINE) return line
  const end = notation.trailingComma ? ',' : ''
  return `${open}\n${deeper}${parts.join(`,\n${deeper}`)}${end}\n${indent}${close}`
}

/** Writes a text of JavaScript, in single quotes unless it has some. */
export function quoteJs(text: string): string {
  const json = JSON.stringify(text)
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}

/** Writes a key of an object of JavaScript. */
export function quoteJsKey(key: string): string {
  // As a plain key this one would set the prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoteJs(key)
}

/** Writes a text of PHP. */
export function quotePhp(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`
}

/** Writes a text as one word of bash. */
export function quoteBash(text: string): string {
  if (!/\p{Cc}/u.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`
  const escaped = text.replaceAll(/[\\']/g, String.raw`\$&`).replaceAll(/\p{Cc}/gu, (control) => {
    // Those beyond ASCII are no bytes, and do no harm.
    return control < '\x80' ? `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}` : control
  })
  return `$'${escaped}'`
}

/** Takes from a text what bash would read in a document (`<<JSON`) in which variables stand for their values. */
export function escapeHereDocument(text: string): string {
  return text.replaceAll(/[\\$`]/g, String.raw`\$&`)
}

/** Values of JavaScript. */
export const JS_NOTATION: Notation = {
  text: quoteJs,
  key: quoteJsKey,
  padding: ' ',
  trailingComma: true,
}

/** Values of Python, whose texts are written as those of JavaScript. */
export const PYTHON_NOTATION: Notation = {
  text: quoteJs,
  key: quoteJs,
  padding: '',
  trailingComma: true,
  words: { true: 'True', false: 'False', null: 'None' },
}

/** Values of PHP. */
export const PHP_NOTATION: Notation = {
  text: quotePhp,
  key: quotePhp,
  padding: '',
  trailingComma: true,
  object: { open: '[', close: ']', colon: ' => ', empty: 'new stdClass()' },
}
