import { RequestError } from '../request-error.ts'
import type { Argument } from './arguments.ts'

/** To what a command applies, by the groups of Adobe's overview of commands. */
export type Level =
  /** To the whole request, wherever it stands; and what happens to the finished view. */
  | 'request'
  | 'view'
  /** To the layer whose segment it stands in, and outside of any to all layers together. */
  | 'layer'
  /** To the layer whose segment it stands in, and outside of any to layer 0. */
  | 'layer 0'

/** Reads the next argument of a command. */
export type Take = <T>(argument: Argument<T>) => T

/** What there is to know of a command; `Value` is what its arguments are read into. */
export interface Command<Value> {
  /** As the reference writes it. */
  readonly name: string
  readonly level: Level
  /** Its arguments, as the reference writes them: `width,height`, `lr|ud|lrud`. */
  readonly usage: string
  /** What it does, in a sentence for whoever writes a request. */
  readonly sentence: string
  /** Whether layer effects take it, too. */
  readonly ofEffects?: boolean
  /** What is not like Adobe's, in sentences. */
  readonly differs?: string
  /** Takes its arguments, one after the other, and says what they mean. */
  readonly read: (take: Take) => Value
}

/** Checks an entry of the table; what it reads is told by its type. */
export function command<Value>(entry: Command<Value>): Command<Value> {
  return entry
}

/**
 * Reads the value of a command.
 *
 * @param value - decoded; undefined when there is no `=`
 * @throws {@link RequestError} saying what is wrong with it and what would be right
 */
export function readValue<Value>(entry: Command<Value>, value: string | undefined): Value {
  const { name, usage } = entry
  const items = (value ?? '').split(',')
  let used = 0
  const result = entry.read(({ take, expected, otherwise }) => {
    const left = items.slice(used)
    const [first] = left
    if (otherwise && (first === undefined || first.trim() === '')) {
      used += 1
      return otherwise.value
    }
    const taken = first === undefined ? undefined : take(left)
    if (!taken) {
      const written = value === undefined ? `${name} without a value` : `${name}=${shorten(value)}`
      throw new RequestError(
        `${written} is not ${name}=${usage}: ${describe(first)} must be ${expected}.`,
        name,
      )
    }
    used += taken.used
    return taken.value
  })
  if (used < items.length) {
    throw new RequestError(
      `${name}=${shorten(value ?? '')} has more values than ${name}=${usage}.`,
      name,
    )
  }
  return result
}

function describe(item: string | undefined): string {
  if (item === undefined) return 'what is missing at the end'
  return item.trim() === '' ? 'what is missing' : `"${shorten(item.trim())}"`
}

const LONGEST_SHOWN = 60

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
