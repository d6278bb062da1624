import { ServiceError } from '../../../base/errors.ts'
import type { CatalogueDatabase, CatalogueWriting } from './catalogue-tables.ts'
import { isSegment } from './object-name.ts'

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
  readonly find: (company: string, name: string) => Promise<Preset | undefined>
  /** By their names. */
  readonly list: (company: string) => Promise<readonly Preset[]>
  /**
   * Keeps one, in place of another of its name. What the commands say is not looked at until a request uses them, since
   * Adobe’s own examples have values that no request may have.
   *
   * @throws {ServiceError} `invalid` when name or commands are not what they must be
   */
  readonly save: (company: string, preset: Omit<Preset, 'modified'>) => Promise<void>
  /** @returns whether there was one */
  readonly remove: (company: string, name: string) => Promise<boolean>
  /**
   * Has a listener told of each company whose presets have changed, once that is kept, whichever front end has done so; undefined when it
   * may be any.
   *
   * @returns what ends it
   */
  readonly listen: (listener: (company: string | undefined) => void) => () => void
}

/** The most letters of the commands (Adobe's page about image presets). */
const LONGEST_COMMANDS = 512
const LONGEST_NAME = 100

/** What is told of a company whose presets have changed. */
const TOPIC = 'presets'

/** What names are that differ in capital letters alone. */
export function keyOfPreset(name: string): string {
  return name.toLowerCase()
}

/** @param now - the clock, in milliseconds of the epoch */
export function createPresets(database: CatalogueDatabase, now: () => number): Presets {
  const { committed } = database
  const listeners = new Set<(company: string | undefined) => void>()
  const ofCompany = (company: string) =>
    committed
      .selectFrom('presets')
      .select(['key', 'name', 'commands', 'modified'])
      .where('company', '=', company)

  async function change<T>(
    company: string,
    work: (tables: CatalogueWriting) => Promise<T>,
  ): Promise<T> {
    const made = await database.write(async (tables) => {
      await database.tell(tables, TOPIC, company)
      return work(tables)
    })
    // They have heard of it when who has made it goes on.
    for (const listener of listeners) listener(company)
    return made
  }

  return {
    listen(listener) {
      listeners.add(listener)
      const unhear = database.hear(TOPIC, listener)
      return () => {
        listeners.delete(listener)
        unhear()
      }
    },
    async find(company, name) {
      if (!isSegment(company) || !isPresetName(name)) return undefined
      const row = await ofCompany(company).where('key', '=', keyOfPreset(name)).executeTakeFirst()
      return row && toPreset(row)
    },
    async list(company) {
      if (!isSegment(company)) return []
      const rows = await ofCompany(company).execute()
      return rows.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(toPreset)
    },
    async save(company, { name, commands }) {
      checkNames(company, name)
      const trimmed = trimCommands(commands)
      if (trimmed.length > LONGEST_COMMANDS) {
        throw new ServiceError(
          'invalid',
          `The commands of a preset have at most ${LONGEST_COMMANDS} letters, and these have ${trimmed.length}.`,
        )
      }
      if (trimmed.includes('\0')) {
        throw new ServiceError(
          'invalid',
          'The commands of a preset must not have the letter U+0000.',
        )
      }
      const kept = { name, commands: trimmed, modified: now() }
      await change(company, (tables) =>
        tables
          .insertInto('presets')
          .values({ company, key: keyOfPreset(name), ...kept })
          .onConflict((conflict) => conflict.columns(['company', 'key']).doUpdateSet(kept))
          .execute(),
      )
    },
    async remove(company, name) {
      if (!isSegment(company) || !isPresetName(name)) return false
      return change(company, async (tables) => {
        const { numDeletedRows } = await tables
          .deleteFrom('presets')
          .where('company', '=', company)
          .where('key', '=', keyOfPreset(name))
          .executeTakeFirst()
        return numDeletedRows > 0n
      })
    },
  }
}

function toPreset({ name, commands, modified }: Preset): Preset {
  return { name, commands, modified }
}

/** Adobe's samples have line breaks behind each `&`, and exports begin with one. */
function trimCommands(commands: string): string {
  return commands
    .split('&')
    .map((command) => command.trim())
    .filter((command) => command !== '')
    .join('&')
}

function isPresetName(name: string): boolean {
  return name.length <= LONGEST_NAME && /^[\w.-]+$/.test(name)
}

function checkNames(company: string, name: string): void {
  if (!isSegment(company)) {
    throw new ServiceError(
      'invalid',
      `${JSON.stringify(company.slice(0, 60))} is no name for a company: it must have no slashes.`,
    )
  }
  if (isPresetName(name)) return
  throw new ServiceError(
    'invalid',
    `The name of a preset has letters, digits, "-", "_" and ".", at most ${LONGEST_NAME} of them, and ${JSON.stringify(name.slice(0, 60))} is none.`,
  )
}
