import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { presign, readJournal, register, sendProcess, signIn, trust, upload } from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess } from './service-process.ts'

/** Mounts a disk of 8 MB; undefined where that is not allowed. */
function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

describe('a full disk', function () {
  this.timeout(300_000)
  let home: string | undefined
  let service: ServiceProcess

  before('mounts a small disk, which only root may', async function () {
    home = mountSmallDisk()
    if (home === undefined) this.skip()
    service = await startServiceProcess({ home })
    trust(home)
  })
  after(async () => {
    if (home === undefined) return
    service.child.kill('SIGTERM')
    await service.exited
    execFileSync('umount', [home])
    rmSync(home, { recursive: true })
  })

  it('answers 507 and loses nothing, and the service goes on when there is room again', async () => {
    const folder = home ?? ''
    const { origin } = service
    const headers = await signIn(origin, folder)
    const journal = await register(origin, headers)
    const source = await upload(origin, headers, 'photo.jpg', await drawPhoto(600, 400))
    const target = await presign(origin, headers, 'target', 'w')
    const renditions = [{ name: 'a.png', fmt: 'png', width: 10, target }]

    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(path.join(folder, 'ballast'), new Uint8Array(bavail * bsize))
    const refused = await sendProcess(origin, headers, { source, renditions })
    assert.equal(refused.status, 507)
    assert.partialDeepStrictEqual(await refused.json(), {
      ok: false,
      message: 'The disk of the service is full; nothing was stored.',
    })
    const put = await fetch(target, { method: 'PUT', body: new Uint8Array(1_000_000) })
    assert.equal(put.status, 507)
    await put.text()

    rmSync(path.join(folder, 'ballast'))
    const accepted = await sendProcess(origin, headers, { source, renditions })
    assert.equal(accepted.status, 200)
    const [entry] = await readJournal(journal, headers, 1)
    assert.equal(entry?.event.type, 'rendition_created')
  })
})
