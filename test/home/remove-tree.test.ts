import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
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
    for (let depth = 0; depth < 130; depth += 1) {
      mkdirSync('d'.repeat(40))
      writeFileSync('file', 'text')
      process.chdir('d'.repeat(40))
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

  it('leaves what links lead to that are put where folders were, on Linux', async function () {
    if (process.platform !== 'linux') this.skip()
    const other = temporary.pathTo('other')
    mkdirSync(other, { recursive: true })
    writeFileSync(path.join(other, 'file'), 'text')
    const folders = Array.from({ length: 3 }, (_, nth) => path.join(folder, `folder${nth}`))
    for (const each of folders) {
      mkdirSync(each)
      for (let nth = 0; nth < 250; nth += 1) writeFileSync(path.join(each, `${nth}`), '')
    }
    const removing = removeTree(folder).catch((error: unknown) => error)
    while (folders.every((each) => existsSync(path.join(each, '0')))) await nextTurn()
    for (const each of folders.filter(
      (one) => existsSync(one) && readdirSync(one).length === 250,
    )) {
      rmSync(each, { recursive: true })
      symlinkSync(other, each)
    }
    assert.match(String(await removing), /ENOTDIR/)
    assert.deepEqual(readdirSync(other), ['file'])
    await isGone()
  })

  it('may be removed twice at once, and need not be there', async () => {
    await Promise.all([removeTree(folder), removeTree(folder)])
    await isGone()
  })
})
