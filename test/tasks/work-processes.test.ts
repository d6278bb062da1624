import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import * as z from 'zod/mini'
import { createWorkProcesses } from '../../src/tasks/work-processes.ts'

const answerSchema = z.object({ answer: z.object({ pid: z.int(), bytes: z.optional(z.int()) }) })

const open = (options: { longestMs?: number; idleMs?: number } = {}) =>
  createWorkProcesses({
    module: new URL('./work-process.ts', import.meta.url),
    environment: {},
    most: 1,
    longestMs: 60_000,
    idleMs: 60_000,
    limits: { json: 1000, bytes: 0 },
    ...options,
  })

/** Fails unless a process has left the system, or is about to. */
async function assertGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('processes that do work', () => {
  const none = new Uint8Array()

  type Processes = ReturnType<typeof open>
  const answerOf = async (processes: Processes, bytes = none) =>
    answerSchema.parse(await processes.run({ act: 'answer' }, bytes, undefined)).answer

  it('keep one for the next work, and get bytes beside it', async () => {
    const processes = open()
    const first = await answerOf(processes, Buffer.from('abc'))
    assert.deepEqual(await answerOf(processes), { pid: first.pid })
    assert.equal(first.bytes, 3)
  })

  it('are ended when they take too long, and others do the next work', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const processes = open()
    const { pid } = await answerOf(processes)
    const work = processes.run({ act: 'be silent' }, none, undefined)
    await turn()
    mock.timers.tick(60_000)
    assert.equal(await work, 'too slow')
    mock.timers.reset()
    await assertGone(pid)
  })

  it('tell of one that has ended without an answer', async () => {
    const processes = open()
    assert.equal(await processes.run({ act: 'exit' }, none, undefined), 'ended')
    assert.ok((await answerOf(processes)).pid > 0)
  })

  it('are ended with what nobody wants any more', async () => {
    const processes = open()
    const { pid } = await answerOf(processes)
    const gone = new AbortController()
    const work = processes.run({ act: 'be silent' }, none, gone.signal)
    // It has begun by then.
    await turn()
    gone.abort(new Error('gone'))
    await assert.rejects(work, { message: 'gone' })
    await assertGone(pid)
  })

  it('are ended when there was nothing to do for their time', async () => {
    const processes = open({ idleMs: 1 })
    const { pid } = await answerOf(processes)
    await assertGone(pid)
  })
})
