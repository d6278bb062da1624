import type { SimpleType } from './members.ts'

const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])

/** Behind the largest xsd:int. */
const INT = 2 ** 31

/**
 * Reads a value as XML Schema writes it; a time without a zone is UTC, since nobody says which one it would be.
 *
 * @returns undefined when it is not of the type
 */
export function readSimple(text: string, type: SimpleType): unknown {
  return READERS[type](type === 'string' ? text : text.trim())
}

const READERS: Readonly<Record<SimpleType, (text: string) => unknown>> = {
  string: (text) => text,
  boolean: (text) => BOOLEANS.get(text),
  int: (text) => readWhole(text, INT),
  long: (text) => readWhole(text, Number.MAX_SAFE_INTEGER),
  double: (text) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined),
  dateTime: readTime,
  base64Binary: (text) =>
    /^[a-z0-9+/\s]*={0,2}$/i.test(text) ? Buffer.from(text, 'base64') : undefined,
}

function readWhole(text: string, limit: number): number | undefined {
  const value = /^[+-]?\d{1,18}$/.test(text) ? Number(text) : Number.NaN
  return value >= -limit && value < limit ? value : undefined
}

function readTime(text: string): Date | undefined {
  if (!DATE_TIME.test(text)) return undefined
  const time = new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
  return Number.isNaN(time.getTime()) ? undefined : time
}

/**
 * Writes a value as XML Schema has it.
 *
 * @throws {TypeError} when it is none of the type
 */
export function writeSimple(value: unknown, type: SimpleType): string {
  if (type === 'string' && typeof value === 'string') return value
  if (type === 'boolean' && typeof value === 'boolean') return String(value)
  if (type === 'dateTime' && value instanceof Date) return value.toISOString()
  if (type === 'base64Binary' && value instanceof Uint8Array) {
    return Buffer.from(value).toString('base64')
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (type === 'double' || Number.isInteger(value)) return String(value)
  }
  throw new TypeError(`${String(value)} cannot be written as xsd:${type}`)
}
