import assert from 'node:assert/strict'
import { isReason, REASONS, ServiceError } from '../../src/base/errors.ts'
import { isRecord } from '../../src/base/json.ts'
import { renditionEventSchema, webhookBodySchema } from '../../src/contract/event.ts'
import { RenditionError } from '../../src/sdk/rendition-error.ts'

describe('the contract', () => {
  it('knows the documented reasons of a failure, and no others', () => {
    assert.deepEqual(REASONS.filter(isReason), [...REASONS])
    for (const other of ['', 'genericerror', 'Timeout', undefined, null, 0])
      assert.ok(!isReason(other))
  })

  it('has errors that say what they are', () => {
    const cause = new Error('deeper')
    const failure = new RenditionError('SourceCorrupt', 'Half of it is missing.', { cause })
    assert.deepEqual(
      [failure.name, failure.reason, failure.message, failure.cause],
      ['RenditionError', 'SourceCorrupt', 'Half of it is missing.', cause],
    )
    const refusal = new ServiceError('too_many_requests', 'Later.', {
      headers: { 'Retry-After': '1' },
      cause,
    })
    assert.deepEqual(
      [refusal.name, refusal.status, refusal.headers, refusal.cause],
      ['ServiceError', 429, { 'Retry-After': '1' }, cause],
    )
    assert.deepEqual(new ServiceError('not_found', 'Gone.').headers, {})
  })

  for (const [value, expected] of [
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    ['a', false],
    [undefined, false],
  ] as const) {
    it(`takes ${JSON.stringify(value)} for ${expected ? 'a record' : 'no record'}`, () => {
      assert.equal(isRecord(value), expected)
    })
  }

  const event = { type: 'rendition_created', rendition: { name: 'a.png', fmt: 'png' }, date: 'now' }
  it('passes an event on as it is', () => {
    const body = {
      event_code: 'asset_compute',
      user_guid: 'x',
      event: { ...event, metadata: { 'repo:size': 5 } },
    }
    assert.deepEqual(webhookBodySchema.parse(body), body)
  })

  it('loses no event because its details are not what they should be', () => {
    const odd = { ...event, metadata: 5, errorReason: {}, errorMessage: [] }
    const { metadata, errorReason, errorMessage } = renditionEventSchema.parse(odd)
    assert.deepEqual([metadata, errorReason, errorMessage], [undefined, undefined, undefined])
  })

  for (const body of [
    {},
    { event_code: 'other', event },
    { event_code: 'asset_compute' },
    { event_code: 'asset_compute', event: { ...event, type: 'rendition_lost' } },
    { event_code: 'asset_compute', event: { type: 'rendition_created' } },
  ]) {
    it(`takes ${JSON.stringify(body)} for no event`, () => {
      assert.ok(!webhookBodySchema.safeParse(body).success)
    })
  }
})
