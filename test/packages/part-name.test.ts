import assert from 'node:assert/strict'
import { findPart } from '../../src/packages/part-name.ts'

const has = (...names: string[]) => ({ has: (name: string) => names.includes(name) })

describe('the parts of a ZIP', () => {
  it('are found by their names', () => {
    assert.equal(findPart(has('a/ß.html'), 'a/ß.html'), 'a/ß.html')
  })

  it('are found by names in UTF-8 that were read as something else', () => {
    assert.equal(findPart(has('a/├ƒ µû╣.html'), 'a/ß 方.html'), 'a/├ƒ µû╣.html')
  })

  it('are not found where there are none', () => {
    assert.equal(findPart(has('a'), 'b'), undefined)
  })
})
