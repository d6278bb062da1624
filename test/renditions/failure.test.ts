import assert from 'node:assert/strict'
import { tellFailure, toRenditionFailure } from '../../src/renditions/failure.ts'

describe('what is told of a rendition that failed', () => {
  const cases: [said: string, told: string][] = [
    [
      "Processing timed out for rendition fmt='undefined' without result after 60 seconds.",
      'Processing timed out for a rendition without fmt without result after 60 seconds.',
    ],
    [
      "'contentRange.length' too large, not supported yet: file:///tmp/home/work/1/out/rendition0.bin",
      "'contentRange.length' too large, not supported yet: rendition0.bin",
    ],
    ['GET https://host/a.jpg?signature=s answered 403', 'GET https://host/a.jpg?… answered 403'],
  ]
  for (const [said, told] of cases) {
    it(`is no secret and no path: ${said}`, () => {
      assert.equal(tellFailure(said), told)
      const result = { error: { message: said } }
      const failure = { code: 'unreported' as const, message: '', result }
      assert.deepEqual(toRenditionFailure(failure), { reason: 'GenericError', message: told })
    })
  }
})
