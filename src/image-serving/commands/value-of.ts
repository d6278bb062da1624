import type { Settings } from '../sort-commands.ts'
import { type Command, readValue } from './command.ts'
import { findCommand } from './commands.ts'

/**
 * What a command says among these settings.
 *
 * @returns undefined when it is not there
 * @throws {@link RequestError} as {@link readValue} does
 */
export function valueOf<Value>(settings: Settings, entry: Command<Value>): Value | undefined {
  const name = findCommand(entry.name)
  if (name === undefined || !settings.has(name)) return undefined
  return readValue(entry, settings.get(name))
}
