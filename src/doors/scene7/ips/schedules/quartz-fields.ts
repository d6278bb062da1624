import { IpsFault } from '../ips-fault.ts'

/** A field of an expression of Quartz, and the values that it may have. */
interface Field {
  readonly name: string
  readonly least: number
  readonly most: number
  /** What the values from the least on are called, too. */
  readonly words?: readonly string[]
}

const SECONDS: Field = { name: 'seconds', least: 0, most: 59 }
const MINUTES: Field = { name: 'minutes', least: 0, most: 59 }
const HOURS: Field = { name: 'hours', least: 0, most: 23 }
const DAY_OF_MONTH: Field = { name: 'day of month', least: 1, most: 31 }
const MONTH: Field = {
  name: 'month',
  least: 1,
  most: 12,
  words: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' '),
}
/** From Sunday on. */
const DAY_OF_WEEK: Field = {
  name: 'day of week',
  least: 1,
  most: 7,
  words: 'SUN MON TUE WED THU FRI SAT'.split(' '),
}
const YEAR: Field = { name: 'year', least: 1970, most: 2099 }

/** What is asked of a field: some of its values, all of them (`*`), or something special that only days have. */
type Wanted = readonly number[] | string

/**
 * Reads an expression of Quartz, the scheduler whose states of triggers Adobe's page lists: seconds, minutes, hours, day of month,
 * month, day of week, and maybe a year; one of the days is `?`. It is written in the dialect of croner, where steps and ranges are
 * lists of their values, as each of the two reads those in ways of its own.
 *
 * @param expression - without a time zone
 * @throws {@link IpsFault} `invalidParameter` with what is wrong
 */
export function readQuartz(expression: string): string {
  const fields = expression.toUpperCase().trim().split(/\s+/)
  const [seconds = '', minutes = '', hours = '', monthDay = '', month = '', weekDay = ''] = fields
  if (fields.length !== 6 && fields.length !== 7) {
    throw wrong(
      `must have six or seven fields, which are seconds, minutes, hours, day of month, month, day of week and maybe a year, such as 0 30 3 ? * MON-FRI; it has ${expression.trim() === '' ? 0 : fields.length}`,
    )
  }
  if ((monthDay === '?') === (weekDay === '?')) {
    throw wrong(
      `must have ? as its day of month or as its day of week, and not as both, such as 0 0 3 * * ? for each day; they are ${monthDay} and ${weekDay}`,
    )
  }
  if (!/^\d{1,2}$/.test(seconds)) {
    throw wrong(
      `must have one number from 0 to 59 as its seconds, as a job is run once a minute at most; they are ${quote(seconds)}`,
    )
  }
  return [
    readValues(seconds, SECONDS),
    readValues(minutes, MINUTES),
    readValues(hours, HOURS),
    readMonthDay(monthDay),
    readValues(month, MONTH),
    readWeekDay(weekDay),
    ...fields.slice(6).map((year) => readValues(year, YEAR)),
  ]
    .map(String)
    .join(' ')
}

function readMonthDay(text: string): Wanted {
  if (text === '?') return '*'
  if (text === 'L' || text === 'LW') return text
  const nearest = /^(\d{1,2})W$/.exec(text)?.[1]
  return nearest === undefined
    ? readValues(text, DAY_OF_MONTH)
    : `${valueOf(nearest, DAY_OF_MONTH)}W`
}

function readWeekDay(text: string): Wanted {
  if (text === '?') return '*'
  if (text === 'L') return [DAY_OF_WEEK.most]
  const last = /^(\d|[A-Z]{3})L$/.exec(text)?.[1]
  if (last !== undefined) return `${valueOf(last, DAY_OF_WEEK)}#L`
  const [, day, place] = /^(\d|[A-Z]{3})#([1-5])$/.exec(text) ?? []
  return day === undefined ? readValues(text, DAY_OF_WEEK) : `${valueOf(day, DAY_OF_WEEK)}#${place}`
}

function readValues(text: string, field: Field): Wanted {
  if (text === '*') return '*'
  const values = new Set(text.split(',').flatMap((part) => readPart(part, field)))
  return [...values].toSorted((a, b) => a - b)
}

/** A value, a range, which may go beyond the largest value and on from the least, or steps through one or from a value on. */
function readPart(part: string, field: Field): readonly number[] {
  const { least, most } = field
  const [, from = '', to, step] = /^(\*|\w*)(?:-(\w+))?(?:\/(\d{1,4}))?$/.exec(part) ?? []
  const isWhole = from === '*' || (from === '' && step !== undefined)
  if ((isWhole && to !== undefined) || (!isWhole && from === '')) throw notOf(part, field)
  const first = isWhole ? least : valueOf(from, field, part)
  const last = lastOf(first, { to, step, isWhole }, field, part)
  const values = most - least + 1
  const stride = Number(step ?? 1)
  if (stride < 1 || stride > values) throw notOf(part, field)
  if (last < first && field === YEAR) throw notOf(part, field)
  const length = (last - first + values) % values
  const count = Math.floor(length / stride) + 1
  return Array.from({ length: count }, (_, at) => least + ((first - least + at * stride) % values))
}

function lastOf(
  first: number,
  { to, step, isWhole }: { to: string | undefined; step: string | undefined; isWhole: boolean },
  field: Field,
  part: string,
): number {
  if (to !== undefined) return valueOf(to, field, part)
  return isWhole || step !== undefined ? field.most : first
}

function valueOf(text: string, field: Field, part = text): number {
  const { least, most, words = [] } = field
  const word = words.indexOf(text)
  if (word !== -1) return least + word
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw notOf(part, field)
}

function notOf(part: string, { name, least, most, words }: Field): IpsFault {
  const called = words ? ` or ${words[0]} to ${words.at(-1)}` : ''
  return wrong(
    `has ${quote(part)} as its ${name}, which must be from ${least} to ${most}${called}, as in 5, 5-10, 5,10, 5/10 or *`,
  )
}

function wrong(what: string): IpsFault {
  return new IpsFault('invalidParameter', `execSchedule ${what}.`)
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 40))
}
