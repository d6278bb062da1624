/** What can be written at a place of a request, and what that is which is written there. */
import {
  COMMANDS,
  type CommandName,
  findCommand,
} from '../../../src/image-serving/commands/commands.ts'
import { type ArgumentField, fieldsOf } from './argument-fields.ts'
import { readLines } from './command-lines.ts'
import { labWords as words } from './lab-words.ts'
import { startOf } from './line-edits.ts'

/** A preset that a request can name. */
export interface NamedPreset {
  readonly name: string
  readonly commands: string
}

/** Something that can be written. */
export interface QuerySuggestion {
  readonly label: string
  /** Behind it, in small: its arguments. */
  readonly detail: string
  /** What it is, in a sentence or two; empty when that goes without saying. */
  readonly info: string
  readonly insert: string
}

/** What can be written in place of a piece of the text. */
export interface QuerySuggestions {
  readonly from: number
  readonly to: number
  readonly options: readonly QuerySuggestion[]
}

/** The commands of the table, by name. */
export const COMMAND_NAMES: readonly CommandName[] = Object.keys(COMMANDS).flatMap(
  (name) => findCommand(name) ?? [],
)

/** What can be written at an offset of a request of one command a line. */
export function completeQuery(
  text: string,
  offset: number,
  presets: readonly NamedPreset[],
): QuerySuggestions | undefined {
  const from = startOfLine(text, offset)
  const before = text.slice(from, offset)
  const end = text.indexOf('\n', offset)
  const line = text.slice(from, end === -1 ? text.length : end)
  const equals = line.indexOf('=')
  if (equals === -1) {
    const options = [...openers(), ...commands(), ...macros(presets)]
    return { from, to: from + line.length, options }
  }
  // Behind a name that has a value already nothing is put in.
  if (equals >= before.length) return undefined
  const command = findCommand(line.slice(0, equals).trim())
  if (command === undefined) return undefined
  const value = line.slice(equals + 1)
  const item = before.slice(equals + 1).split(',').length - 1
  const offered = wordsOf(fieldAt(fieldsOf(command, value), item))
  if (offered.length === 0) return undefined
  const start = from + Math.max(before.lastIndexOf('='), before.lastIndexOf(',')) + 1
  const [written = ''] = text.slice(start, from + line.length).split(',', 1)
  return {
    from: start,
    to: start + written.length,
    options: offered.map((label) => ({ label, detail: '', info: '', insert: label })),
  }
}

function startOfLine(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** The field in which an item between commas stands; a colour may have several. */
function fieldAt(fields: readonly ArgumentField[], item: number): ArgumentField | undefined {
  let items = 0
  return fields.find(({ text }) => {
    items += text.split(',').length
    return item < items
  })
}

function wordsOf(field: ArgumentField | undefined): readonly string[] {
  if (field === undefined) return []
  const { kind, label } = field
  if (kind.kind === 'word') return kind.words
  if (kind.kind === 'flag') return ['0', '1']
  // What the usage counts up, though others are taken as well.
  return kind.kind === 'text' && /^\w+(?:\|\w+)+$/.test(label) ? label.split('|') : []
}

function commands(): readonly QuerySuggestion[] {
  return COMMAND_NAMES.map((name) => {
    const { usage, sentence } = COMMANDS[name]
    return {
      label: name,
      detail: usage,
      info: explain(name, sentence),
      insert: `${name}=${startOf(name)}`,
    }
  })
}

function explain(name: CommandName, sentence: string): string {
  const entry = COMMANDS[name]
  return 'differs' in entry && typeof entry.differs === 'string'
    ? `${sentence} ${entry.differs}`
    : sentence
}

function openers(): readonly QuerySuggestion[] {
  return [
    { label: 'layer', detail: words.layerUsage, info: words.layerSentence, insert: 'layer=1' },
    { label: 'effect', detail: words.effectUsage, info: words.effectSentence, insert: 'effect=-1' },
  ]
}

function macros(presets: readonly NamedPreset[]): readonly QuerySuggestion[] {
  return presets.map(({ name, commands: info }) => ({
    label: `$${name}$`,
    detail: words.preset,
    info,
    insert: `$${name}$`,
  }))
}

/** What is written in the line at an offset: its command and what there is to say of it. */
export function describeQuery(
  text: string,
  offset: number,
): { readonly from: number; readonly to: number; readonly info: string } | undefined {
  const from = startOfLine(text, offset)
  const index = text.slice(0, from).split('\n').length - 1
  const line = readLines(text)[index]
  if (line?.command === undefined) return undefined
  const { usage, sentence } = COMMANDS[line.command]
  return {
    from,
    to: from + (text.slice(from).split('\n', 1)[0] ?? '').length,
    info: `${line.command}=${usage} – ${explain(line.command, sentence)}`,
  }
}
