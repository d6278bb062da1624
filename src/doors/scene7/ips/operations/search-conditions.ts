import type { Asset } from '../../catalogue/asset.ts'
import { fileNameOf } from '../assets/ips-asset.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Takes } from '../schema/signatures.ts'
import type { Value } from '../schema/types.ts'
import { chooseValue } from './choose-value.ts'

type Condition = Value<'SystemFieldCondition'>
type Matcher = (asset: Asset) => boolean

const MODES = ['MatchAll', 'MatchAny'] as const

/** What can be asked of an asset: a text, a number or a time; what nothing is kept of is an empty text. */
const FIELDS: Readonly<Record<string, (asset: Asset) => string | number | Date>> = {
  Name: ({ name }) => name,
  FileName: fileNameOf,
  FileSize: ({ original }) => original?.size ?? 0,
  Created: ({ modified }) => new Date(modified),
  LastModified: ({ modified }) => new Date(modified),
  Keywords: () => '',
  Description: () => '',
  Comments: () => '',
  UserData: () => '',
  Sku: () => '',
  CreatedWith: () => '',
  CreateUser: () => '',
  LastModifyUser: () => '',
}

/** Letters count as they are read: upper and lower case alike. */
const TEXT_OPERATORS: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  Equals: (text, value) => text === value,
  NotEquals: (text, value) => text !== value,
  Contains: (text, value) => text.includes(value),
  NotContains: (text, value) => !text.includes(value),
  StartsWith: (text, value) => text.startsWith(value),
  EndsWith: (text, value) => text.endsWith(value),
}

const NUMBER_OPERATORS: Readonly<Record<string, (given: number, value: number) => boolean>> = {
  Equals: (given, value) => given === value,
  NotEquals: (given, value) => given !== value,
  LessThan: (given, value) => given < value,
  LessThanEquals: (given, value) => given <= value,
  GreaterThan: (given, value) => given > value,
  GreaterThanEquals: (given, value) => given >= value,
}

/**
 * Reads what a search asks of assets.
 *
 * @throws {@link IpsFault} `invalidParameter` for a field, an operator or a value that there is none of
 */
export function readMatcher(takes: Takes<'searchAssets'>): Matcher {
  const { keywordArray = [], systemFieldConditionArray = [] } = takes
  // The catalogue keeps no keywords.
  const keywords: Matcher[] = keywordArray.length === 0 ? [] : [() => false]
  const fields = systemFieldConditionArray.map(readCondition)
  const system = combine(
    fields,
    chooseValue('systemFieldMatchMode', takes.systemFieldMatchMode, MODES),
  )
  const groups = [...keywords, ...(fields.length === 0 ? [] : [system])]
  return combine(groups, chooseValue('conditionMatchMode', takes.conditionMatchMode, MODES))
}

function combine(matchers: readonly Matcher[], mode: (typeof MODES)[number] = 'MatchAll'): Matcher {
  if (matchers.length === 0) return () => true
  if (mode === 'MatchAny') return (asset) => matchers.some((matches) => matches(asset))
  return (asset) => matchers.every((matches) => matches(asset))
}

function readCondition(condition: Condition): Matcher {
  const { field, op } = condition
  chooseValue('SystemFieldCondition/field', field, Object.keys(FIELDS))
  const read = FIELDS[field] ?? (() => '')
  if (op === 'Between' || op === 'NotBetween') {
    const isBelow = readRange(condition)
    return (asset) => isBelow(toNumber(read(asset))) === (op === 'Between')
  }
  const number = readNumber(condition)
  if (number !== undefined) {
    chooseValue('SystemFieldCondition/op', op, Object.keys(NUMBER_OPERATORS))
    const compare = NUMBER_OPERATORS[op] ?? (() => false)
    return (asset) => compare(toNumber(read(asset)), number)
  }
  if (condition.value === undefined) throw noValue(condition, 'value, longVal or dateVal')
  const value = condition.value.toLowerCase()
  chooseValue('SystemFieldCondition/op', op, Object.keys(TEXT_OPERATORS))
  const compare = TEXT_OPERATORS[op] ?? (() => false)
  return (asset) => compare(String(read(asset)).toLowerCase(), value)
}

function readNumber({ field, value, longVal, doubleVal, dateVal }: Condition): number | undefined {
  const number = longVal ?? doubleVal ?? dateVal?.getTime()
  if (number !== undefined || value === undefined) return number
  if (field === 'FileSize' && /^\d+$/.test(value.trim())) return Number(value)
  if (field !== 'Created' && field !== 'LastModified') return undefined
  const time = Date.parse(value)
  if (!Number.isNaN(time)) return time
  throw new IpsFault(
    'invalidParameter',
    `${field} is compared with a time such as 2026-01-31T12:00:00Z, and not with ${JSON.stringify(value.slice(0, 60))}.`,
  )
}

function readRange(condition: Condition): (value: number) => boolean {
  const { minLong, minDouble, minDate, maxLong, maxDouble, maxDate } = condition
  const min = minLong ?? minDouble ?? minDate?.getTime()
  const max = maxLong ?? maxDouble ?? maxDate?.getTime()
  if (min === undefined || max === undefined) throw noValue(condition, 'a min… and a max…')
  return (value) => value >= min && value <= max
}

function toNumber(value: string | number | Date): number {
  return value instanceof Date ? value.getTime() : Number(value)
}

function noValue({ field, op }: Condition, needed: string): IpsFault {
  return new IpsFault(
    'missingParameter',
    `The SystemFieldCondition about ${field} with ${op.slice(0, 60)} needs ${needed}.`,
  )
}
