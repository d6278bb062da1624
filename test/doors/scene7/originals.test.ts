import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import {
  type Originals,
  type OriginalsElsewhere,
  openOriginals,
} from '../../../src/doors/scene7/catalogue/originals.ts'
import { openStorage, type Storage, keysOf, streamOf } from '../../storage/storage-fixture.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { collectLog } from '../asset-compute/gateway-fixture.ts'

describe('originals that are elsewhere', () => {
  const folder = useTemporaryFolder()
  let storage: Storage
  let originals: Originals
  const open = (elsewhere: OriginalsElsewhere) =>
    openOriginals(folder.pathTo('originals'), {
      findKnown: async (names) => new Set(names),
      elsewhere,
      log: collectLog(),
    })
  const { signal } = new AbortController()
  beforeEach(async () => {
    storage = await openStorage()
    originals = await open(storage.store)
  })
  afterEach(async () => {
    await storage.close()
    rmSync(folder.pathTo('originals'), { recursive: true })
  })

  it('are put there and here, and fetched once when they are not here', async () => {
    const { name, size } = await originals.add(streamOf(['a picture']))
    assert.equal(size, 9)
    assert.deepEqual(await keysOf(storage.store), [`originals/${name}`])
    rmSync(originals.pathOf(name))
    await Promise.all([1, 2].map(async () => originals.bring?.(name, signal)))
    assert.equal(readFileSync(originals.pathOf(name), 'utf8'), 'a picture')
    assert.deepEqual(readdirSync(folder.pathTo('originals')), [name])
  })

  it('go from both', async () => {
    const { name } = await originals.add(streamOf(['a picture']))
    await originals.remove(name)
    assert.deepEqual(await keysOf(storage.store), [])
    assert.equal(existsSync(originals.pathOf(name)), false)
    await assert.rejects(async () => originals.bring?.(name, signal), { status: 410 })
  })

  it('are not here when they could not be put there', async () => {
    const refusing = await open({
      ...storage.store,
      put: () => Promise.reject(new Error('the store is down')),
    })
    await assert.rejects(refusing.add(streamOf(['a picture'])), { message: 'the store is down' })
    assert.deepEqual(readdirSync(folder.pathTo('originals')), [])
  })
})
