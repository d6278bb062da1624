import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { openServiceFile, type ServiceWriting } from '../../src/database/service-database.ts'
import { openDatabase } from '../../src/home/database.ts'
import { SWEPT_AT_ONCE } from '../../src/home/group-commit.ts'
import { openOrderStore } from '../../src/orders/order-store.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const TABLE = 'CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, filling BLOB) STRICT;'
const FILL = `INSERT INTO rows (filling) SELECT zeroblob(1000) FROM
  (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000) SELECT i FROM n)`

const OLD_ORDERS = 5000

describe('the files of a service that runs for long', () => {
  const folder = useTemporaryFolder()

  it('are small again when most of what was in them is swept, and everybody has had turns meanwhile', async () => {
    const { before, after, turns } = await sweep(folder.pathTo('new.sqlite'))
    assert.ok(before > 8_000_000, `${before} bytes before`)
    assert.ok(after < before / 3, `${before} bytes before, ${after} after`)
    assert.ok(turns > 8000 / SWEPT_AT_ONCE / 2, `${turns} turns`)
  })

  it('are so also when a version has made them that did not know how', async () => {
    const file = folder.pathTo('old.sqlite')
    const old = new DatabaseSync(file)
    old.exec(`PRAGMA journal_mode = WAL; ${TABLE} PRAGMA user_version = 1`)
    assert.deepEqual({ ...old.prepare('PRAGMA auto_vacuum').get() }, { auto_vacuum: 0 })
    old.close()
    const { before, after } = await sweep(file)
    assert.ok(after < before / 3, `${before} bytes before, ${after} after`)
  })

  it('are so at the next start when nobody swept them', async () => {
    const file = folder.pathTo('deleted.sqlite')
    const database = openDatabase(file, [TABLE])
    await database.write(() => database.prepare(FILL).run())
    await database.write(() => database.prepare('DELETE FROM rows').run())
    await database.close()
    const before = sizes(file)
    await openDatabase(file, [TABLE]).close()
    assert.ok(sizes(file) < before / 2, `${before} bytes before, ${sizes(file)} after`)
  })

  it('lose thousands of orders in steps that are short, and none that is young, open or of another door', async () => {
    const database = openServiceFile(folder.pathTo('orders.sqlite'))
    const time = { now: 1 }
    const orders = openOrderStore(database, () => time.now)
    async function accept(tables: ServiceWriting, door: string, isOpen = false): Promise<number> {
      const asked = { door, client: 'c', worker: 'w', items: [0] }
      const { id } = await orders.accept(tables, asked)
      if (!isOpen) await orders.end(tables, id, 0)
      return id
    }
    const kept = await database.write(async (tables) => [
      await accept(tables, 'one', true),
      await accept(tables, 'two'),
    ])
    await database.write(async (tables) => {
      for (let index = 0; index < OLD_ORDERS; index += 1) await accept(tables, 'one')
    })
    time.now = 2
    kept.push(await database.write((tables) => accept(tables, 'one')))
    const others = countTurns()
    await orders.sweep('one', 2)
    const steps = others.end()
    const left = await database.committed.selectFrom('orders').select('id').orderBy('id').execute()
    assert.deepEqual(
      left.map(({ id }) => id),
      kept,
    )
    assert.ok(steps >= OLD_ORDERS / SWEPT_AT_ONCE / 2, `others had ${steps} turns`)
    await database.close()
  })
})

/** Counts the turns that others have until it is ended. */
function countTurns(): { end: () => number } {
  let turns = 0
  let next = setImmediate(take)
  function take(): void {
    turns += 1
    next = setImmediate(take)
  }
  return {
    end() {
      clearImmediate(next)
      return turns
    },
  }
}

/** How much a file and its log take, in bytes. */
function sizes(file: string): number {
  return [file, `${file}-wal`].reduce(
    (sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
}

/** Opens a file, sweeps all but a few rows, and tells how large it was and is. */
async function sweep(file: string): Promise<{ before: number; after: number; turns: number }> {
  const database = openDatabase(file, [TABLE])
  await database.write(() => database.prepare(FILL).run())
  const before = sizes(file)
  const remove = database.prepare(
    'DELETE FROM rows WHERE id IN (SELECT id FROM rows WHERE id > 10 LIMIT ?)',
  )
  const others = countTurns()
  await database.sweep(() => Number(remove.run(SWEPT_AT_ONCE).changes) > 0)
  const turns = others.end()
  await database.close()
  return { before, after: sizes(file), turns }
}
