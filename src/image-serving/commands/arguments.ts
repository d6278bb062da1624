import { COLOUR_EXPECTED, type Colour, takeColour } from '../colour.ts'

/** What an argument is, for whoever has it entered. */
export type ArgumentKind =
  | {
      readonly kind: 'number'
      readonly least: number
      readonly most: number
      /** Whether it has no decimals. */
      readonly whole: boolean
      /** Whether the lower limit itself is not allowed. */
      readonly above: boolean
    }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'flag' | 'colour' | 'text' }

/** One argument of a command, as it stands between commas. */
export interface Argument<T> {
  /** What would be right, in words that go behind "must be". */
  readonly expected: string
  /** Of several between commas it is the kind of each. */
  readonly kind: ArgumentKind
  /**
   * Reads it from the first items of those that are left, of which there is at least one.
   *
   * @returns the value and how many items it is written with; undefined when they are none
   */
  readonly take: (
    items: readonly string[],
  ) => { readonly value: T; readonly used: number } | undefined
  /** What an argument has that is left out; undefined for one that is needed. */
  readonly otherwise?: { readonly value: T } | undefined
}

function single<T>(
  expected: string,
  kind: ArgumentKind,
  read: (item: string) => T | undefined,
): Argument<T> {
  return {
    expected,
    kind,
    take([item = '']) {
      const value = read(item.trim())
      return value === undefined ? undefined : { value, used: 1 }
    },
  }
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function readNumber(item: string): number | undefined {
  return NUMBER.test(item) ? Number(item) : undefined
}

/** A whole number; the limits are those of the command's page. */
export function integer(least: number, most: number): Argument<number> {
  const kind = { kind: 'number', least, most, whole: true, above: false } as const
  return single(`a whole number ${range(least, most)}`, kind, (item) => {
    const value = readNumber(item)
    return value !== undefined && Number.isInteger(value) && value >= least && value <= most
      ? value
      : undefined
  })
}

/** A number, of which `above` says that the lower limit itself is not allowed. */
export function real(least: number, most: number, { above = false } = {}): Argument<number> {
  const expected = above ? `a number above ${least}` : `a number ${range(least, most)}`
  const kind = { kind: 'number', least, most, whole: false, above } as const
  return single(expected, kind, (item) => {
    const value = readNumber(item)
    const fits = value !== undefined && value <= most && (above ? value > least : value >= least)
    return fits ? value : undefined
  })
}

/** Larger than any picture: what stands in a request as a length has to be a number that can be computed with. */
export const LONGEST = 10_000_000

function range(least: number, most: number): string {
  if (most < LONGEST) return `from ${least} to ${most}`
  if (least === -most) return 'of pixels'
  return least === 0 ? 'that is not negative' : `of at least ${least}`
}

/** One of some words; they are not case-sensitive. */
export function word<const Words extends readonly string[]>(
  ...words: Words
): Argument<Words[number]> {
  return single(listed(words), { kind: 'word', words }, (item) => {
    return words.find((each) => each.toLowerCase() === item.toLowerCase())
  })
}

function listed(words: readonly string[]): string {
  const [last = '', ...others] = words.toReversed()
  return others.length === 0 ? last : `${others.toReversed().join(', ')} or ${last}`
}

/** Yes or no; the reference writes 1 and 0, and `true` in one of its examples. */
export const flag: Argument<boolean> = single('0 or 1', { kind: 'flag' }, (item) => {
  if (/^(?:1|true|on)$/i.test(item)) return true
  return /^(?:0|false|off)$/i.test(item) ? false : undefined
})

/** A colour, which has commas of its own. */
export const colour: Argument<Colour> = {
  expected: COLOUR_EXPECTED,
  kind: { kind: 'colour' },
  take(items) {
    const taken = takeColour(items)
    return taken && { value: taken.colour, used: taken.used }
  },
}

/** The name of something, without a comma. */
export const name: Argument<string> = single('a name', { kind: 'text' }, (item) =>
  item === '' ? undefined : item,
)

/** All that is left, commas included. */
export const rest: Argument<string> = {
  expected: 'a text',
  kind: { kind: 'text' },
  take: (items) => ({ value: items.join(','), used: items.length }),
}

/** As many of an argument as there are, at least `least`. */
export function several<T>(each: Argument<T>, least: number): Argument<readonly T[]> {
  return {
    expected: `${each.expected}, several of them between commas`,
    kind: each.kind,
    take(items) {
      const values: T[] = []
      let used = 0
      while (used < items.length) {
        const taken = each.take(items.slice(used))
        if (!taken) return undefined
        values.push(taken.value)
        used += taken.used
      }
      return values.length < least ? undefined : { value: values, used }
    },
  }
}

/** An argument that may be left out, or be empty between two commas. */
export function optional<T, const D>(argument: Argument<T>, value: D): Argument<T | D> {
  return { ...argument, otherwise: { value } }
}
