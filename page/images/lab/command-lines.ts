/** What the lines of a request say, each with its place, and what is to be said of it. */
import { readValue } from '../../../src/image-serving/commands/command.ts'
import {
  COMMANDS,
  type CommandName,
  findCommand,
  nearestCommand,
} from '../../../src/image-serving/commands/commands.ts'
import {
  IGNORED_COMMANDS,
  REFUSED_COMMANDS,
} from '../../../src/image-serving/commands/refused-commands.ts'
import { RequestError } from '../../../src/image-serving/request-error.ts'
import { splitCommands } from '../../../src/image-serving/syntax/split-commands.ts'
import { isNested, readEncoded } from './encode-value.ts'
import { labWords as words } from './lab-words.ts'
import { type Place, PlaceFinder, samePlace } from './line-places.ts'

/** A line of a request. */
export interface CommandLine {
  /** Which line it is, from 0. */
  readonly index: number
  readonly text: string
  readonly kind: 'command' | 'open' | 'macro' | 'variable' | 'comment' | 'empty'
  /** As it is written: of the command, preset or variable. */
  readonly name: string
  /** Decoded; undefined when there is no `=`. */
  readonly value: string | undefined
  /** The command of the table that it is. */
  readonly command?: CommandName | undefined
  readonly place: Place
  /** Why it cannot be answered, in a sentence. */
  readonly problem?: string | undefined
  /** What else there is to say of it: that it changes nothing, and why. */
  readonly remark?: string | undefined
}

/** Reads the lines of a request. */
export function readLines(text: string): readonly CommandLine[] {
  const places = new PlaceFinder()
  const lines = text.split('\n').map((line, index) => readLine(line, index, places))
  return lines.map((line) => {
    if (line.command === undefined || line.remark !== undefined) return line
    const again = lines.find(
      (other) =>
        other.index > line.index &&
        other.command === line.command &&
        samePlace(other.place, line.place),
    )
    return again === undefined ? line : { ...line, remark: words.again(again.index + 1) }
  })
}

function readLine(written: string, index: number, places: PlaceFinder): CommandLine {
  const text = written.trim()
  const [piece] = splitCommands(text)
  const bare = { index, text, name: '', value: undefined, place: places.current }
  if (!piece) return { ...bare, kind: text === '' ? 'empty' : 'comment' }
  if (piece.kind === 'macro') return { ...bare, kind: 'macro', name: piece.name }
  const value = piece.value === undefined ? undefined : readEncoded(piece.value)
  const named = { ...bare, name: piece.name, value }
  if (piece.kind === 'variable') return { ...named, kind: 'variable' }
  if (/^(?:layer|effect)$/i.test(piece.name)) {
    const problem = places.open(piece.name.toLowerCase(), piece.value ?? '')
    return { ...named, kind: 'open', place: places.current, problem }
  }
  const command = findCommand(piece.name)
  if (command === undefined) return { ...named, kind: 'command', ...sayOfOther(piece.name) }
  const place = places.placeOf(command)
  if (place === undefined) return { ...named, kind: 'command', remark: words.notOfEffects }
  return { ...named, kind: 'command', command, place, problem: problemOf(command, value) }
}

/** What is wrong with a value by itself; what a variable stands for is not known here. */
function problemOf(command: CommandName, value: string | undefined): string | undefined {
  if (value !== undefined && (/\$[^$]+\$/.test(value) || isNested(value))) return undefined
  try {
    readValue<unknown>(COMMANDS[command], value)
    return undefined
  } catch (error) {
    if (error instanceof RequestError) return error.message
    throw error
  }
}

function sayOfOther(name: string): Pick<CommandLine, 'problem' | 'remark'> {
  const find = (reasons: Readonly<Record<string, string>>): [string, string] | undefined =>
    Object.entries(reasons).find(([each]) => each.toLowerCase() === name.toLowerCase())
  const [refused, instead = ''] = find(REFUSED_COMMANDS) ?? []
  if (refused !== undefined) return { problem: words.refused(refused, instead) }
  const [ignored, why = ''] = find(IGNORED_COMMANDS) ?? []
  return {
    remark: ignored === undefined ? words.unknown(name, nearestCommand(name)) : words.ignored(why),
  }
}
