import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { measureMemory } from '../../../src/runtime/run/action-pools.ts'
import { newMark } from '../../../src/runtime/run/process-mark.ts'

describe('the memory of processes', () => {
  it('is measured in bytes, for those that live', async () => {
    const living = processOf(process.pid)
    const ended = processOf(spawnSync(process.execPath, ['--version']).pid)
    const memory = await measureMemory([ended, living, processOf(undefined)])
    assert.deepEqual([...memory.keys()], [living])
    // Allocation goes on while both look.
    const share = (memory.get(living) ?? 0) / process.memoryUsage().rss
    assert.ok(share > 0.5 && share < 2, String(share))
  })

  it('is nothing where there is no process', async () => {
    assert.equal((await measureMemory([])).size, 0)
    assert.equal((await measureMemory([processOf(undefined)])).size, 0)
  })
})

function processOf(pid: number | undefined) {
  return { pid, runner: () => pid, mark: newMark() }
}
