import assert from 'node:assert/strict'
import { collapseFailures } from '../../../page/model/equal-failures.ts'
import { rendition, requestOf } from '../known-run.ts'

const failure = { reason: 'GenericError', message: 'Another.' }
const REQUEST = requestOf(
  'run',
  0,
  'a.jpg',
  'created',
  'failed',
  rendition('failed', { failure }),
  'failed',
  'created',
  'failed',
)

describe('What failed alike of a request', () => {
  it('is one, where the first of it is', () => {
    assert.deepEqual(collapseFailures(REQUEST), [
      0,
      {
        failure: { reason: 'SourceCorrupt', message: 'It is cut off.' },
        state: 'failed',
        positions: [1, 3, 5],
      },
      2,
      4,
    ])
  })

  it('is only of what is shown', () => {
    assert.deepEqual(collapseFailures(REQUEST, [1, 2]), [1, 2])
  })
})
