import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { passingPrefix } from '../../src/base/passing-folder.ts'
import { makeTemporaryFolder, sweepTemporaryFolders } from '../../src/home/temporary-folder.ts'

/** Makes a folder of its own with credentials in it, prints its path, and waits. */
const OWNER = `
  const { makeTemporaryFolder } = await import('./src/home/temporary-folder.ts')
  const { writeFileSync } = await import('node:fs')
  const { path } = makeTemporaryFolder()
  writeFileSync(path + '/credentials.json', 'secret')
  // What nobody refers to any more must not let go of the folder.
  globalThis.gc()
  console.log(path)
  setInterval(() => undefined, 1000)
`

describe('the folder of a command that had a service of its own', () => {
  it('goes at the next start of anything when the command was killed, and not before', async () => {
    const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', OWNER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
      const folder = String(line).trim()
      assert.equal(statSync(folder).mode & 0o077, 0)
      await sweepTemporaryFolders()
      assert.ok(existsSync(path.join(folder, 'credentials.json')))
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
      await sweepTemporaryFolders()
      assert.equal(existsSync(folder), false)
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('goes with the command in the end', async () => {
    const { path: folder, remove } = makeTemporaryFolder()
    writeFileSync(path.join(folder, 'credentials.json'), 'secret')
    await sweepTemporaryFolders()
    assert.ok(existsSync(folder))
    await remove()
    assert.equal(existsSync(folder), false)
  })

  it('stays when it has just been made and is not locked yet', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-own-'))
    await sweepTemporaryFolders()
    assert.ok(existsSync(folder))
    rmSync(folder, { recursive: true })
  })
})

describe('a folder for some work of a process', () => {
  /** Larger than any that Linux gives. */
  const NOBODY = 2 ** 30
  const DAY_SECONDS = 24 * 60 * 60

  const cases: [title: string, maker: number, age: number, goes: boolean][] = [
    ['goes when the process is gone, and it is old', NOBODY, DAY_SECONDS, true],
    ['stays when it is not: the process may be of another container', NOBODY, 0, false],
    ['stays as long as the process', process.pid, DAY_SECONDS, false],
  ]
  for (const [title, maker, age, goes] of cases) {
    it(title, async () => {
      const own = passingPrefix('capture')
      const folder = mkdtempSync(own.replace(`-${process.pid}-`, `-${maker}-`))
      const changed = Date.now() / 1000 - age
      utimesSync(folder, changed, changed)
      await sweepTemporaryFolders()
      assert.equal(existsSync(folder), !goes)
      rmSync(folder, { recursive: true, force: true })
    })
  }
})
