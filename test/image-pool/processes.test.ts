import assert from 'node:assert/strict'
import { setImmediate as turn } from 'node:timers/promises'
import * as z from 'zod/mini'
import { createProcesses } from '../../src/image-pool/processes.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('a pool of processes', function () {
  this.timeout(60_000)
  const temporary = useTemporaryFolder()
  const never = new AbortController().signal

  const open = (
    name: string,
    options: { idleMs?: number; longWorkMs?: number; mostBytes?: number } = {},
  ) =>
    createProcesses<string, number>({
      task: 'draw',
      module: new URL('./echo-process.ts', import.meta.url),
      result: z.number(),
      folder: temporary.pathTo(name),
      environment: process.env,
      processes: 1,
      longWorkMs: 60_000,
      ...options,
    })

  it('has the next work done by the process of the last one', async () => {
    const pool = open('kept')
    assert.deepEqual(await pool.perform('a', never), await pool.perform('b', never))
    await pool.close()
  })

  it('tells which processes it has, and what waits for one of them', async () => {
    const pool = open('told')
    assert.deepEqual(pool.status(), { pids: [], waiting: 0, longestMs: 0 })
    const given = new AbortController()
    const works = [pool.perform('a', never), pool.perform('b', given.signal)]
    await turn()
    const { waiting, longestMs } = pool.status()
    assert.equal(waiting, 1)
    assert.ok(longestMs >= 0)
    given.abort(new Error('given up'))
    const [first] = await Promise.allSettled(works)
    assert.deepEqual(pool.status(), {
      pids: first?.status === 'fulfilled' ? [first.value.result] : assert.fail('it was done'),
      waiting: 0,
      longestMs: 0,
    })
    await pool.close()
    assert.deepEqual(pool.status().pids, [])
  })

  it('ends a process that has had nothing to do for its time, and starts another for the next work', async () => {
    const pool = open('idle', { idleMs: 1 })
    const { result: first } = await pool.perform('a', never)
    while (pool.status().pids.length > 0) await turn()
    assert.throws(() => process.kill(first, 0), { code: 'ESRCH' })
    assert.notEqual((await pool.perform('b', never)).result, first)
    await pool.close()
  })

  it('ends a process that takes more memory than there is, and says so', async function () {
    // Elsewhere the system does not tell.
    if (process.platform !== 'linux') this.skip()
    const pool = open('large', { mostBytes: 1 })
    await assert.rejects(pool.perform('be silent', never), {
      code: 'source_out_of_memory',
      message: 'The source takes more memory to draw than this worker has.',
    })
    await pool.close()
  })

  it('has one more for somebody whose turn would never come, and keeps it no longer than it is needed', async () => {
    const pool = open('shared')
    const gone = new AbortController()
    const silent = [0, 1, 2].map(() => pool.perform('be silent', gone.signal, 'busy'))
    const { result } = await pool.perform('a', never, 'innocent')
    assert.deepEqual((await pool.perform('b', never, 'innocent')).result, result)
    gone.abort(new Error('gone'))
    const ended = await Promise.allSettled(silent)
    assert.ok(ended.every(({ status }) => status === 'rejected'))
    await pool.close()
  })

  it('has one ready for others when work takes long', async () => {
    const pool = open('ready', { longWorkMs: 0 })
    const gone = new AbortController()
    await pool.perform('a', never, 'busy')
    const silent = pool.perform('be silent', gone.signal, 'busy')
    while (pool.status().pids.length < 2) await turn()
    gone.abort(new Error('gone'))
    await assert.rejects(silent, { message: 'gone' })
    await pool.close()
  })
})
