import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { removeTree } from '../../src/home/remove-tree.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('a folder that is removed', () => {
  const temporary = useTemporaryFolder()
  let folder: string

  beforeEach(() => {
    folder = temporary.pathTo('folder')
    mkdirSync(path.join(folder, 'within'), { recursive: true })
    writeFileSync(path.join(folder, 'within/file'), 'text')
  })

  const isGone = async (): Promise<void> => {
    await removeTree(folder)
    assert.ok(!existsSync(folder))
  }

  it('is gone with all that is in it', isGone)

  it('is gone though folders in it are closed', async () => {
    chmodSync(path.join(folder, 'within'), 0)
    await isGone()
  })

  it('is gone though it is deeper than any path leads', async () => {
    const back = process.cwd()
    process.chdir(folder)
    for (let depth = 0; depth < 60; depth += 1) {
      mkdirSync('d'.repeat(200))
      writeFileSync('file', 'text')
      process.chdir('d'.repeat(200))
    }
    process.chdir(back)
    await isGone()
  })

  it('leaves what links in it lead to', async () => {
    const other = temporary.pathTo('other')
    mkdirSync(other, { recursive: true })
    writeFileSync(path.join(other, 'file'), 'text')
    symlinkSync(other, path.join(folder, 'link'))
    await isGone()
    assert.deepEqual(readdirSync(other), ['file'])
    symlinkSync(other, folder)
    await isGone()
    assert.deepEqual(readdirSync(other), ['file'])
  })

  it('may be removed twice at once, and need not be there', async () => {
    await Promise.all([removeTree(folder), removeTree(folder)])
    await isGone()
  })
})
