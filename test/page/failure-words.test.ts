import assert from 'node:assert/strict'
import { strings } from '../../page/strings.ts'
import { REASONS } from '../../src/base/errors.ts'

const { reasons } = strings.failure

describe('What the page says of a failure', () => {
  it('is there for every reason', () => {
    assert.deepEqual(Object.keys(reasons).toSorted(), [...REASONS].toSorted())
  })

  // The sentence above it says of some sources that they are none of the formats that are taken.
  it('is never that a source is of a known type', () => {
    for (const { meaning, remedy } of Object.values(reasons)) {
      assert.doesNotMatch(`${meaning} ${remedy}`, /known type/)
    }
  })
})
