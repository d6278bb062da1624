import assert from 'node:assert/strict'
import path from 'node:path'
import * as fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { COMPILE_CACHE } from '../../src/base/compile-cache.ts'
import { createRenderProcesses } from '../../src/image-pool/render-processes.ts'
import { memoryOfFamily } from '../../src/programs/process-family.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../doors/scene7/open-door.ts'
import { amountOf, seedOf } from '../support/amounts.ts'
import { processorTimeOfFamily } from '../support/processor-time.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { imageTargets } from './image-requests.ts'

/** The longest that a request may take, in milliseconds; of the processor, when the machine has others to serve. */
const LONGEST_MS = 2000

/** What a process may hold, and what one picture may take in addition, in bytes. */
const MOST_BYTES = 1.5 * 1024 ** 3

/** The most pixels of a view: those of the catalogue's attributes. */
const MOST_SIDE = 5000

/** A picture of one colour. */
const plain = (width: number, height: number, alpha: number): Sharp =>
  sharp({ create: { width, height, channels: 4, background: { r: 200, g: 90, b: 30, alpha } } })

describe('requests for pictures of any kind', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let processes: ReturnType<typeof createRenderProcesses>

  before(async function () {
    this.timeout(60_000)
    processes = createRenderProcesses({
      folder: temporary.pathTo('work'),
      maxPixels: 100_000_000,
      environment: { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE },
    })
    opened = await openDoor(temporary.pathTo('home'), {
      renderer: processes,
      readXmp: processes.readXmp,
    })
    // As the service does at its start.
    processes.warm()
    const { kept, presets } = opened.door
    const add = async (name: string, file: string, image: Sharp): Promise<void> => {
      const bytes = await image.toBuffer()
      await kept.addFile(COMPANY, name, {
        name: file,
        mediaType: `image/${path.extname(file).slice(1)}`,
        body: streamOf(bytes),
      })
    }
    await add('photo', 'photo.jpeg', plain(300, 200, 1).jpeg())
    await add('logo', 'logo.png', plain(64, 48, 0.5).png())
    await add('ink', 'ink.tiff', plain(90, 60, 1).toColourspace('cmyk').tiff())
    await add('large', 'large.jpeg', plain(3000, 2000, 1).jpeg())
    const part = { name: 'Wide', x: 0, y: 0, width: 1, height: 0.5, forWidth: 9, forHeight: 5 }
    await kept.describe(COMPANY, 'photo', { crops: [part] })
    await kept.describe(COMPANY, 'set', { members: [{ asset: 'photo' }] })
    await presets.save(COMPANY, { name: 'view', commands: 'wid=240&op_sharpen=1' })
    // The first metadata take as long as loading what reads them.
    const photo = (await kept.find(COMPANY, 'photo'))?.original
    assert.ok(photo)
    await processes.readXmp(photo, new AbortController().signal)
  })
  after(async () => {
    await processes.close?.()
    await opened.door.close?.()
  })

  it('are answered or refused within their time, sizes and memory, and none is a fault of the service', async function () {
    this.timeout(0)
    let asked = 0
    let heap = 0
    const numRuns = amountOf({ usually: 150, thoroughly: 20_000 })
    await fc.assert(
      fc.asyncProperty(imageTargets, async (target) => {
        const [begun, before] = [performance.now(), processorTimeOfFamily(process.pid)]
        const answer = await opened.app.request(`/is/image/${target}`)
        const bytes = new Uint8Array(await answer.arrayBuffer())
        const took = performance.now() - begun
        const type = answer.headers.get('content-type') ?? ''
        assert.ok(
          [200, 403, 404].includes(answer.status),
          `${answer.status} ${type.startsWith('text/') ? Buffer.from(bytes).toString() : ''}`,
        )
        if (took > LONGEST_MS) {
          const work = processorTimeOfFamily(process.pid) - before
          assert.ok(work < LONGEST_MS, `it took ${took} ms, and ${work} ms of the processor`)
        }
        if (/^image\/(?:jpeg|png|gif|webp|tiff)/.test(type) && bytes.length > 0) {
          const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata()
          assert.ok(width <= MOST_SIDE && height <= MOST_SIDE, `${width} × ${height}`)
        }
        asked += 1
        if (asked % 100 === 0) {
          const family = memoryOfFamily(process.pid) - memoryOf()
          assert.ok(family < 2 * MOST_BYTES, `${family} bytes`)
        }
        if (asked === Math.floor(numRuns / 4)) heap = memoryOf()
      }),
      { numRuns, seed: seedOf(1) },
    )
    assert.deepEqual(opened.errors, [])
    // What is kept in memory of pictures, and what the tests remember of a run.
    assert.ok(memoryOf() < heap + 250_000_000, `${memoryOf()} bytes after ${heap}`)
  })
})

/** Of the process that the door is in, in bytes. */
const memoryOf = (): number => process.memoryUsage().rss
