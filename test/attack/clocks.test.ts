import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import { mock } from 'node:test'
import { connect, type PeerCertificate } from 'node:tls'
import { caFile, openCertificates, ownCertificates } from '../../src/http/certificate-files.ts'
import { createCertificateRenewal } from '../../src/http/certificate-renewal.ts'
import { listen } from '../../src/http/https-server.ts'
import {
  collectLog,
  type Entry,
  requestBody,
  useGateway,
} from '../doors/asset-compute/gateway-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const YEAR_MS = 365 * 24 * HOUR_MS

describe('a clock that is set while the service runs', () => {
  const gateway = useGateway()
  for (const setBy of [20 * MINUTE_MS, -HOUR_MS, 12 * HOUR_MS]) {
    const minutes = setBy / MINUTE_MS
    it(`by ${minutes} minutes fails nothing that is under way`, async () => {
      mock.timers.enable({ apis: ['setInterval'] })
      try {
        const { actions, clock, process, read, register, report } = gateway()
        const journal = await register()
        await process(requestBody('a'))
        const start = await actions.first()
        clock.setBy = setBy
        mock.timers.tick(10_000)
        await new Promise((resolve) => setImmediate(resolve))
        await report(start, 0)
        const { entries } = await read(journal)
        assert.deepEqual(
          entries.map(({ event }) => event.type),
          ['rendition_created'],
        )
      } finally {
        mock.timers.reset()
      }
    })
  }

  it('does not give up what the runtime knows to run, however long that takes', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const { actions, clock, process, read, register, report } = gateway()
      const journal = await register()
      await process(requestBody('a'))
      const start = await actions.first()
      actions.running.add(start.activationId)
      clock.ms += 2 * HOUR_MS
      mock.timers.tick(10_000)
      await new Promise((resolve) => setImmediate(resolve))
      assert.equal((await read(journal)).status, 204)
      await report(start, 0)
      assert.deepEqual(namesOf((await read(journal)).entries), ['a'])
    } finally {
      mock.timers.reset()
    }
  })

  it('back by an hour hides no event that is there, and holds no reader', async () => {
    const { actions, clock, process, read, register, report } = gateway()
    const journal = await register()
    await process(requestBody('a'))
    await report(await actions.first(), 0)
    clock.setBy = -HOUR_MS
    const page = await read(journal)
    assert.deepEqual(namesOf(page.entries), ['a'])
    await process(requestBody('b'))
    const [, second] = await actions.started(2)
    assert.ok(second)
    await report(second, 0)
    assert.deepEqual(namesOf((await read(page.links['next'] ?? '')).entries), ['b'])
  })
})

describe('certificates that were made while the clock was ahead', () => {
  const folder = useTemporaryFolder()
  const now = Date.now()
  const isGood = (pem: string): boolean => Date.parse(new X509Certificate(pem).validFrom) <= now

  it('are made anew at a start when the clock is right again', async () => {
    const home = folder.pathTo('.')
    const early = await openCertificates(home, now + YEAR_MS)
    assert.equal(isGood(early.cert), false)
    const renewed = await openCertificates(home, now)
    assert.ok(isGood(renewed.cert))
    assert.equal(await readFile(caFile(home), 'utf8'), renewed.ca)
    assert.deepEqual(await openCertificates(home, now), renewed)
  })

  it('are made anew while the service runs, which is trusted by ca.pem then and not before', async () => {
    const home = await mkdtemp(folder.pathTo('home-'))
    const clock = { ms: now + 2 * YEAR_MS }
    const early = await openCertificates(home, clock.ms)
    const server = await listen({ fetch: () => new Response(), certificates: early, port: 0 })
    const log = collectLog()
    const renewal = createCertificateRenewal({
      source: ownCertificates(home),
      certificates: early,
      use: server.renew,
      log,
      now: () => clock.ms,
    })
    try {
      await renewal.look()
      assert.deepEqual(log.lines, [])
      await assert.rejects(greet(server.origin, early.ca), { code: 'CERT_NOT_YET_VALID' })
      clock.ms = now
      await renewal.look()
      assert.match(log.lines.join('\n'), /was made anew/)
      const { subject } = await greet(server.origin, await readFile(caFile(home), 'utf8'))
      assert.equal(subject.CN, 'localhost')
    } finally {
      await renewal.close?.()
      await server.close()
    }
  })
})

function namesOf(entries: readonly Entry[]): unknown[] {
  return entries.map(({ event }) => event.rendition.name)
}

/** Connects as a client that trusts one authority. */
function greet(origin: string, ca: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(origin)
    const socket = connect({ host: '127.0.0.1', servername: 'localhost', port: Number(port), ca })
    socket.on('error', reject).on('secureConnect', () => {
      resolve(socket.getPeerCertificate())
      socket.end()
    })
  })
}
