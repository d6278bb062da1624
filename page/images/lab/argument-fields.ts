/** The arguments of a command as fields, told by the table of commands itself. */
import type { Argument, ArgumentKind } from '../../../src/image-serving/commands/arguments.ts'
import { COMMANDS, type CommandName } from '../../../src/image-serving/commands/commands.ts'

/** An argument of a command. */
export interface ArgumentField {
  /** As the usage of the command calls it: `width`, `uniform|gaussian`. */
  readonly label: string
  readonly kind: ArgumentKind
  /** Whether it may be left out. */
  readonly optional: boolean
  /** As it is written, without the comma behind it; empty when it is left out. */
  readonly text: string
}

/**
 * The fields of a command, filled with what its value says. What is wrong in one of them stands there as it is. What may follow
 * can depend on what is before it, as the compressions of `fmt` do on the format.
 *
 * @param value - decoded; undefined for a command without one
 */
export function fieldsOf(name: CommandName, value: string | undefined): readonly ArgumentField[] {
  const { usage, read } = COMMANDS[name]
  const labels = usage.replaceAll(',…', '').split(',')
  const items = value === undefined || value === '' ? [] : value.split(',')
  const fields: ArgumentField[] = []
  let used = 0
  const take = <T>(argument: Argument<T>): T => {
    const { kind, otherwise } = argument
    const left = items.slice(used)
    const taken = takeFrom(argument, left)
    const text = taken === undefined ? (left[0] ?? '') : left.slice(0, taken.used).join(',')
    used += Math.min(taken?.used ?? 1, left.length)
    const label = labels[fields.length]
    // What the usage does not tell of is there for who has written it already.
    if (label !== undefined || text !== '') {
      fields.push({
        label: label ?? '',
        kind,
        optional: otherwise !== undefined,
        text: text.trim(),
      })
    }
    if (taken) return taken.value
    return otherwise === undefined ? exampleOf(argument) : otherwise.value
  }
  try {
    read(take)
  } catch {
    // The values do not go together; the fields of all of them are there by then.
  }
  return fields
}

function takeFrom<T>(argument: Argument<T>, left: readonly string[]) {
  if ((left[0] ?? '').trim() === '') return undefined
  try {
    return argument.take(left)
  } catch {
    return undefined
  }
}

/** Something that an argument may be; what stands behind it is read as if it were this. */
function exampleOf<T>(argument: Argument<T>): T {
  const taken = argument.take([exampleText(argument.kind)])
  if (!taken) throw new Error(`${argument.expected} has no example`)
  return taken.value
}

/** What a field says at first. */
export function exampleText(kind: ArgumentKind): string {
  if (kind.kind === 'number') return String(Math.min(Math.max(kind.least, 1), kind.most))
  if (kind.kind === 'word') return kind.words[0] ?? ''
  if (kind.kind === 'flag') return '1'
  return kind.kind === 'colour' ? 'ffffff' : 'name'
}

/** The value that fields say, with one of them changed; what is left out at the end has no commas. */
export function writeFields(
  fields: readonly ArgumentField[],
  position: number,
  text: string,
): string {
  const texts = fields.map((field, index) => (index === position ? text : field.text))
  return texts.join(',').replace(/,+$/, '')
}
