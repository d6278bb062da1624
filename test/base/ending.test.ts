import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createEnding } from '../../src/base/ending.ts'

const run = promisify(execFile)
/** A process of its own: V8 may crash when it is told of collecting garbage on demand after it has started. */
const KEPT = fileURLToPath(new URL('./kept-by-ending.ts', import.meta.url))

const never = new Promise<never>(() => undefined)

describe('an ending', () => {
  it('lets work settle as it does', async () => {
    const { unless } = createEnding()
    assert.equal(await unless(Promise.resolve('done')), 'done')
    await assert.rejects(unless(Promise.reject(new Error('failed'))), /failed/)
  })

  it('rejects what is under way, and what comes later, with its first reason', async () => {
    const { end, unless } = createEnding()
    const under = [unless(never), unless(never)]
    end(new Error('gone'))
    end(new Error('gone again'))
    for (const work of [...under, unless(never), unless(Promise.resolve('late'))])
      await assert.rejects(work, /^Error: gone$/)
  })

  it('keeps nothing of what was done', async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', KEPT])
    assert.equal(stdout, 'undefined\n')
  })
})
