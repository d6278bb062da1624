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
}

/**
 * Writes a JSON value, in which there may be expressions, in the notation of a language: short ones on one line, others
 * indented by two blanks.
 */
export function printValue(value: unknown, notation: Notation, indent = ''): string {
  if (value instanceof Expression) return value.code
  if (typeof value === 'string') return notation.text(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const prefixes = Array.isArray(value)
    ? value.map(() => '')
    : Object.keys(value).map((key) => `${notation.key(key)}: `)
  const values: unknown[] = Object.values(value)
  if (values.length === 0) return `${open}${close}`

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
