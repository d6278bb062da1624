import { isRecord } from '../../base/json.ts'

/** As many digits as a number of JavaScript has for sure. */
const SURE_DIGITS = 15

/** The rows of a table: objects whose members are its columns, or arrays of what is in them. */
export type JsonRows =
  | { readonly kind: 'objects'; readonly rows: Record<string, unknown>[] }
  | { readonly kind: 'arrays'; readonly rows: unknown[][] }

/**
 * The rows of an array of objects or of arrays, or of JSON values on lines of their own; what is deeper in them is JSON. A
 * number of more digits than numbers have stays as it is written, as a text.
 *
 * @throws {SyntaxError} when it is no JSON
 */
export function rowsOfJson(text: string): JsonRows {
  const parsed = parse(text)
  const items: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  if (items.length > 0 && items.every((item) => Array.isArray(item))) {
    return { kind: 'arrays', rows: items.map((item) => item.map(toCell)) }
  }
  const rows = items.map((item) => {
    const row = isRecord(item) || Array.isArray(item) ? item : { value: item }
    return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, toCell(value)]))
  })
  return { kind: 'objects', rows }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits)
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    if (lines.length < 2) throw error
    return lines.map((line): unknown => JSON.parse(line, keepDigits))
  }
}

/** @param context - what has been parsed; versions of Node.js before 21 do not tell */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  if (typeof value !== 'number' || source === undefined) return value
  const digits = source.replace(/e.*$/i, '').replaceAll(/[-.]/g, '').replace(/^0+/, '')
  return digits.length > SURE_DIGITS && String(value) !== source ? source : value
}

function toCell(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}
