import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeConversions } from '../../scripts/conversions/document.ts'

describe('docs/conversions.md', () => {
  it('is what npm run conversions makes of the tables of today', () => {
    const written = writeConversions(readFileSync('manifest.yml', 'utf8'))
    assert.equal(readFileSync('docs/conversions.md', 'utf8'), written)
  })
})
