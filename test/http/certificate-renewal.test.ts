import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, request } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { createCertificateRenewal } from '../../src/http/certificate-renewal.ts'
import type { Certificates } from '../../src/http/certificates-schema.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { type HttpsServer, listen } from '../../src/http/https-server.ts'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'

const NOW = Date.now()
const NEWS = 'It is another one.'

describe('certificates from anywhere', () => {
  let given: Certificates | Error
  let first: Certificates
  let second: Certificates
  let server: HttpsServer
  let renewal: ReturnType<typeof createCertificateRenewal>
  let log: ReturnType<typeof collectLog>

  before(async () => {
    first = await makeCertificates(NOW)
    second = await makeCertificates(NOW)
  })
  beforeEach(async () => {
    given = first
    log = collectLog()
    server = await listen({ fetch: () => new Response('here'), certificates: first, port: 0 })
    renewal = createCertificateRenewal({
      source: {
        async read() {
          if (given instanceof Error) throw given
          return given
        },
        news: NEWS,
      },
      certificates: first,
      use: server.renew,
      log,
      now: () => NOW,
    })
  })
  afterEach(async () => {
    await renewal.close?.()
    await server.close()
  })

  /** Connects as a client that trusts one authority alone. */
  async function greet({ ca }: Certificates): Promise<TLSSocket> {
    const { port } = new URL(server.origin)
    const socket = connect({ host: '127.0.0.1', servername: 'localhost', port: Number(port), ca })
    await once(socket, 'secureConnect')
    return socket
  }

  it('stay while they are the same', async () => {
    await renewal.look()
    assert.deepEqual(log.lines, [])
    ;(await greet(first)).destroy()
  })

  it('are shown to whoever connects from then on', async () => {
    given = second
    await renewal.look()
    await renewal.look()
    assert.deepEqual(log.lines, [NEWS])
    ;(await greet(second)).destroy()
    await assert.rejects(greet(first), /unable to verify|signature/i)
  })

  it('end no connection, and nothing that is under way there', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: first.ca })
    const get = async (): Promise<string> => {
      const sent = request(server.origin, { agent, host: '127.0.0.1', servername: 'localhost' })
      const [response] = await once(sent.end(), 'response')
      let text = ''
      for await (const chunk of response) text += String(chunk)
      return text
    }
    assert.equal(await get(), 'here')
    given = second
    await renewal.look()
    // A connection of its own would not be accepted any more.
    assert.equal(await get(), 'here')
    agent.destroy()
  })

  const faults: [what: string, fault: () => Certificates | Error][] = [
    ['cannot be read', () => new Error('There is no such file.')],
    ['do not belong together', () => ({ ...second, key: first.key })],
    ['are none', () => ({ ...second, cert: 'no certificate' })],
  ]
  for (const [what, fault] of faults) {
    it(`that ${what} change nothing, which is told once`, async () => {
      given = fault()
      await renewal.look()
      await renewal.look()
      assert.equal(log.lines.length, 1)
      assert.match(log.lines.join(), /^The certificate of the service stays what it was: /)
      ;(await greet(first)).destroy()
      given = second
      await renewal.look()
      ;(await greet(second)).destroy()
      assert.deepEqual(log.lines.slice(1), [NEWS])
    })
  }
})
