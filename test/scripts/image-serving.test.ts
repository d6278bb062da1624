import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { introductionOf, writeImageServing } from '../../scripts/image-serving/document.ts'

describe('docs/image-serving.md', () => {
  it('has the commands and formats that there are: npm run commands writes it anew', () => {
    const text = readFileSync('docs/image-serving.md', 'utf8')
    assert.equal(text, writeImageServing(introductionOf(text)))
  })
})
