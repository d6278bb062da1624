import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openPartFiles } from '../../src/storage/part-files.ts'
import { openPartIndex } from '../../src/storage/part-index.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { streamOf } from './storage-fixture.ts'

const NOTHING = {
  files: () => new Map<string, number>(),
  removed: () => new Set<string>(),
  forget: () => undefined,
}

describe('the files of parts', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'darkroom-parts-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('stay until the last holder lets go, however often another one does', async () => {
    const files = await openPartFiles(directory, NOTHING, collectLog())
    const { name, size } = await files.write(streamOf(['abc']), {})
    assert.equal(size, 3)
    const [letGo, letGoToo] = [files.hold([name]), files.hold([name])]
    await files.remove([name])
    await letGo()
    await letGo()
    assert.deepEqual(await readdir(directory), [name])
    await letGoToo()
    assert.deepEqual(await readdir(directory), [])
  })

  it('that stay without an order to delete them outlive their holders', async () => {
    const files = await openPartFiles(directory, NOTHING, collectLog())
    const { name } = await files.write(streamOf(['abc']), {})
    await files.hold([name])()
    assert.deepEqual(await readdir(directory), [name])
  })

  it('replaced as a whole over and over do not let the index grow', async () => {
    const path = join(directory, 'index.sqlite')
    const index = openPartIndex(path)
    const part = { size: 1, contentType: 'image/png', modified: 0, checksum: null }
    for (const file of ['one', 'two', 'three']) await index.add('a', { ...part, file }, undefined)
    index.close()
    const database = new DatabaseSync(path)
    const { uploads } = { ...database.prepare('SELECT count(*) AS uploads FROM uploads').get() }
    database.close()
    assert.equal(uploads, 1)
  })
})
