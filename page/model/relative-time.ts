import { formatDate, strings } from '../strings.ts'

const SECOND = 1000
const UNITS = [
  ['minute', 60 * SECOND],
  ['hour', 60 * 60 * SECOND],
  ['day', 24 * 60 * 60 * SECOND],
] as const

/** Of what is longer ago the date is told. */
const LONGEST_AGO = 7 * 24 * 60 * 60 * SECOND

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago something was, such as `5 minutes ago` or `yesterday`; the date of what is long past. Times are milliseconds since 1970. */
export function relativeTime(time: number, now: number): string {
  const ago = now - time
  if (ago >= LONGEST_AGO) return formatDate(time)
  const [unit, length] = UNITS.findLast(([, each]) => ago >= each) ?? []
  return unit === undefined || length === undefined
    ? strings.history.now
    : relative.format(-Math.floor(ago / length), unit)
}
