import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { createMetadata } from '../../../src/engine/metadata/metadata.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { isFailure } from './case-files.ts'

const METADATA = new URL('../../../src/engine/metadata/metadata.ts', import.meta.url).href

const IDENTIFY = new URL('../../../src/sources/identify.ts', import.meta.url).href

describe('the thread for metadata', () => {
  const folder = useTemporaryFolder()

  function createOdd(): (name: string) => Promise<{ readonly mediaType: string }> {
    const { extractXmp } = createMetadata({
      thread: new URL('./odd-thread.ts', import.meta.url),
      longestMs: 3000,
    })
    return (name) =>
      extractXmp({
        source: { path: name, content: 'text', start: Buffer.from('a'), hints: {} },
        xmpPath: folder.pathTo(`${name}.xmp`),
      })
  }

  it('is replaced when it exceeds the time limit, and leaves no part of a file', async () => {
    const extract = createOdd()
    await assert.rejects(extract('stuck'), isFailure('SourceUnsupported', /within 3 seconds/))
    assert.deepEqual(readdirSync(folder.pathTo('.')), [])
    assert.deepEqual(await extract('one'), { mediaType: 'text/plain' })
    assert.deepEqual(readdirSync(folder.pathTo('.')), ['one.xmp'])
  })

  for (const { name, message } of [
    { name: 'throwing', message: 'odd' },
    { name: 'exiting', message: 'The thread has ended.' },
  ]) {
    it(`is replaced when it ends by ${name}`, async () => {
      const extract = createOdd()
      await assert.rejects(extract(name), { message })
      assert.deepEqual(await extract('one'), { mediaType: 'text/plain' })
    })
  }

  it('keeps no process from ending, and prints no warnings', async () => {
    const [sourcePath, xmpPath] = [folder.pathTo('page.rtf'), folder.pathTo('page.xmp')]
    await writeFile(sourcePath, '{\\rtf1 }')
    const script = `
      import { metadata } from ${JSON.stringify(METADATA)}
      import { identifySource } from ${JSON.stringify(IDENTIFY)}
      const source = await identifySource(${JSON.stringify(sourcePath)})
      console.log((await metadata.extractXmp({ source, xmpPath: ${JSON.stringify(xmpPath)} })).mediaType)`
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { timeout: 100_000 },
    )
    assert.deepEqual([stdout, stderr], ['application/rtf\n', ''])
  })
})
