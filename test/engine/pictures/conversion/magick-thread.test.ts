import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createConverter } from '../../../../src/engine/pictures/conversion/convert.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { plainPsd } from './sources.ts'

const CONVERT = new URL('../../../../src/engine/pictures/conversion/convert.ts', import.meta.url)
  .href

describe('the thread that converts', () => {
  const folder = useTemporaryFolder()

  /** A converter with a thread that does what the name of a source says, and writes its number into the TIFF file. */
  function createOddConverter() {
    const convert = createConverter({
      thread: new URL('./odd-thread.ts', import.meta.url),
      longestMs: 3000,
    })
    return async (name: string) =>
      convert({
        path: folder.pathTo(name),
        format: 'BMP',
        tiffPath: folder.pathTo(`${name}.tif`),
        maxPixels: 1,
      })
  }

  async function numberAfter(name: string): Promise<string> {
    return readFile(folder.pathTo(`${name}.tif`), 'utf8')
  }

  it('stays for the next source', async () => {
    const convert = createOddConverter()
    await convert('one')
    await convert('two')
    assert.equal(await numberAfter('two'), await numberAfter('one'))
  })

  it('is replaced when it keeps too much memory', async () => {
    const convert = createOddConverter()
    await convert('heavy')
    await convert('two')
    assert.notEqual(await numberAfter('two'), await numberAfter('heavy'))
  })

  it('is replaced when it exceeds the time limit, and leaves no part of a file', async () => {
    const convert = createOddConverter()
    assert.deepEqual(await convert('stuck'), { outcome: 'too slow', seconds: 3 })
    assert.ok(!existsSync(folder.pathTo('stuck.tif')))
    assert.deepEqual(await convert('one'), { outcome: 'converted' })
  })

  it('calls corrupt what leads its decoder out of its memory, twice', async () => {
    const convert = createOddConverter()
    assert.equal((await convert('trapping')).outcome, 'corrupt')
    assert.deepEqual(await convert('one'), { outcome: 'converted' })
  })

  it('is replaced when a source before has led its decoder astray', async () => {
    const convert = createOddConverter()
    await convert('misleading')
    assert.deepEqual(await convert('one'), { outcome: 'converted' })
    assert.notEqual(await numberAfter('one'), await numberAfter('misleading'))
  })

  for (const { name, message } of [
    { name: 'throwing', message: 'odd' },
    { name: 'exiting', message: 'The thread has ended.' },
  ]) {
    it(`is replaced when it ends by ${name}, and leaves no part of a file`, async () => {
      const convert = createOddConverter()
      await assert.rejects(convert(name), { message })
      assert.ok(!existsSync(folder.pathTo(`${name}.tif`)))
      assert.deepEqual(await convert('one'), { outcome: 'converted' })
    })
  }

  it('does one source after the other', async () => {
    const convert = createOddConverter()
    const settled = await Promise.allSettled(['throwing', 'one', 'stuck', 'two'].map(convert))
    assert.deepEqual(
      settled.map((each) => (each.status === 'fulfilled' ? each.value.outcome : 'rejected')),
      ['rejected', 'converted', 'too slow', 'converted'],
    )
  })

  it('keeps no process from ending', async () => {
    const path = folder.pathTo('source.psd')
    await writeFile(path, plainPsd({ mode: 3, channels: [220, 30, 40] }))
    const request = { path, format: 'PSD', tiffPath: `${path}.tif`, maxPixels: 2000 }
    const script = `
      import { convertToTiff } from ${JSON.stringify(CONVERT)}
      console.log((await convertToTiff(${JSON.stringify(request)})).outcome)`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: 100_000 },
    )
    assert.equal(stdout, 'converted\n')
  })
})
