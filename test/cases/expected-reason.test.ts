import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import * as z from 'zod/mini'
import { isExpectedFailure, tellMeantReason } from '../../src/cases/expected-reason.ts'

const errors = z
  .record(z.string(), z.unknown())
  .parse(createRequire(import.meta.url)('@adobe/asset-compute-commons'))
const CLASSES = Object.keys(errors).filter((name) => /^[A-Z].*(?:Error|Large)$/.test(name))

describe('the reason that a case expects', () => {
  for (const name of CLASSES.filter((each) => each !== 'ClientError')) {
    it(`may be the class ${name} of the SDK`, () => {
      const Thrown = errors[name]
      assert.ok(typeof Thrown === 'function')
      const error: unknown = Reflect.construct(Thrown, ['No.', 'test'])
      assert.ok(error instanceof Error)
      // As the SDK writes it into the event.
      const errorReason = String(Reflect.get(error, 'reason') ?? 'GenericError')
      assert.ok(isExpectedFailure(name, { errorReason }))
      assert.ok(isExpectedFailure(errorReason, { errorReason }))
      assert.ok(!isExpectedFailure(name, { errorReason: 'OtherReason' }))
      assert.equal(tellMeantReason(name), '')
    })
  }

  it('may be the name of an error that only test mode tells', () => {
    const failure = { errorReason: 'SourceCorrupt', errorName: 'TornFile' }
    assert.ok(isExpectedFailure('TornFile', failure))
    assert.ok(!isExpectedFailure('TornFile', { errorReason: 'SourceCorrupt' }))
  })

  it('is none that nobody has told', () => {
    assert.ok(!isExpectedFailure('NoSuchError', { errorReason: undefined }))
  })

  const MEANT: [given: string, told: string][] = [
    ['SourceCorupt', `; did you mean 'SourceCorrupt'?`],
    ['sourceCorruptEror', `; did you mean 'SourceCorruptError'?`],
    ['source_unsupported', `; did you mean 'SourceUnsupported'?`],
    ['Generic', `; did you mean 'GenericError'?`],
    ['SourceCorrupt', ''],
    ['QuotaExceeded', ''],
  ]
  for (const [given, told] of MEANT) {
    it(`${told === '' ? 'is left alone' : 'is told in other letters'} as ${given}`, () => {
      assert.equal(tellMeantReason(given), told)
    })
  }
})
