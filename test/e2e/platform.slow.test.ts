import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { amountOf, itThoroughly } from '../support/amounts.ts'
import { type JournalEntry, presign, readConsole, readJournal, upload } from './api-client.ts'
import { usePlatformService } from './platform-service.ts'

const KILLS = amountOf({ thoroughly: 5, usually: 1 })

const PACKAGE = 'dx-asset-compute-worker-1'

/** What an event is about, in what there is of it in every event. */
const tell = ({ event }: JournalEntry) => {
  const { name } = Object(event['rendition'])
  return [String(name), event.type, event['errorMessage']]
}

/** A worker that reports after a while, and all of it twice, as code that is deployed. */
const SLOW_WORKER = `
const { createSign } = require('node:crypto')
exports.main = async ({ renditions, requestId, userData, auth, hmacPrivateKey, source, customWorker }) => {
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (const { target, ...rendition } of renditions) {
    const metadata = { told: { requestId, auth: Object.keys(auth).sort(), source, target, customWorker } }
    const event = { type: 'rendition_created', date: new Date().toISOString(), requestId, userData, rendition, metadata }
    const body = JSON.stringify({ event_code: 'asset_compute', event })
    const key = Buffer.from(hmacPrivateKey, 'base64').toString()
    const signature = createSign('RSA-SHA256').update(body).sign(key, 'base64')
    const headers = { 'content-type': 'application/json', 'x-ac-hmac-signature': signature }
    for (const time of [1, 2]) {
      const { ok, status } = await fetch(auth.webhookUrl, { method: 'POST', headers, body })
      if (!ok) throw new Error('The event was refused with status ' + status)
    }
  }
  return {}
}`

describe('a service whose actions run on a platform', function () {
  this.timeout(120_000)
  // What leaves nothing is given up after three seconds in place of five minutes.
  const { home, platform, service, headers, journal, process, ask, kill } = usePlatformService({
    manifest: 'instant.yml',
    clock: 100,
  })
  const source = 'data:text/plain,source'
  const target = 'https://storage.test/made'
  let told = 0

  /** Sends a request; resolves with the events of its renditions. */
  async function eventsOf(...renditions: Record<string, unknown>[]): Promise<JournalEntry[]> {
    await process({ source, renditions })
    told += renditions.length
    return (await readJournal(journal(), headers(), told)).slice(-renditions.length)
  }

  const countActivations = async (): Promise<number> =>
    Object(await (await ask('activations?limit=200')).json()).length

  before(async () => {
    await ask('packages/custom?overwrite=true', { method: 'PUT', body: {} })
    const { status } = await ask('actions/custom/slow?overwrite=true', {
      method: 'PUT',
      body: {
        exec: { kind: 'nodejs:24', code: SLOW_WORKER },
        limits: { timeout: 10_000, memory: 256, concurrency: 50 },
        annotations: [{ key: 'web-export', value: true }],
      },
    })
    assert.equal(status, 200)
  })

  it('has renditions made there, whose signed events come back', async () => {
    const events = await eventsOf({ name: 'a.png', fmt: 'png', target })
    assert.deepEqual(events.map(tell), [['a.png', 'rendition_created', undefined]])
    while ((await countActivations()) === 0);
    const { auth } = readConsole(home).namespace
    const own = await fetch(`${service().origin}/api/v1/namespaces/_/activations`, {
      headers: { authorization: `Basic ${btoa(auth)}` },
    })
    assert.deepEqual(await own.json(), [])
  })

  it('has a worker of that namespace told who asks and where events go, of which one that comes twice counts once', async () => {
    const worker = `${platform().origin}/api/v1/web/darkroom/custom/slow`
    const url = await upload(service().origin, headers(), 'photo.jpg', 'bytes')
    const put = await presign(service().origin, headers(), 'made', 'w')
    await process({ source: url, renditions: [{ name: 'b.png', worker, target: put }] })
    told += 1
    const { event } = (await readJournal(journal(), headers(), told)).at(-1) ?? assert.fail()
    assert.deepEqual(Object(event['metadata']).told.auth, [
      'accessToken',
      'appName',
      'clientId',
      'isServiceAccount',
      'orgId',
      'orgName',
      'webhookUrl',
    ])
    const { customWorker, source: seen, target: given } = Object(event['metadata']).told
    assert.equal(customWorker, true)
    // By the name that leads there from the platform.
    for (const named of [seen.url, given]) assert.match(named, /^https:\/\/127\.0\.0\.1:/)
    assert.equal(event['source'], url)
  })

  it('says which action is not deployed there', async () => {
    const [failed] = await eventsOf({ name: 'a.txt', fmt: 'text', target })
    const [name, type, message] = tell(failed ?? assert.fail())
    assert.deepEqual([name, type], ['a.txt', 'rendition_failed'])
    assert.equal(
      message,
      `The action ${PACKAGE}/document is not deployed in the namespace darkroom at ${platform().origin}; aio app deploy puts it there.`,
    )
  })

  /** Has renditions asked for while something is killed; each has its one event, and has been made. */
  async function makeWhileKilling(what: 'platform' | 'service'): Promise<void> {
    const worker = `${platform().origin}/api/v1/web/darkroom/custom/slow`
    const killing = (async () => {
      for (let kills = 0; kills < KILLS; kills += 1) {
        await delay(300)
        await kill(what)
      }
    })()
    const accepted: string[] = []
    for (let index = 0; index < 30 * KILLS; index += 1) {
      const name = `${what} ${index}.png`
      const rendition = index % 2 === 0 ? { worker } : { fmt: 'png' }
      const renditions = [{ name, target, ...rendition }]
      // A service that is dead answers nobody, and one that dies may have accepted what it answers no more.
      const isAccepted = await process({ source, renditions }).then(
        () => true,
        () => false,
      )
      if (isAccepted) accepted.push(name)
      await delay(10)
    }
    await killing
    assert.ok(accepted.length > 0)
    let made: ReturnType<typeof tell>[] = []
    while (!accepted.every((name) => made.some(([each]) => each === name))) {
      const entries = await readJournal(journal(), headers(), told + accepted.length)
      made = entries.slice(told).map(tell)
    }
    told += made.length
    assert.deepEqual(
      made.filter(([, type]) => type !== 'rendition_created'),
      [],
    )
    assert.equal(new Set(made.map(([name]) => name)).size, made.length)
  }

  it('ends each rendition once, though the platform is killed while some run and others wait', () =>
    makeWhileKilling('platform'))

  itThoroughly('ends each rendition once, though the service itself is killed', () =>
    makeWhileKilling('service'),
  )
})

describe('a service whose undeployed actions run on a second runtime', function () {
  this.timeout(120_000)
  const { platform, journal, headers, process } = usePlatformService({
    manifest: 'instant.yml',
    environment: (origin, auth) => ({ LOCAL_RUNTIME_URL: origin.replace('//', `//${auth}@`) }),
  })

  it('has them begin there', async () => {
    const source = { url: 'data:text/plain,a', name: 'a.odt' }
    const target = 'https://storage.test/made'
    await process({ source, renditions: [{ name: 'a.pdf', fmt: 'pdf', target }] })
    const [entry] = await readJournal(journal(), headers(), 1)
    assert.equal(
      entry?.event['errorMessage'],
      `The runtime at ${platform().origin} has no action ${PACKAGE}/office; it takes a Darkroom whose manifest.yml has it.`,
    )
  })
})
