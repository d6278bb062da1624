import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openPageDatabase } from '../../../src/doors/page/page-database.ts'
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
