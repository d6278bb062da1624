const DAY_MS = 86_400_000

/** What a number in a cell stands for, which only the format of the cell tells. */
export type NumberKind = 'number' | 'date' | 'time' | 'date and time' | 'duration'

/** The formats that have numbers instead of codes (ECMA-376, part 1, 18.8.30), those of East Asia included. */
export function readFormatNumber(format: number): NumberKind {
  if (format === 22) return 'date and time'
  if ((format >= 18 && format <= 21) || (format >= 32 && format <= 35)) return 'time'
  if (format === 45 || format === 47) return 'time'
  if (format === 46) return 'duration'
  const isDate =
    (format >= 14 && format <= 17) ||
    (format >= 27 && format <= 31) ||
    format === 36 ||
    (format >= 50 && format <= 58)
  return isDate ? 'date' : 'number'
}

/** Tells from a format code such as `[$-409]d\-mmm\-yy;@` what its numbers are. */
export function readFormatCode(code: string): NumberKind {
  const [first = ''] = code.split(';')
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'duration'
  const letters = first.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
  if (/general/i.test(letters)) return 'number'
  const hasTime = /[hs]|am\/pm/i.test(letters)
  const hasDate = /[yde]/i.test(letters) || (/m/i.test(letters) && !hasTime)
  if (hasDate) return hasTime ? 'date and time' : 'date'
  return hasTime ? 'time' : 'number'
}

/**
 * Writes the number of a cell: a date or time as ISO 8601 has it, anything else with the 15 digits that sheets compute
 * with.
 *
 * @param stored - as the file has it
 * @param from1904 - whether days are counted from 1904 rather than 1900
 */
export function writeNumber(stored: string, kind: NumberKind, from1904: boolean): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  const number = String(Number(value.toPrecision(15)))
  if (kind === 'number' || value < 0) return number
  if (kind === 'duration') return writeClock(value)
  const date = toDate(value, from1904)
  if (date === undefined) return number
  const iso = date.toISOString()
  const day = iso.slice(0, 10)
  const clock = iso.slice(11, 19)
  if (kind === 'time' && value < 1) return clock
  return kind === 'date' ? day : `${day}T${clock}`
}

/** Hours, minutes and seconds of a number of days. */
function writeClock(days: number): string {
  const seconds = Math.round(days * 86_400)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** @returns undefined for a day after the year 9999 */
function toDate(value: number, from1904: boolean): Date | undefined {
  // There is a 29 February 1900 in sheets, so that days before it are one less.
  const days = from1904 ? value : value + (value < 60 ? 1 : 0)
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const time = epoch + Math.round(days * 86_400) * 1000
  return time > Date.UTC(9999, 11, 31) + DAY_MS - 1 ? undefined : new Date(time)
}
