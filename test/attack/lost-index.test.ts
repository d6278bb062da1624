import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openOriginals } from '../../src/doors/scene7/catalogue/originals.ts'
import { openDeployments } from '../../src/runtime/deploy/deployments.ts'
import { openFolderStore } from '../../src/storage/folder-store.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { openTestJobs } from '../doors/jobs/jobs-fixture.ts'
import { openStorage, refusalOf, type Storage } from '../storage/storage-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('a storage whose index is lost', () => {
  const folder = useTemporaryFolder()
  let home: string
  let storage: Storage
  beforeEach(async () => {
    home = mkdtempSync(folder.pathTo('objects-'))
    storage = await openStorage(home)
    for (const name of ['one', 'two']) {
      assert.equal((await storage.put(await storage.presignUrl(name), name)).status, 201)
    }
    await storage.close()
  })

  const loseIndex: [title: string, lose: () => void][] = [
    [
      'missing',
      () => {
        for (const name of readdirSync(home).filter((each) => each.startsWith('index'))) {
          rmSync(path.join(home, name))
        }
      },
    ],
    [
      'empty',
      () => {
        truncateSync(path.join(home, 'index.sqlite'))
        rmSync(path.join(home, 'index.sqlite-wal'), { force: true })
      },
    ],
  ]
  for (const [title, lose] of loseIndex) {
    it(`since it is ${title} sets all objects aside, and says so`, async () => {
      lose()
      storage = await openStorage(home)
      assert.equal(readdirSync(path.join(home, 'parts-set-aside')).length, 2)
      assert.deepEqual(await storage.partFiles(), [])
      assert.deepEqual(storage.log.lines, [
        `What belongs to no object of the index in ${home}/parts (2) was moved to ${home}/parts-set-aside, where it may be deleted when nobody misses it.`,
      ])
      await storage.close()
    })
  }

  it('deletes only what it knows to be needless or unfinished', async () => {
    const log = collectLog()
    const store = await openFolderStore(home, { now: Date.now, log })
    const object = store.here.look('one')
    assert.ok(object)
    // Somebody reads it, so that it stays although it is removed; then the service is killed.
    const reader = store.here.read(object).getReader()
    await store.remove(['one'])
    store.close()
    writeFileSync(path.join(home, 'parts', 'three.unfinished'), 'thr')
    assert.equal(readdirSync(path.join(home, 'parts')).length, 3)
    storage = await openStorage(home)
    assert.equal((await storage.partFiles()).length, 1)
    assert.deepEqual(storage.log.lines, [])
    assert.deepEqual(
      readdirSync(home).filter((name) => name.includes('aside')),
      [],
    )
    await storage.close()
    await reader.cancel()
  })
})

describe('an object whose bytes are not what was stored', () => {
  const folder = useTemporaryFolder()
  const BYTES = 'x'.repeat(600_000)
  let storage: Storage
  let url: string
  let file: string
  beforeEach(async () => {
    storage = await openStorage(mkdtempSync(folder.pathTo('objects-')))
    url = await storage.presignUrl('a.png')
    await storage.put(url, BYTES)
    const [name = ''] = await storage.partFiles()
    file = path.join(storage.home, 'parts', name)
  })
  afterEach(() => storage.close())

  const damages: [title: string, left: string, damage: () => void][] = [
    ['missing', 'is missing', () => rmSync(file)],
    ['shorter', 'has 10 bytes', () => truncateSync(file, 10)],
    ['longer', 'has 600001 bytes', () => writeFileSync(file, 'y', { flag: 'a' })],
  ]
  for (const [title, left, damage] of damages) {
    it(`since its file is ${title} is refused before the first byte, for GET and HEAD`, async () => {
      damage()
      const message = `The object "a.png" is damaged: a file of 600000 bytes ${left}; it must be uploaded again.`
      assert.equal(await refusalOf(await storage.app.request(url), 410), message)
      const range = { range: 'bytes=0-4' }
      assert.equal((await storage.app.request(url, { headers: range })).status, 410)
      assert.equal((await storage.app.request(url, { method: 'HEAD' })).status, 410)
      assert.match(storage.log.lines[0] ?? '', /parts\/\S+ (is missing|has \d+ bytes)\.$/)
      assert.equal((await storage.put(url, 'again')).status, 200)
      assert.equal(await (await storage.app.request(url)).text(), 'again')
    })
  }

  it('is never given whole when a single byte of it is another', async () => {
    writeFileSync(file, `${BYTES.slice(0, -1)}y`)
    const response = await storage.app.request(url)
    await assert.rejects(
      response.arrayBuffer(),
      /has not the bytes any more that were stored in it/,
    )
  })

  it('is told at a start when its file is gone', async () => {
    rmSync(file)
    storage.store.close()
    storage = await openStorage(storage.home)
    assert.match(
      storage.log.lines.join('\n'),
      /^Files of objects are missing in \S+\/parts \(1, the first is [\w-]+\); their objects cannot be read\.$/,
    )
  })
})

describe('other files whose index is lost', () => {
  const folder = useTemporaryFolder()

  it('are set aside: originals of assets, but for those that were not whole', async () => {
    const originals = mkdtempSync(folder.pathTo('originals-'))
    for (const name of ['known', 'unknown', 'half.unfinished']) {
      writeFileSync(path.join(originals, name), name)
    }
    const log = collectLog()
    await openOriginals(originals, { findKnown: async () => new Set(['known']), log })
    assert.deepEqual(readdirSync(originals), ['known'])
    assert.deepEqual(readdirSync(`${originals}-set-aside`), ['unknown'])
    assert.match(log.lines.join('\n'), /is of no asset in the catalogue/)
  })

  it('are set aside: the code of deployed actions, which is swept where the index is there', async () => {
    const directory = mkdtempSync(folder.pathTo('deployed-'))
    const open = () => openDeployments({ directory, namespace: 'space', now: Date.now })
    const log = collectLog()
    mkdirSync(path.join(directory, 'code', 'lost'), { recursive: true })
    await (await open()).sweep(log)
    assert.deepEqual(readdirSync(path.join(directory, 'code-set-aside')), ['lost'])
    assert.match(
      log.lines.join('\n'),
      /could not be named by \S+entities\.json, which was missing,/,
    )
    mkdirSync(path.join(directory, 'code', 'half'))
    await (await open()).sweep(log)
    assert.deepEqual(readdirSync(path.join(directory, 'code')), [])
    assert.deepEqual(readdirSync(path.join(directory, 'code-set-aside')), ['lost'])
    assert.equal(log.lines.length, 1)
  })

  it('are kept as long as they would have been: the files of jobs', async () => {
    const jobs = await openTestJobs()
    const put = async (key: string): Promise<unknown> =>
      (await jobs.objects()).put({
        key,
        body: ReadableStream.from([Buffer.from(key)]),
        size: {},
        contentType: 'image/png',
      })
    await put('jobs/of-a-day-ago/file')
    jobs.clock.ms += 24 * 60 * 60 * 1000 + 1
    await put('jobs/of-today/file')
    await jobs.kill()
    for (const name of readdirSync(jobs.home).filter((each) => each.startsWith('gateway'))) {
      rmSync(path.join(jobs.home, name))
    }
    const objects = await jobs.objects()
    while (objects.here.look('jobs/of-a-day-ago/file') !== undefined) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.ok(objects.here.look('jobs/of-today/file'))
    await jobs.close()
  })
})
