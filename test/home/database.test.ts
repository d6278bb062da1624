import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import { SERVICE_FILE_MIGRATIONS } from '../../src/database/service-database.ts'
import { type Database, openDatabase } from '../../src/home/database.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('The database', () => {
  const folder = useTemporaryFolder()
  let file: string
  let database: Database
  let files = 0

  beforeEach(() => {
    file = folder.pathTo(`${files++}.sqlite`)
    database = openDatabase(file, SERVICE_FILE_MIGRATIONS)
  })
  afterEach(() => database.close())

  const insert = (id: string) =>
    database
      .prepare('INSERT INTO registrations (id, client_id, org_id) VALUES (?, ?, ?)')
      .run(id, id, 'org')
  const ids = (opened: Pick<Database, 'prepare'> = database) =>
    opened
      .prepare('SELECT id FROM registrations ORDER BY id')
      .all()
      .map((row) => z.object({ id: z.string() }).parse(row).id)
  const broken = new Error('broken')

  it('resolves with what the work returned', async () => {
    assert.equal(await database.write(() => 7), 7)
  })

  it('has written when it resolves', async () => {
    await database.write(() => insert('a'))
    await database.close()
    database = openDatabase(file, SERVICE_FILE_MIGRATIONS)
    assert.deepEqual(ids(), ['a'])
  })

  it('writes all of a work or nothing', async () => {
    const work = () => {
      insert('a')
      insert('b')
      throw broken
    }
    await assert.rejects(database.write(work), broken)
    assert.deepEqual(ids(), [])
  })

  it('does not let a failing work hurt the others of the same commit', async () => {
    const written = await Promise.allSettled([
      database.write(() => insert('a')),
      database.write(() => {
        insert('b')
        throw broken
      }),
      database.write(() => insert('c')),
      // Twice the same key.
      database.write(() => insert('a')),
      database.write(() => insert('d')),
    ])
    assert.deepEqual(
      written.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(ids(), ['a', 'c', 'd'])
  })

  it('works on after a work that failed', async () => {
    const work = () => {
      throw broken
    }
    await assert.rejects(database.write(work), broken)
    await database.write(() => insert('a'))
    assert.deepEqual(ids(), ['a'])
  })

  it('runs works in the order in which they were given', async () => {
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => database.write(() => order.push(index))),
    )
    assert.deepEqual(
      order,
      Array.from({ length: 100 }, (_, index) => index),
    )
  })

  it('tells everybody of a commit that the disk refused, and works on', async () => {
    // A constraint that is checked only at the commit stands for a full disk.
    database
      .prepare('CREATE TABLE late (id TEXT REFERENCES registrations DEFERRABLE INITIALLY DEFERRED)')
      .run()
    const refused = await Promise.allSettled([
      database.write(() => insert('a')),
      database.write(() => database.prepare("INSERT INTO late VALUES ('nowhere')").run()),
    ])
    assert.deepEqual(
      refused.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    await database.write(() => insert('b'))
    assert.deepEqual(ids(), ['b'])
  })

  it('shows nobody what is not committed, and may never be', async () => {
    database
      .prepare('CREATE TABLE late (id TEXT REFERENCES registrations DEFERRABLE INITIALLY DEFERRED)')
      .run()
    let seen: unknown
    await Promise.allSettled([
      database.write(() => {
        insert('a')
        queueMicrotask(() => {
          seen = ids()
        })
      }),
      database.write(() => database.prepare("INSERT INTO late VALUES ('nowhere')").run()),
    ])
    assert.deepEqual(seen, [])
  })

  it('commits what is queued when it closes', async () => {
    const written = [database.write(() => insert('a')), database.write(() => insert('b'))]
    await database.close()
    await Promise.all(written)
    database = openDatabase(file, SERVICE_FILE_MIGRATIONS)
    assert.deepEqual(ids(), ['a', 'b'])
  })

  it('rejects what is written after it closed', async () => {
    await database.close()
    await assert.rejects(
      database.write(() => 1),
      /not open/,
    )
  })

  it('tells by writing whether the disk takes anything, and changes nothing', async () => {
    await database.write(() => insert('a'))
    const log = `${file}-wal`
    const before = statSync(log).size
    await database.tryWriting()
    assert.ok(statSync(log).size > before)
    assert.deepEqual(ids(), ['a'])
    await database.close()
    await assert.rejects(database.tryWriting(), /not open/)
  })

  it('can be read by others, who hold up nobody and see it as it was when they began', async () => {
    await database.write(() => insert('a'))
    const reader = new DatabaseSync(file, { readOnly: true })
    reader.exec('BEGIN')
    assert.deepEqual(ids(reader), ['a'])
    await database.write(() => insert('b'))
    assert.deepEqual(ids(reader), ['a'])
    reader.exec('COMMIT')
    assert.deepEqual(ids(reader), ['a', 'b'])
    reader.close()
  })

  it('may be opened again after it closed', async () => {
    await database.write(() => insert('a'))
    await database.close()
    for (let life = 0; life < 3; life++) {
      database = openDatabase(file, SERVICE_FILE_MIGRATIONS)
      assert.deepEqual(ids(), ['a'])
      await database.close()
    }
  })

  it('refuses a damaged file with one sentence', async () => {
    const damaged = folder.pathTo('damaged.sqlite')
    await writeFile(damaged, 'This is not a database. '.repeat(100))
    assert.throws(() => openDatabase(damaged, SERVICE_FILE_MIGRATIONS), {
      message: `${damaged} cannot be used: file is not a database.`,
    })
  })

  it('refuses a folder that is not there with one sentence', () => {
    const nowhere = folder.pathTo('nowhere/a.sqlite')
    assert.throws(() => openDatabase(nowhere, SERVICE_FILE_MIGRATIONS), {
      message: `${nowhere} cannot be used: unable to open database file.`,
    })
  })
})
