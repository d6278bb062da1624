import assert from 'node:assert/strict'
import { onceMore } from '../../../page/commands/once-more.ts'

describe('What is loaded while it changes', () => {
  it('is asked for once more, however often it has changed meanwhile', async () => {
    let asked = 0
    let change = 0
    const load = onceMore(async (times: number) => {
      asked += 1
      // While it is on its way it changes, the first time alone.
      if (asked > 1) return
      for (; change < times; change += 1) await load(0)
    })
    await load(3)
    assert.equal(asked, 2)
    await load(0)
    assert.equal(asked, 3)
  })
})
