import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openPageDatabase, PAGE_MIGRATIONS } from '../../../src/doors/page/page-database.ts'
import { useHome } from '../../e2e/service-process.ts'

const OTHERS: [what: string, sql: string][] = [
  ['requests', 'CREATE TABLE requests (number INTEGER, id TEXT, pending INTEGER, document TEXT)'],
  ['sources', 'CREATE TABLE sources (number INTEGER, id TEXT)'],
  ['sources of a request', 'CREATE TABLE request_sources (source TEXT)'],
  ['profiles', 'CREATE TABLE profiles (name TEXT)'],
  ['journal', 'CREATE TABLE journal (place TEXT)'],
]

describe("the developer page's database", () => {
  const home = useHome()
  const file = path.join(home, 'devtool.sqlite')
  const refusal = {
    message: new RegExp(
      `^${file} cannot be used: .+; delete it to begin anew, without the history of the developer page\\.$`,
    ),
  }

  it('is refused with a sentence when it is none', async () => {
    await writeFile(file, 'hello')
    assert.throws(() => openPageDatabase(file), refusal)
  })

  it('has each request that knew of no run as one of its own', () => {
    const older = path.join(home, 'older.sqlite')
    const made = new DatabaseSync(older)
    for (const migration of PAGE_MIGRATIONS.slice(0, 2)) made.exec(migration)
    made.exec('PRAGMA user_version = 2')
    const insert = made.prepare('INSERT INTO requests (id, document) VALUES (?, ?)')
    insert.run('a', '{"id": "a", "renditions": [{}, {}]}')
    for (const [id, text] of [
      ['cut', '{"id": "cu'],
      ['number', '7'],
    ]) {
      insert.run(id ?? '', text ?? '')
    }
    made.close()
    const database = openPageDatabase(older)
    const rows = database.all('SELECT run, document FROM requests ORDER BY number')
    database.close()
    assert.deepEqual(
      rows.map((row) => ({ ...Object(row) })),
      [
        {
          run: 'a',
          document: JSON.stringify({
            id: 'a',
            renditions: [{}, {}],
            run: { id: 'a', position: 0, renditions: 2 },
          }),
        },
        { run: 'cut', document: '{"id": "cu' },
        { run: 'number', document: '7' },
      ],
    )
  })

  for (const [what, sql] of OTHERS) {
    it(`is refused with a sentence when another version has made its ${what}`, async () => {
      const other = path.join(home, `${what}.sqlite`)
      const made = new DatabaseSync(other)
      made.exec(sql)
      made.close()
      assert.throws(() => openPageDatabase(other), /cannot be used: .+; delete it to begin anew/)
    })
  }
})
