import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage, refusalOf, streamOf } from './storage-fixture.ts'

describe('a full disk', () => {
  let mountPoint: string
  let refusal: string | undefined
  before(async () => {
    mountPoint = await mkdtemp(join(tmpdir(), 'darkroom-full-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mountPoint], {
        stdio: 'pipe',
      })
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error)
    }
  })
  after(async () => {
    if (refusal === undefined) execFileSync('umount', [mountPoint])
    await rmdir(mountPoint)
  })

  it('answers 507, leaves nothing behind, and goes on once there is room', async function () {
    if (refusal !== undefined) {
      console.log(`      needs a small file system, and mounting one was refused: ${refusal}`)
      this.skip()
    }
    const storage = await openStorage(mountPoint)
    try {
      const url = await storage.presignUrl('a')
      await storage.put(url, 'before')
      const body = streamOf(Array.from({ length: 4 }, () => Buffer.alloc(1024 * 1024)))
      assert.match(await refusalOf(await storage.put(url, body), 507), /disk .* is full; nothing/)
      assert.equal((await storage.partFiles()).length, 1)
      assert.equal(await (await storage.app.request(url)).text(), 'before')
      assert.equal((await storage.put(url, 'after')).status, 200)
    } finally {
      await storage.close()
    }
  })
})
