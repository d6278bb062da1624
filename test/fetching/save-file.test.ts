import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { OpenSource } from '../../src/fetching/fetched-file.ts'
import { type SaveOptions, saveFile } from '../../src/fetching/save-file.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** A file of so many bytes a chunk, of which a server tells the size or does not. */
const fileOf =
  (chunks: readonly number[], { size }: { size?: number } = {}): OpenSource =>
  async () => ({
    content: (async function* () {
      for (const bytes of chunks) yield new Uint8Array(bytes)
    })(),
    size,
    date: undefined,
    start: 0,
    version: undefined,
  })

describe('saving what is behind a URL', () => {
  const temporary = useTemporaryFolder()

  const save = (open: OpenSource, options: Partial<SaveOptions> = {}) => {
    const { signal } = new AbortController()
    const file = temporary.pathTo('saved')
    return saveFile('https://a.test/', file, { open, mostBytes: 100_000, signal, ...options })
  }

  const gone = () => assert.equal(existsSync(temporary.pathTo('saved')), false)

  it('writes all of it', async () => {
    await save(fileOf([2, 3], { size: 5 }))
    assert.equal((await readFile(temporary.pathTo('saved'))).length, 5)
  })

  it('refuses a file that is said to be too large before it comes', async () => {
    const message = 'it has 100001 bytes, more than the 100000 that a file may have'
    await assert.rejects(save(fileOf([1], { size: 100_001 })), { name: 'FetchError', message })
    gone()
  })

  it('ends a file that is too large without a word, and leaves nothing of it', async () => {
    const message = 'it has more than the 100000 bytes that a file may have'
    await assert.rejects(save(fileOf([99_999, 1, 1])), { name: 'FetchError', message })
    gone()
  })

  it('ends a file that comes a byte now and then', async () => {
    let ms = 0
    const drip = fileOf(Array.from({ length: 100 }, () => 1))
    const message = 'it came slower than 30000 bytes in 30 s'
    await assert.rejects(save(drip, { now: () => (ms += 5000) }), { name: 'FetchError', message })
    gone()
  })

  it('takes its time for one that comes steadily', async () => {
    let ms = 0
    const steady = fileOf(Array.from({ length: 10 }, () => 10_000))
    const told: unknown[] = []
    const onProgress = (...progress: unknown[]): void => void told.push(progress)
    await save(steady, { now: () => (ms += 5000), onProgress })
    assert.equal((await readFile(temporary.pathTo('saved'))).length, 100_000)
    assert.deepEqual(told, [[60_000, undefined]])
  })
})
