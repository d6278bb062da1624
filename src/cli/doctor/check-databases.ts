import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { StateDatabase } from '../../compose/state-files.ts'
import { openSqliteFile } from '../../home/sqlite-file.ts'
import { count, type Finding, inUnits, remark, sound, wrong } from './finding.ts'

/** How long a service may hold a file, in milliseconds. */
const TIMEOUT_MS = 5000

/** How much of a file may be empty, in bytes and as a part of it, before it is worth to be written anew. */
const MOST_EMPTY = { bytes: 20e6, part: 0.25 }

/** Looks whether the SQLite files of a state folder are whole, and of a version that this one knows. */
export function* checkDatabases(
  home: string,
  databases: readonly StateDatabase[],
): Generator<Finding> {
  let whole = 0
  for (const { name, migrations } of databases) {
    const file = path.join(home, name)
    if (!existsSync(file)) continue
    const findings = [...checkDatabase(file, migrations)]
    if (findings.every(({ state }) => state !== 'wrong')) whole += 1
    yield* findings
  }
  if (whole > 0) yield sound(`${count(whole, 'database')} ${whole === 1 ? 'is' : 'are'} whole.`)
}

function* checkDatabase(file: string, migrations: readonly string[]): Generator<Finding> {
  const remedy =
    'it should be brought back by npm run restore, or moved away to begin without what is in it'
  let connection: DatabaseSync | undefined
  try {
    connection = new DatabaseSync(file, { readOnly: true, timeout: TIMEOUT_MS })
    const ask = (pragma: string): unknown =>
      Object.values(connection?.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
    const said = ask('integrity_check(1)')
    if (said !== 'ok') {
      yield wrong(`${file} is damaged (${String(said)}); ${remedy}.`)
      return
    }
    const version = Number(ask('user_version'))
    if (version > migrations.length) {
      yield wrong(
        `${file} was made by a newer version of Darkroom (${version}, known are ${migrations.length}); it should be used with that one.`,
      )
      return
    }
    if (version < migrations.length) {
      yield remark(
        `${file} was made by an older version of Darkroom; the next start brings it up to date.`,
      )
    }
    const empty = Number(ask('freelist_count')) * Number(ask('page_size'))
    const { size } = statSync(file)
    if (empty > MOST_EMPTY.bytes && empty > size * MOST_EMPTY.part) {
      yield remark(`${file} has ${inUnits(empty)} in it that are empty, of ${inUnits(size)}.`, {
        action: `Write ${file} anew without them`,
        isAlone: true,
        run: async () => vacuum(file, migrations),
      })
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    yield why.includes('locked')
      ? wrong(`${file} is held by another process; it should be looked at when that has ended.`)
      : wrong(`${file} cannot be read (${why}); ${remedy}.`)
  } finally {
    connection?.close()
  }
}

function vacuum(file: string, migrations: readonly string[]): void {
  const connection = openSqliteFile(file, { migrations, synchronous: 'FULL' })
  try {
    connection.exec('VACUUM')
  } finally {
    connection.close()
  }
}
