import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { openPrivateJson, writePrivateFile } from '../../src/home/private-file.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const schema = z.object({ key: z.string() })

describe('a private file', () => {
  const folder = useTemporaryFolder()

  it('may be read by its owner alone, and leaves no draft', async () => {
    const file = folder.pathTo('secret')
    await writePrivateFile(file, 'one')
    await writePrivateFile(file, 'two')
    assert.equal(readFileSync(file, 'utf8'), 'two')
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(path.dirname(file)), ['secret'])
  })

  it('is made at the first start and read at every other', async () => {
    const file = folder.pathTo('made.json')
    const made = await openPrivateJson(file, schema, async () => ({ key: 'a' }))
    assert.deepEqual(made, { key: 'a' })
    assert.deepEqual(await openPrivateJson(file, schema, never), { key: 'a' })
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  it('is not there when it could not be made', async () => {
    const file = folder.pathTo('unmade.json')
    await assert.rejects(openPrivateJson(file, schema, unlucky), { message: 'no luck' })
    assert.deepEqual(await openPrivateJson(file, schema, async () => ({ key: 'b' })), { key: 'b' })
  })

  it('gets what an older version did not write, and keeps what it did', async () => {
    const file = folder.pathTo('older.json')
    const newer = z.object({ key: z.string(), added: z.string() })
    writeFileSync(file, '{"key":"mine"}')
    const expected = { key: 'mine', added: 'new' }
    assert.deepEqual(await openPrivateJson(file, newer, never, complete), expected)
    assert.deepEqual(await openPrivateJson(file, newer, never), expected)
  })

  for (const text of ['', '{}', '[]', '{"added":"a","key":5}', '{"key":5}']) {
    it(`is not completed when it holds ${text || 'nothing'}`, async () => {
      const file = folder.pathTo('uncompleted.json')
      writeFileSync(file, text)
      await assert.rejects(openPrivateJson(file, schema, never, never), {
        message: `${file} is damaged; delete it to have it made anew.`,
      })
    })
  }

  for (const text of ['', '{', '[]', 'null', '{"key":5}', '{}']) {
    it(`is never replaced when it holds ${text || 'nothing'}, but named`, async () => {
      const file = folder.pathTo('damaged.json')
      writeFileSync(file, text)
      await assert.rejects(openPrivateJson(file, schema, never), {
        message: `${file} is damaged; delete it to have it made anew.`,
      })
      assert.equal(readFileSync(file, 'utf8'), text)
    })
  }
})

async function complete(kept: object): Promise<object> {
  return { key: 'new', added: 'new', ...kept }
}

async function never(): Promise<never> {
  return assert.fail('it is there already')
}

async function unlucky(): Promise<never> {
  return assert.fail('no luck')
}
