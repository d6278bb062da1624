import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeArchive } from '../../../src/engine/archive/write-archive.ts'
import { noise, planned, sourceOf } from './archive-fixture.ts'

describe('an archive on a full disk', () => {
  let mountPoint = ''
  let isMounted = false

  before(async function () {
    mountPoint = await mkdtemp(join(tmpdir(), 'darkroom-full-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mountPoint], {
        stdio: 'pipe',
      })
      isMounted = true
    } catch {
      // It needs a small file system, which not everybody may mount.
      this.skip()
    }
  })
  after(async () => {
    if (isMounted) execFileSync('umount', [mountPoint])
    await rmdir(mountPoint)
  })

  const sizes = [
    { title: 'known', facts: { size: 3_000_000 } },
    { title: 'unknown', facts: {} },
  ]
  for (const { title, facts } of sizes) {
    it(`is not made, of files of ${title} sizes`, async () => {
      const making = writeArchive(join(mountPoint, 'a.zip'), planned(['a', 'b']), {
        open: async () => sourceOf(noise(3_000_000), facts),
      })
      await assert.rejects(making, {
        code: 'archive_disk_full',
        message: 'The archive does not fit on the disk of the worker.',
      })
      assert.deepEqual(await readdir(mountPoint), [])
    })
  }
})
