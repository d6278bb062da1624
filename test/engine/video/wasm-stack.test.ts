import assert from 'node:assert/strict'
import { enlargeStack } from '../../../src/engine/video/wasm-stack.ts'

/** What tells where a stack is and puts it elsewhere, by the names that FFmpeg's has for them. */
function stackAt(start: number) {
  let place = start
  return {
    Da: () => place,
    Ea: (next: number) => {
      place = next
    },
  }
}

describe('a stack of WebAssembly', () => {
  it('is put at the end of megabytes that nothing else has, at a multiple of 16', () => {
    const stack = stackAt(70_000)
    let taken = 0
    enlargeStack(stack, (bytes) => {
      taken = bytes
      return 100_008
    })
    const end = 100_008 + taken
    assert.ok(taken >= 4_000_000)
    assert.equal(stack.Da() % 16, 0)
    assert.ok(stack.Da() <= end && stack.Da() > end - 16)
  })

  it('is not put elsewhere where nothing tells of it, or there is no memory', () => {
    assert.throws(() => enlargeStack({}, () => 100), RangeError)
    const { Da, Ea } = stackAt(70_000)
    assert.throws(() => enlargeStack({ Da }, () => 100), RangeError)
    assert.throws(() => enlargeStack({ Da, Ea }, () => 0), RangeError)
    assert.equal(Da(), 70_000)
  })
})
