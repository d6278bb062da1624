import assert from 'node:assert/strict'
import { formatCaseParams } from '../../src/contract/case-params.ts'

describe('The params.json of a case that is made of a rendition', () => {
  const request = {
    name: 'a.png',
    worker: 'https://localhost/worker',
    target: 'https://localhost/a.png',
    userData: { a: 1 },
    errorReason: 'GenericError',
  }

  it('has its instructions, and not what belongs to the request', () => {
    const params = formatCaseParams({ ...request, fmt: 'png', width: 10 }, undefined)
    assert.equal(params, '{\n  "fmt": "png",\n  "width": 10\n}\n')
  })

  it('expects the reason with which it has failed', () => {
    assert.deepEqual(JSON.parse(formatCaseParams({ ...request, fmt: 'png' }, 'SourceCorrupt')), {
      fmt: 'png',
      errorReason: 'SourceCorrupt',
    })
  })
})
