import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeBackup } from '../../../src/home/backup/write-backup.ts'
import type { HomeFiles } from '../../../src/home/home-files.ts'
import { openSqliteFile } from '../../../src/home/sqlite-file.ts'

/** The files of a small home: one database, whose rows name files. */
export const FILES: HomeFiles = {
  databases: ['things/index.sqlite', 'things/absent.sqlite'],
  named: [
    {
      what: 'the file of a thing',
      database: 'things/index.sqlite',
      folder: 'things/files',
      query: 'SELECT name, size FROM things',
    },
  ],
  isPassing: (name) => name === 'work' || name.endsWith('.lock'),
}

/** A small home, in which somebody works. */
export interface SmallHome {
  home: string
  database: DatabaseSync
  /** Adds a thing with its file, as a service does. */
  add: (name: string, text: string) => void
}

/** Makes one, whose database is open and has not been written from its log. */
export function makeHome(home: string): SmallHome {
  mkdirSync(path.join(home, 'things/files'), { recursive: true, mode: 0o700 })
  mkdirSync(path.join(home, 'code/bin'), { recursive: true })
  mkdirSync(path.join(home, 'work'))
  writeFileSync(path.join(home, 'keys.json'), '{"secret":"s"}', { mode: 0o644 })
  writeFileSync(path.join(home, 'empty.txt'), '')
  writeFileSync(path.join(home, 'work/passing.txt'), 'passing')
  writeFileSync(path.join(home, 'code/run'), '#!/bin/sh\n', { mode: 0o755 })
  symlinkSync('../run', path.join(home, 'code/bin/run'))
  const database = openSqliteFile(path.join(home, 'things/index.sqlite'), {
    migrations: ['CREATE TABLE things (name TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT'],
    synchronous: 'NORMAL',
  })
  const insert = database.prepare('INSERT INTO things VALUES (?, ?)')
  function add(name: string, text: string): void {
    writeFileSync(path.join(home, 'things/files', name), text)
    insert.run(name, text.length)
  }
  add('first', 'one')
  // Longer than what is read at once.
  add('second', 'two'.repeat(500_000))
  return { home, database, add }
}

/** Backs a small home up. */
export function backUp(home: string, file: string, signal = new AbortController().signal) {
  return writeBackup({ home, file, files: FILES, version: '1.2.3', now: () => 0, signal })
}
