import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import type { Database } from '../../../home/database.ts'

/** Commands that have a name: `$name$` in a request stands for them. */
export interface Preset {
  readonly name: string
  readonly commands: string
  /** In milliseconds of the epoch. */
  readonly modified: number
}

/** The presets of all companies. */
export interface Presets {
  /** Their names are not case-sensitive. */
  readonly find: (company: string, name: string) => Preset | undefined
  readonly list: (company: string) => readonly Preset[]
  /**
   * Keeps one, in place of another of its name. What the commands say is not looked at until a request uses them, since
   * Adobe’s own examples have values that no request may have.
   *
   * @throws {ServiceError} `invalid` when name or commands are not what they must be
   */
  readonly save: (company: string, preset: Omit<Preset, 'modified'>) => Promise<void>
  /** @returns whether there was one */
  readonly remove: (company: string, name: string) => Promise<boolean>
}

/** The most letters of the commands (Adobe's page about image presets). */
const LONGEST_COMMANDS = 512
const LONGEST_NAME = 100

const presetSchema = z.object({ name: z.string(), commands: z.string(), modified: z.number() })

/** @param now - the clock, in milliseconds of the epoch */
export function createPresets(database: Database, now: () => number): Presets {
  const select = database.prepare(
    'SELECT name, commands, modified FROM presets WHERE company = ? AND name = ?',
  )
  const selectAll = database.prepare(
    'SELECT name, commands, modified FROM presets WHERE company = ? ORDER BY name',
  )
  const insert = database.prepare(`
    INSERT INTO presets (company, name, commands, modified) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, commands = excluded.commands, modified = excluded.modified
  `)
  const drop = database.prepare('DELETE FROM presets WHERE company = ? AND name = ?')

  return {
    find(company, name) {
      const row = select.get(company, name)
      return row === undefined ? undefined : presetSchema.parse(row)
    },
    list: (company) => selectAll.all(company).map((row) => presetSchema.parse(row)),
    async save(company, { name, commands }) {
      checkName(name)
      const trimmed = trimCommands(commands)
      if (trimmed.length > LONGEST_COMMANDS) {
        throw new ServiceError(
          'invalid',
          `The commands of a preset have at most ${LONGEST_COMMANDS} letters, and these have ${trimmed.length}.`,
        )
      }
      await database.write(() => insert.run(company, name, trimmed, now()))
    },
    remove: (company, name) => database.write(() => Number(drop.run(company, name).changes) > 0),
  }
}

/** Adobe's samples have line breaks behind each `&`, and exports begin with one. */
function trimCommands(commands: string): string {
  return commands
    .split('&')
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .join('&')
}

function checkName(name: string): void {
  if (name.length <= LONGEST_NAME && /^[\w.-]+$/.test(name)) return
  throw new ServiceError(
    'invalid',
    `The name of a preset has letters, digits, "-", "_" and ".", at most ${LONGEST_NAME} of them, and ${JSON.stringify(name.slice(0, 60))} is none.`,
  )
}
