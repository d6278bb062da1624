import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import type { NamedFiles } from '../../home/home-files.ts'
import { setAside } from '../../home/set-aside.ts'
import { count, type Finding, remark, sound, wrong } from './finding.ts'

/** How long a service may hold a database, in milliseconds. */
const TIMEOUT_MS = 5000

const rowSchema = z.object({ name: z.string(), size: z.nullable(z.int()) })

const UNFINISHED = '.unfinished'

/**
 * Looks whether each file is there that rows name, as large as they say, and no others.
 *
 * @param isRunning - whether a service goes on to add and remove some
 */
export function* checkNamedFiles(
  home: string,
  { what, database, folder: within, query }: NamedFiles,
  isRunning: boolean,
): Generator<Finding> {
  const folder = path.join(home, within)
  const file = path.join(home, database)
  if (!existsSync(folder) || !existsSync(file)) return
  const unknown = new Set(readdirSync(folder))
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(file, { readOnly: true, timeout: TIMEOUT_MS })
    const select = connection.prepare(query)
    const rows = function* () {
      for (const row of select.iterate()) yield rowSchema.parse(row)
    }
    let known = 0
    let damaged = new Set<string>()
    for (const row of rows()) {
      known += 1
      unknown.delete(row.name)
      if (!isThere(folder, row)) damaged.add(row.name)
    }
    // A service may have removed some, the row first.
    if (damaged.size > 0) {
      const still = new Set<string>()
      for (const row of rows()) {
        if (damaged.has(row.name) && !isThere(folder, row)) still.add(row.name)
      }
      damaged = still
    }
    for (const name of [...damaged].slice(0, 1)) {
      yield wrong(
        `${path.join(folder, name)}, ${what}, is missing or has another size, as ${damaged.size} of ${known}; it should be brought back by npm run restore, or uploaded again.`,
      )
    }
    if (damaged.size === 0 && known > 0) {
      yield sound(`Each of ${count(known, 'file')} in ${folder} is there and has its size.`)
    }
  } catch {
    // The databases are looked at by themselves.
    return
  } finally {
    connection?.close()
  }
  // What a service has just written is not in its database yet.
  const left = isRunning ? [] : [...unknown].filter((name) => !name.endsWith(UNFINISHED))
  if (left.length === 0) return
  yield remark(
    `${count(left.length, 'file')} in ${folder}, such as ${left[0]}, ${left.length === 1 ? 'is' : 'are each'} not ${what}, since nothing names ${left.length === 1 ? 'it' : 'them'}; the next start sets ${left.length === 1 ? 'it' : 'them'} aside.`,
    {
      action: `Set ${count(left.length, 'file')} of ${folder} aside`,
      isAlone: true,
      run: () => setAside(folder, left, { what: 'nothing names', log: { warn: () => undefined } }),
    },
  )
}

function isThere(folder: string, { name, size }: z.infer<typeof rowSchema>): boolean {
  const found = statSync(path.join(folder, name), { throwIfNoEntry: false })
  return found !== undefined && (size === null || found.size === size)
}
