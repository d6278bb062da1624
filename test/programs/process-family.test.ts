import assert from 'node:assert/strict'
import { residentMemoryOf } from '../../src/programs/process-family.ts'

describe('the memory of a process', () => {
  it('is what the system says of it', function () {
    if (process.platform !== 'linux') this.skip()
    const told = residentMemoryOf(process.pid) ?? assert.fail('it is told')
    const ratio = told / process.memoryUsage.rss()
    assert.ok(ratio > 0.5 && ratio < 2, String(ratio))
  })

  it('is unknown of one that there is not', () => {
    assert.equal(residentMemoryOf(2 ** 22 + 1), undefined)
  })
})
