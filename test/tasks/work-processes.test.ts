import assert from 'node:assert/strict'
import os from 'node:os'
import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import * as z from 'zod/mini'
import type { Precedence } from '../../src/tasks/precedence.ts'
import { createWorkProcesses } from '../../src/tasks/work-processes.ts'

const answerSchema = z.object({ pid: z.int(), bytes: z.optional(z.int()) })

const open = (
  options: Partial<Parameters<typeof createWorkProcesses<z.infer<typeof answerSchema>>>[0]> = {},
) =>
  createWorkProcesses({
    module: new URL('./work-process.ts', import.meta.url),
    environment: {},
    stderr: 'ignore',
    places: 1,
    longestMs: 60_000,
    limits: { json: 1000, bytes: 0 },
    read: (said) => z.parse(answerSchema, said),
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
  let opened: ReturnType<typeof open>[] = []
  afterEach(async () => {
    await Promise.all(opened.map(({ close }) => close()))
    opened = []
  })

  function openOwn(...options: Parameters<typeof open>) {
    const processes = open(...options)
    opened.push(processes)
    return processes
  }

  async function answerOf(
    { run }: ReturnType<typeof open>,
    details?: Parameters<ReturnType<typeof open>['run']>[1],
  ) {
    const outcome = await run({ act: 'answer' }, details)
    assert.ok(typeof outcome === 'object')
    return outcome.answer
  }

  it('keep one for the next work, and get bytes beside it', async () => {
    const processes = openOwn()
    const first = await answerOf(processes, { bytes: Buffer.from('abc') })
    assert.deepEqual(await answerOf(processes), { pid: first.pid })
    assert.equal(first.bytes, 3)
  })

  it('are ended when they take too long, and others do the next work', async () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    const processes = openOwn()
    const { pid } = await answerOf(processes)
    const work = processes.run({ act: 'be silent' })
    await turn()
    mock.timers.tick(60_000)
    assert.equal(await work, 'too slow')
    mock.timers.reset()
    await assertGone(pid)
  })

  it('tell of one that has ended without an answer', async () => {
    const processes = openOwn()
    assert.equal(await processes.run({ act: 'exit' }), 'ended')
    assert.ok((await answerOf(processes)).pid > 0)
  })

  it('are ended when they take too much, as if they had ended by themselves', async () => {
    const looked: number[] = []
    const processes = openOwn({ takesTooMuch: (pid) => looked.push(pid) > 1 })
    assert.equal(await processes.run({ act: 'be silent' }), 'ended')
    const [pid = 0] = looked
    assert.deepEqual(looked, [pid, pid])
    await assertGone(pid)
  })

  it('are ended with what nobody wants any more', async () => {
    const processes = openOwn()
    const { pid } = await answerOf(processes)
    const gone = new AbortController()
    const work = processes.run({ act: 'be silent' }, { signal: gone.signal })
    // It has begun by then.
    await turn()
    gone.abort(new Error('gone'))
    await assert.rejects(work, { message: 'gone' })
    await assertGone(pid)
  })

  it('are ended when there was nothing to do for their time', async () => {
    const processes = openOwn({ idleMs: 1 })
    const { pid } = await answerOf(processes)
    await assertGone(pid)
  })

  it('end one whose answer cannot be read, or says that it is not to be kept', async () => {
    const refusing = openOwn({
      read: () => {
        throw new Error('no answer')
      },
    })
    await assert.rejects(refusing.run({ act: 'answer' }), { message: 'no answer' })
    const leaving = openOwn({ keeps: () => false })
    const { pid } = await answerOf(leaving)
    await assertGone(pid)
    assert.notEqual((await answerOf(leaving)).pid, pid)
  })

  it('have one ready for others when work takes long', async () => {
    const processes = openOwn({ longWorkMs: 0 })
    await answerOf(processes)
    void processes.run({ act: 'be silent' }).catch(() => undefined)
    while (processes.pids().length < 2) await turn()
  })

  it('go behind others when those who have had much use them, and do more of such work until they are not needed', async () => {
    const precedence: Precedence = {
      begin(client, stepAside) {
        if (client === 'busy') queueMicrotask(stepAside)
        return () => undefined
      },
      hasMuch: (client) => client === 'busy',
    }
    const processes = openOwn({ precedence, needlessMs: 200 })
    const { pid } = await answerOf(processes, { client: 'busy' })
    assert.ok(os.getPriority(pid) > os.getPriority())
    assert.equal(processes.pids().length, 2)
    const innocent = await answerOf(processes, { client: 'innocent' })
    assert.notEqual(innocent.pid, pid)
    assert.equal(os.getPriority(innocent.pid), os.getPriority())
    assert.equal((await answerOf(processes, { client: 'busy' })).pid, pid)
    await assertGone(pid)
    assert.deepEqual(processes.pids(), [innocent.pid])
  })

  it('are refused to whoever comes when all of them are ended', async () => {
    const processes = openOwn()
    const { pid } = await answerOf(processes)
    await processes.close()
    await assertGone(pid)
    await assert.rejects(processes.run({ act: 'answer' }), { name: 'AbortError' })
  })
})
