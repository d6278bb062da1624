import assert from 'node:assert/strict'
import { createEventBinding, createSignatureCheck } from '../../../src/renditions/event-routes.ts'
import { ORIGIN, sign, testCredentials } from './gateway-fixture.ts'

const bind = async (params: Record<string, unknown>) => {
  const { eventKey } = await testCredentials()
  return createEventBinding({ eventKey, origin: () => ORIGIN })(params)
}

describe('The event binding', () => {
  it('tells an activation of the SDK where its events go and how to sign them', async () => {
    const { eventKey } = await testCredentials()
    const params = { renditions: [], auth: { orgId: 'org', clientId: 'client' }, other: 1 }
    const { hmacPrivateKey, ...bound } = await bind(params)
    assert.deepEqual(bound, {
      renditions: [],
      auth: {
        orgId: 'org',
        clientId: 'client',
        isServiceAccount: true,
        webhookUrl: `${ORIGIN}/asset-compute/events`,
      },
      other: 1,
    })
    const key = Buffer.from(String(hmacPrivateKey), 'base64').toString()
    assert.equal(createSignatureCheck(eventKey)('body', sign('body', key)), true)
  })

  const others: [title: string, params: Record<string, unknown>][] = [
    ['without renditions', { auth: { orgId: 'org' } }],
    ['without auth', { renditions: [] }],
    ['whose renditions are no array', { renditions: {}, auth: {} }],
    ['whose auth is no object', { renditions: [], auth: 'text' }],
    [
      'that was told where its events go',
      { renditions: [], auth: { webhookUrl: 'https://other.test/' }, hmacPrivateKey: 'key' },
    ],
    ['of a web call', { __ow_method: 'post', renditions: [], auth: {} }],
  ]
  for (const [title, params] of others) {
    it(`tells nothing to an activation ${title}`, async () => {
      assert.deepEqual(await bind(params), params)
    })
  }
})
