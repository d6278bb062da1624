/**
 * Schemas for values that a processing profile of AEM may have turned into texts: "200" is as good as 200, "true" as
 * true, and '{"x": 1}' as the object. The message of a schema completes the sentence "… must be …".
 */
import * as z from 'zod/mini'
import { parseJson } from '../base/json.ts'

/** An instruction as its sender meant it: objects are parsed, and a field left empty is one that is not there. */
export function unpackText(value: unknown): unknown {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return undefined
  return typeof value === 'string' && /^\s*[{[]/.test(value) ? (parseJson(value) ?? value) : value
}

interface Limits {
  min?: number
  max?: number
  /** What would be right, such as "a whole number, 1 to 100". */
  expected: string
}

/** A whole number. */
export function wholeNumber({ expected, ...limits }: Limits): z.ZodMiniType<number> {
  return z.pipe(
    z.transform(toNumber),
    z.int({ error: expected }).check(...within(limits, expected)),
  )
}

/** Any number. */
export function number({ expected, ...limits }: Limits): z.ZodMiniType<number> {
  return z.pipe(
    z.transform(toNumber),
    z.number({ error: expected }).check(...within(limits, expected)),
  )
}

/** Yes or no. */
export function flag(): z.ZodMiniType<boolean> {
  const words: Readonly<Record<string, boolean>> = { true: true, false: false }
  return z.pipe(
    z.transform((value) =>
      typeof value === 'string' ? (words[value.trim().toLowerCase()] ?? value) : value,
    ),
    z.boolean({ error: 'true or false' }),
  )
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value)
    ? Number(value)
    : value
}

function within({ min, max }: { min?: number; max?: number }, error: string) {
  return [
    ...(min === undefined ? [] : [z.gte(min, { error })]),
    ...(max === undefined ? [] : [z.lte(max, { error })]),
  ]
}
