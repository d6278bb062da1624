import assert from 'node:assert/strict'
import nock from 'nock'
import { createPlatforms } from '../../src/compose/platforms.ts'
import type { PlatformAccess } from '../../src/orders/platform.ts'
import type { Action } from '../../src/runtime/run/action.ts'
import { testCredentials } from '../doors/asset-compute/gateway-fixture.ts'
import { useNock } from '../support/nock.ts'

const ORIGIN = 'https://localhost:9443'
const PUBLIC_URL = 'https://darkroom.test'
const PLATFORM: PlatformAccess = {
  apiHost: 'https://whisk.test',
  namespace: 'ns',
  apiKey: 'user:password',
  keyName: 'AIO_RUNTIME_AUTH',
}
const SECOND: PlatformAccess = {
  apiHost: 'https://office.test',
  namespace: undefined,
  apiKey: 'user:password',
  keyName: 'LOCAL_RUNTIME_URL',
}

const action = (name: string, timeout: number): Action => ({
  name,
  version: '1',
  kind: 'nodejs:24',
  web: 'yes',
  customOptions: false,
  final: false,
  requiresWhiskAuth: false,
  requiresAdobeAuth: undefined,
  file: `${name}.ts`,
  inputs: {},
  limits: { timeout, memorySize: 256, concurrency: 1 },
})

const ACTIONS = [action('pkg/worker', 60_000), action('pkg/office', 120_000)]

async function open(platform: PlatformAccess | undefined, localRuntime?: PlatformAccess) {
  const { eventKey } = await testCredentials()
  return createPlatforms({
    elsewhere: { publicUrl: PUBLIC_URL, platform, localRuntime },
    actions: ACTIONS,
    local: ['pkg/office'],
    eventKey,
    origin: () => ORIGIN,
    stopping: new AbortController().signal,
  })
}

describe('the platforms of a service', () => {
  useNock()

  const kinds: [title: string, access: Parameters<typeof open>, runs: string[][]][] = [
    ['what is deployed runs on the platform', [PLATFORM], [['pkg/worker']]],
    ['what is not runs on a second runtime', [undefined, SECOND], [['pkg/office']]],
    ['each runs where it is to', [PLATFORM, SECOND], [['pkg/worker'], ['pkg/office']]],
  ]
  for (const [title, access, runs] of kinds) {
    it(`are such that ${title}`, async () => {
      const platforms = await open(...access)
      const names = ACTIONS.map(({ name }) => name)
      assert.deepEqual(
        platforms.map((platform) => names.filter(platform.runs)),
        runs,
      )
    })
  }

  it('know the time limits of the actions', async () => {
    const [platform] = await open(PLATFORM)
    assert.equal(platform?.longestMs('pkg/worker'), 60_000 + 5 * 60_000)
  })

  it('tell an activation by which URLs the service is reached, and no more of its secrets than the key of events', async () => {
    let sent: unknown
    nock('https://whisk.test')
      .get('/api/v1/namespaces/_/actions/pkg/worker?code=false')
      .reply(200, '{}')
      .post('/api/v1/namespaces/_/actions/pkg/worker', (body: unknown) => {
        sent = body
        return true
      })
      .reply(202, '{"activationId":"a1"}')
    const [platform] = await open(PLATFORM)
    const own = `${ORIGIN}/storage/objects/a?signature=s`
    await platform?.invoke('pkg/worker', {
      source: { url: own, name: 'a.jpg' },
      renditions: [
        {
          target: { urls: [own, own] },
          watermark: 'https://elsewhere.test/logo.png',
          userData: { mine: own },
        },
      ],
      userData: own,
      auth: { orgId: 'org', clientId: 'client' },
    })
    const { eventKey } = await testCredentials()
    const moved = `${PUBLIC_URL}/storage/objects/a?signature=s`
    assert.deepEqual(sent, {
      source: { url: moved, name: 'a.jpg' },
      renditions: [
        {
          target: { urls: [moved, moved] },
          watermark: 'https://elsewhere.test/logo.png',
          userData: { mine: own },
        },
      ],
      userData: own,
      auth: {
        orgId: 'org',
        clientId: 'client',
        isServiceAccount: true,
        webhookUrl: `${PUBLIC_URL}/asset-compute/events`,
      },
      hmacPrivateKey: Buffer.from(eventKey).toString('base64'),
    })
  })
})
