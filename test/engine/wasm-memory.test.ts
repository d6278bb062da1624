import assert from 'node:assert/strict'
import { limitMemory, WASM_PAGE_BYTES } from '../../src/engine/wasm-memory.ts'

/** A module with nothing but a memory of some pages, exported as `m`; its maximum takes three bytes. */
const withMemory = (flags = 1): Buffer => {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
  const limits = flags === 1 ? [0x01, 0x02, 0x80, 0x80, 0x02] : [0x00, 0x02]
  const memory = [0x05, limits.length + 1, 0x01]
  return Buffer.from([header, memory, limits, [0x07, 0x05, 0x01, 0x01, 0x6d, 0x02, 0x00]].flat())
}

/** How many pages the memory of a module can have. */
async function pagesOf(code: Buffer): Promise<number> {
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(code))
  const memory = exports['m']
  assert.ok(memory instanceof WebAssembly.Memory)
  let pages = memory.buffer.byteLength / WASM_PAGE_BYTES
  try {
    for (; pages < 1000; pages += 1) memory.grow(1)
  } catch {
    // It has all that it gets.
  }
  return pages
}

describe('WebAssembly that gets less memory than it wants', () => {
  const cases: [mostBytes: number, pages: number][] = [
    [300 * WASM_PAGE_BYTES, 300],
    [5 * WASM_PAGE_BYTES, 5],
    [5 * WASM_PAGE_BYTES - 1, 4],
    // What it begins with it has.
    [0, 2],
  ]
  for (const [mostBytes, pages] of cases) {
    it(`has ${pages} pages of ${mostBytes} bytes`, async () => {
      assert.equal(await pagesOf(limitMemory(withMemory(), mostBytes)), pages)
    })
  }

  it('does not get more than it says itself', () => {
    assert.deepEqual(limitMemory(withMemory(), 2 ** 40), withMemory())
  })

  it('has a maximum though it says none itself', async () => {
    assert.equal(await pagesOf(limitMemory(withMemory(0), 300 * WASM_PAGE_BYTES)), 300)
  })

  it('is none that has no memory', () => {
    assert.throws(() => limitMemory(withMemory().subarray(0, 8), 1), RangeError)
  })
})
