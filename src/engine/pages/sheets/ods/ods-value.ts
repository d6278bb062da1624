import { type Attributes, readAttribute } from '../../../../packages/markup.ts'
import type { CellValue, RichRun } from '../sheet-contents.ts'

const DAY_MS = 86_400_000

/** From where days are counted that cells have. */
const FIRST_DAY = Date.UTC(1899, 11, 30)

/**
 * What a cell is worth (OpenDocument 1.3, part 3, 19.385).
 *
 * @param runs - what it shows
 */
export function readOdsValue(
  attributes: Attributes,
  runs: readonly RichRun[],
): CellValue | undefined {
  const shown = runs.map(({ text }) => text).join('')
  const value = (name: string): string | undefined => readAttribute(attributes, name)
  if (attributes['calcext:value-type'] === 'error') {
    return shown === '' ? undefined : { kind: 'error', text: shown }
  }
  switch (value('value-type')) {
    case 'float':
    case 'percentage':
    case 'currency':
      return toNumber(Number(value('value') ?? Number.NaN), shown)
    case 'date':
      return toNumber(toDays(value('date-value') ?? ''), shown)
    case 'time':
      return toNumber(toDayShare(value('time-value') ?? ''), shown)
    case 'boolean':
      return { kind: 'truth', text: shown || (value('boolean-value') ?? '').toUpperCase() }
    case 'string':
    case undefined:
    default: {
      const text = value('string-value') ?? ''
      if (shown !== '') return { kind: 'text', runs }
      return text === '' ? undefined : { kind: 'text', runs: [{ text }] }
    }
  }
}

/** A number, or else what the cell shows. */
function toNumber(number: number | undefined, shown: string): CellValue | undefined {
  if (number !== undefined && Number.isFinite(number)) {
    return { kind: 'number', number, shown: shown === '' ? undefined : shown }
  }
  return shown === '' ? undefined : { kind: 'text', runs: [{ text: shown }] }
}

/** The days of a date such as `2024-03-05T12:30:00`. */
function toDays(date: string): number | undefined {
  const [, year, month, day, hours = 0, minutes = 0, seconds = 0] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?)?/.exec(date) ?? []
  if (year === undefined) return undefined
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const clock =
    Number(hours) * 3600 + Number(minutes) * 60 + Number(String(seconds).replace(',', '.'))
  return (start - FIRST_DAY) / DAY_MS + clock / 86_400
}

/** The share of a day that a time such as `PT12H30M00S` is, which may be longer than one. */
function toDayShare(time: string): number | undefined {
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /^(-?)PT(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10}(?:[.,]\d{1,10})?)S)?$/.exec(time) ?? []
  if (sign === undefined) return undefined
  const clock =
    Number(hours) * 3600 + Number(minutes) * 60 + Number(String(seconds).replace(',', '.'))
  return ((sign === '-' ? -1 : 1) * clock) / 86_400
}
