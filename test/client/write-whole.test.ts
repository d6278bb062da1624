import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { writeNew, writeWhole } from '../../src/client/write-whole.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const breakOff = async (name: string): Promise<never> => {
  writeFileSync(name, 'ha')
  throw new Error('It broke off.')
}

describe('files that are written', () => {
  const folder = useTemporaryFolder()
  const file = (): string => folder.pathTo('made.txt')
  it('are there when they are whole, in place of what was there', async () => {
    writeFileSync(file(), 'old')
    await writeWhole(file(), async (unfinished) => {
      await writeFile(unfinished, 'new')
      assert.equal(readFileSync(file(), 'utf8'), 'old')
    })
    assert.equal(readFileSync(file(), 'utf8'), 'new')
  })

  it('leave nothing behind when they break off', async () => {
    await assert.rejects(writeWhole(file(), breakOff), /broke off/)
    assert.equal(readFileSync(file(), 'utf8'), 'new')
    await assert.rejects(writeNew(folder.pathTo('other.txt'), breakOff), /broke off/)
    assert.deepEqual(readdirSync(folder.pathTo('.')), ['made.txt'])
  })

  it('replace nothing when they are to be new', async () => {
    await assert.rejects(
      writeNew(file(), (name) => writeFile(name, 'newer', { flag: 'wx' })),
      { name: 'FileExists', message: `${file()} is there already.` },
    )
    assert.equal(readFileSync(file(), 'utf8'), 'new')
    assert.ok(existsSync(file()))
  })
})
