import { nearestName } from '../../base/nearest-name.ts'
import type { Command } from './command.ts'
import { LAYER_COMMANDS } from './layer-commands.ts'
import { PIXEL_COMMANDS } from './pixel-commands.ts'
import { REQUEST_COMMANDS } from './request-commands.ts'
import { VIEW_COMMANDS } from './view-commands.ts'

/**
 * All commands of Image Serving that are served, by their names: how they are read, to what they apply, and what there is to
 * say of them. What a request may be, its refusals, the documents and the completion of the page come of this.
 */
export const COMMANDS = {
  ...REQUEST_COMMANDS,
  ...VIEW_COMMANDS,
  ...LAYER_COMMANDS,
  ...PIXEL_COMMANDS,
} as const

export type CommandName = keyof typeof COMMANDS

/** What each command is read into. */
export type CommandValues = {
  readonly [Name in CommandName]: (typeof COMMANDS)[Name] extends Command<infer Value>
    ? Value
    : never
}

const BY_NAME: ReadonlyMap<string, CommandName> = new Map(
  keysOf(COMMANDS).map((name) => [name.toLowerCase(), name]),
)

/** The command of a name, which is not case-sensitive; undefined for what is none. */
export function findCommand(name: string): CommandName | undefined {
  return BY_NAME.get(name.toLowerCase())
}

/** The command that somebody may have meant; undefined when none is near. */
export function nearestCommand(name: string): string | undefined {
  return nearestName(name, [...Object.keys(COMMANDS), 'layer', 'effect'])
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record).filter((key): key is Key => Object.hasOwn(record, key))
}
