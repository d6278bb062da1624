import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { openSqliteFile } from '../../src/home/sqlite-file.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const FIRST = 'CREATE TABLE IF NOT EXISTS notes (text TEXT NOT NULL)'
const SECOND = "ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'"

describe('a SQLite file', () => {
  const folder = useTemporaryFolder()
  let file: string
  let files = 0
  beforeEach(() => {
    file = folder.pathTo(`${files++}.sqlite`)
  })

  function open(...migrations: string[]) {
    return openSqliteFile(file, { migrations, synchronous: 'NORMAL' })
  }

  function read(): unknown {
    const database = new DatabaseSync(file)
    const rows = database.prepare('SELECT * FROM notes').all()
    const version = database.prepare('PRAGMA user_version').get()?.['user_version']
    database.close()
    return { version, rows: rows.map((row) => ({ ...row })) }
  }

  it('has every migration when it is new', () => {
    open(FIRST, SECOND).close()
    assert.deepEqual(read(), { version: 2, rows: [] })
  })

  it('gets those that it has not had, once, and keeps what is in it', () => {
    const first = open(FIRST)
    first.exec("INSERT INTO notes VALUES ('a')")
    first.close()
    open(FIRST, SECOND).close()
    open(FIRST, SECOND).close()
    assert.deepEqual(read(), { version: 2, rows: [{ text: 'a', author: 'nobody' }] })
  })

  it('that was made before there were versions counts as new', () => {
    const older = new DatabaseSync(file)
    older.exec(`${FIRST}; INSERT INTO notes VALUES ('a')`)
    older.close()
    open(FIRST, SECOND).close()
    assert.deepEqual(read(), { version: 2, rows: [{ text: 'a', author: 'nobody' }] })
  })

  it('stays as it was when a migration fails', () => {
    open(FIRST).close()
    assert.throws(() => open(FIRST, SECOND, 'CREATE TABLE notes (text TEXT)'), {
      message: `${file} cannot be used: table notes already exists.`,
    })
    assert.deepEqual(read(), { version: 1, rows: [] })
  })

  it('is refused when a newer version has made it', () => {
    open(FIRST, SECOND).close()
    assert.throws(() => open(FIRST), {
      message: `${file} cannot be used: a newer version of Darkroom has made it.`,
    })
  })
})
