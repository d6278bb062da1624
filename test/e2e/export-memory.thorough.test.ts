import assert from 'node:assert/strict'
import { mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { memoryOfFamily } from '../../src/programs/process-family.ts'
import { amountOf } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { trust } from './api-client.ts'
import { createExporter } from './export-jobs.ts'
import { startServiceProcess, useHome } from './service-process.ts'

const FILES = 5
const FILE_BYTES = amountOf({ thoroughly: 256, usually: 128 }) * 1024 * 1024
/** Of which size files are that are large enough for all buffers that there ever are at a time. */
const PART = 1 / 4
const MOST_BYTES = 400_000_000
/** How much the memory may differ between two runs of the same. */
const MOST_GROWTH = 1.2

describe('an export of large originals', function () {
  this.timeout(600_000)
  const home = useHome()
  const temporary = useTemporaryFolder()

  it(`takes no more memory than one of a quarter of it, with ${(FILES * FILE_BYTES) / 1024 ** 2} MB in its ZIP`, async () => {
    const assets = temporary.pathTo('assets')
    await mkdir(assets)
    const files = Array.from({ length: FILES }, (_, nth) => path.join(assets, `film${nth}.mp4`))
    const resize = async (bytes: number): Promise<void> => {
      for (const file of files) await truncate(file, bytes)
    }
    for (const file of files) await writeFile(file, '')
    await resize(FILE_BYTES * PART)
    const service = await startServiceProcess({ home, assets, warm: ['none'] })
    trust(home)
    const exporter = await createExporter(service.origin, home)
    const memory = (): number => memoryOfFamily(service.child.pid ?? 0)

    async function mostMemoryOf(): Promise<number> {
      let most = 0
      const look = (): void => {
        most = Math.max(most, memory())
      }
      const { fileSuccessCount } = await exporter.ended(
        await exporter.submit({ fmt: 'orig' }),
        look,
      )
      look()
      assert.equal(fileSuccessCount, FILES)
      return most
    }

    const part = await mostMemoryOf()
    await resize(FILE_BYTES)
    const whole = await mostMemoryOf()
    const folder = path.join(home, 'scene7', 'exports')
    const sizes = await Promise.all(
      (await readdir(folder)).map(async (job) => stat(path.join(folder, job, 'export.zip'))),
    )
    assert.ok(Math.max(...sizes.map(({ size }) => size)) > FILES * FILE_BYTES)
    assert.ok(whole < part * MOST_GROWTH, `${whole} bytes, and ${part} with a quarter of it`)
    assert.ok(whole < MOST_BYTES, `${whole} bytes`)
  })
})
