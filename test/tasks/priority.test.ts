import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import { lowerPriority } from '../../src/tasks/priority.ts'

const group = (pid: number | 'self') => readFileSync(`/proc/${pid}/autogroup`, 'latin1')

describe('a process that goes behind others', () => {
  const children: ChildProcess[] = []
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
  })

  /** Starts Node with a thread of its own beside those of Node itself. */
  async function start(detached: boolean): Promise<number> {
    const program = `new (require('node:worker_threads').Worker)(
      'console.log("there"); setInterval(() => {}, 1000)', { eval: true })`
    const child = spawn(process.execPath, ['-e', program], {
      detached,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    assert.ok(child.stdout && child.pid !== undefined)
    await once(child.stdout, 'data')
    return child.pid
  }

  it('does so with all of its threads, and this one does not', async () => {
    const own = os.getPriority()
    const pid = await start(false)
    lowerPriority(pid)
    const lowered = Math.min(own + 15, 19)
    assert.equal(os.getPriority(pid), lowered)
    assert.equal(os.getPriority(), own)
    if (process.platform !== 'linux') return
    const threads = readdirSync(`/proc/${pid}/task`).map(Number)
    assert.ok(threads.length > 1)
    assert.deepEqual(new Set(threads.map((thread) => os.getPriority(thread))), new Set([lowered]))
  })

  it('has the group of its session do so, where Linux makes one, and not that of this process', async function () {
    if (!existsSync('/proc/self/autogroup')) this.skip()
    const before = group('self')
    const pid = await start(true)
    assert.notEqual(group(pid).split(' ')[0], before.split(' ')[0])
    lowerPriority(pid)
    // Whoever is not root may have to wait for others who do the same.
    while (!/ nice 1\d/.test(group(pid))) await new Promise((resolve) => setTimeout(resolve, 20))
    const beside = await start(false)
    lowerPriority(beside)
    assert.equal(group('self'), before)
  })

  it('may have ended already', async () => {
    const pid = await start(false)
    const [child] = children
    assert.ok(child)
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
    lowerPriority(pid)
  })
})
