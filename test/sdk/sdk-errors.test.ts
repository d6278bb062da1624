import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { ClientError, GenericError } from '@adobe/asset-compute-sdk'
import { REASONS } from '../../src/base/errors.ts'
import { RenditionError } from '../../src/sdk/rendition-error.ts'
import { toSdkError } from '../../src/sdk/sdk-errors.ts'

describe('toSdkError', () => {
  for (const reason of REASONS) {
    it(`keeps the reason and the sentence of ${reason}`, () => {
      const error = toSdkError(new RenditionError(reason, 'One sentence.'), 'here')
      assert.equal(error.message, 'One sentence.')
      if (reason === 'GenericError') {
        assert.ok(error instanceof GenericError)
        assert.equal(error.location, 'here')
      } else {
        assert.ok(error instanceof ClientError)
        assert.equal(error.reason, reason)
      }
    })
  }

  it('keeps the message of an unexpected error to the log', () => {
    const error = toSdkError(new Error('no /secret/path'), 'here')
    assert.ok(error instanceof GenericError)
    assert.doesNotMatch(JSON.stringify([error.message, error]), /secret/)
    assert.match(inspect(error), /secret/)
  })
})
