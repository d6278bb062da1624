import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { setInterval } from 'node:timers'
import { createTextExtractor, extractText } from '../../../src/engine/text/extract-text.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

describe('the thread that extracts text', () => {
  const folder = useTemporaryFolder()
  const extractOddly = createTextExtractor({
    thread: new URL('./odd-thread.ts', import.meta.url),
    longestMs: 3000,
  })

  /** A source of such a name, and the text to write of it. */
  async function request(name: string) {
    const sourcePath = folder.pathTo(name)
    await writeFile(sourcePath, 'words')
    return { source: await identifySource(sourcePath), textPath: folder.pathTo(`${name}.txt`) }
  }

  for (const { name, error } of [
    { name: 'stuck', error: { code: 'source_too_slow', message: /within 3 seconds/ } },
    { name: 'exhausted', error: { code: 'source_out_of_memory', message: /memory/ } },
    { name: 'throwing', error: { message: 'odd' } },
    { name: 'exiting', error: { message: 'The thread has ended.' } },
  ]) {
    it(`fails when it is ${name}, leaves no part of a text, and is replaced`, async () => {
      const { source, textPath } = await request(name)
      await assert.rejects(extractOddly({ source, textPath }), error)
      assert.ok(!existsSync(textPath))
      await extractOddly(await request('well'))
      assert.equal(await readFile(folder.pathTo('well.txt'), 'utf8'), 'part')
    })
  }

  it('blocks nothing', async () => {
    const { source, textPath } = await request('long')
    await writeFile(source.path, 'word '.repeat(4_000_000))
    let longest = 0
    // What this thread computes in one go; others may keep it from its core for longer than that.
    let last = process.threadCpuUsage()
    const timer = setInterval(() => {
      const { user, system } = process.threadCpuUsage(last)
      longest = Math.max(longest, (user + system) / 1000)
      last = process.threadCpuUsage()
    }, 1)
    await extractText({ source, textPath })
    clearInterval(timer)
    assert.ok(longest < 200, `${longest} ms`)
  })

  it('fails when there is no source', () =>
    assert.rejects(
      identifySource(folder.pathTo('none')).then((source) =>
        extractText({ source, textPath: folder.pathTo('none.txt') }),
      ),
      { code: 'source_unreadable', message: 'The source file cannot be read.' },
    ))

  it('fails with what the disk says when no text can be written', async () => {
    const { source } = await request('unwritable')
    const textPath = folder.pathTo('no/such/folder')
    await assert.rejects(extractText({ source, textPath }), { code: 'ENOENT' })
  })
})
