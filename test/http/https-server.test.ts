import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, statSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { connect as connectTls } from 'node:tls'
import { caFile, openCertificates } from '../../src/http/certificate-files.ts'
import type { Certificates } from '../../src/http/certificates-schema.ts'
import { type HttpsServer, listen } from '../../src/http/https-server.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const DAY_MS = 24 * 60 * 60 * 1000

describe('the HTTPS server', () => {
  const folder = useTemporaryFolder()
  let certificates: Certificates
  let server: HttpsServer
  let port: number
  before(async () => {
    certificates = await openCertificates(folder.pathTo('.'), Date.now())
    server = await listen({
      fetch: ({ url, method }) => Response.json({ url, method }),
      certificates,
      port: 0,
    })
    port = Number(new URL(server.origin).port)
  })
  after(() => server.close())

  /** Connects as a client that trusts `ca` and checks what Node checks unless told otherwise. */
  async function handshake(servername: string, ca?: string): Promise<void> {
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      ...(ca === undefined ? {} : { ca }),
      ...(/^[\d.:]+$/.test(servername) ? { host: servername } : { servername }),
    })
    try {
      await once(socket, 'secureConnect')
      assert.ok(socket.authorized)
    } finally {
      socket.destroy()
    }
  }
  const trusted = () => readFileSync(caFile(folder.pathTo('.')), 'utf8')

  it('names itself by the port it got', () => {
    assert.match(server.origin, /^https:\/\/localhost:\d+$/)
    assert.ok(port > 0)
  })

  for (const host of ['localhost', '127.0.0.1']) {
    it(`answers at ${host} to who trusts ca.pem`, async () => {
      const sent = request({ host, port, path: '/a?b', method: 'PUT', ca: trusted(), agent: false })
      sent.end()
      const [response] = await once(sent, 'response')
      let text = ''
      for await (const chunk of response) text += String(chunk)
      assert.deepEqual(JSON.parse(text), { url: `https://${host}:${port}/a?b`, method: 'PUT' })
    })
    it(`proves to be ${host}`, () => handshake(host, trusted()))
  }

  for (const name of ['darkroom.test', 'localhost.test', 'sub.localhost']) {
    it(`does not pretend to be ${name}`, async () => {
      await assert.rejects(handshake(name, trusted()), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    })
  }

  it('is not trusted without ca.pem', async () => {
    await assert.rejects(handshake('localhost'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
  })

  it('says in one sentence that its port is taken', async () => {
    const again = listen({ fetch: () => new Response(), certificates, port })
    await assert.rejects(again, {
      message: `Port ${port} is taken; DARKROOM_PORT sets another one, 0 any free one.`,
    })
  })

  it('listens on this machine only', async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address)
    // Another address of the loopback network stands for every one that is not 127.0.0.1, where it exists.
    for (const host of [...addresses, ...(process.platform === 'linux' ? ['127.0.0.2'] : [])]) {
      const socket = connect({ host, port })
      await assert.rejects(once(socket, 'connect'), { code: 'ECONNREFUSED' }, host)
    }
  })

  it('ends every connection when it closes, and closes once', async () => {
    const asked = Promise.withResolvers<void>()
    const other = await listen({
      fetch() {
        asked.resolve()
        return new Promise<Response>(() => undefined)
      },
      certificates,
      port: 0,
    })
    // One that has said nothing yet, and one that waits for its answer.
    const silent = connect({ host: '127.0.0.1', port: Number(new URL(other.origin).port) })
    const silentEnd = once(silent, 'close')
    await once(silent, 'connect')
    const sent = request(`${other.origin}/`, { ca: trusted(), agent: false })
    const broken = once(sent, 'error')
    sent.end()
    await asked.promise
    await other.close()
    const [error]: unknown[] = await broken
    assert.match(String(error), /hang up|ECONNRESET/)
    await silentEnd
    await other.close()
  })

  it('waits for no body that comes too slowly, and for an answer as long as it takes', async () => {
    const asked = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    const other = await listen({
      async fetch({ url, body }) {
        if (url.endsWith('/read')) for await (const _ of body ?? []);
        if (url.endsWith('/whole')) asked.resolve()
        await answered.promise
        return new Response('done')
      },
      certificates,
      port: 0,
      leastPace: { bytes: 10_000, ms: 60 },
    })
    try {
      const options = { ca: trusted(), agent: false, method: 'POST' }
      // One says no more than that something is to come, and the other says a little again and again.
      for (const said of ['', 'x']) {
        const slow = request(`${other.origin}/read`, {
          ...options,
          headers: { 'content-length': '100000' },
        })
        const broken = once(slow, 'error')
        slow.flushHeaders()
        const dripping = setInterval(() => said && slow.write(said), 10)
        await broken
        clearInterval(dripping)
      }

      const whole = request(`${other.origin}/whole`, options)
      whole.end('all of it')
      const response = once(whole, 'response')
      assert.equal(other.server.requestTimeout, 0)
      await asked.promise
      setTimeout(() => answered.resolve(), 300)
      const [{ statusCode }] = await response
      assert.equal(statusCode, 200)
    } finally {
      await other.close()
    }
  })

  it('ends the connection of a body that goes on coming when it was answered', async () => {
    const other = await listen({
      fetch: () => new Response('done'),
      certificates,
      port: 0,
      leastPace: { bytes: 1, ms: 60 },
    })
    try {
      const endless = request(`${other.origin}/`, { ca: trusted(), agent: false, method: 'POST' })
      const ended = new Promise((resolve) => void endless.once('close', resolve))
      endless.on('error', () => undefined)
      const sending = setInterval(() => endless.write('more'), 5)
      await ended
      clearInterval(sending)
    } finally {
      await other.close()
    }
  })

  it('answers who wants another protocol as anybody else, but at the paths that have one', async () => {
    const other = await listen({
      fetch: () => new Response('done'),
      certificates,
      port: 0,
      upgraded: '/sockets/',
    })
    const refused = Promise.withResolvers<string | undefined>()
    other.server.on('upgrade', ({ url }, socket) => {
      refused.resolve(url)
      socket.destroy()
    })
    try {
      for (const protocol of ['websocket', 'h2c', 'TLS/1.3']) {
        const asking = request(`${other.origin}/`, {
          ca: trusted(),
          agent: false,
          headers: { connection: 'Upgrade', upgrade: protocol },
        }).end()
        const [{ statusCode }] = await once(asking, 'response')
        assert.equal(statusCode, 200)
      }
      const upgrading = request(`${other.origin}/sockets/?a=b`, {
        ca: trusted(),
        agent: false,
        headers: { connection: 'Upgrade', upgrade: 'websocket' },
      }).end()
      await once(upgrading, 'error')
      assert.equal(await refused.promise, '/sockets/?a=b')
    } finally {
      await other.close()
    }
  })

  it('waits for no head of a request that does not come to its end, nor for a first one that does not begin', async () => {
    const other = await listen({
      fetch: () => new Response('done'),
      certificates,
      port: 0,
      headMs: 100,
    })
    const options = { host: 'localhost', port: Number(new URL(other.origin).port), ca: trusted() }
    try {
      const ends = ['', 'GET / HTTP/1.1\r\nHost: local'].map(async (said) => {
        const socket = connectTls(options)
        // What is left to be read would hold its end up, and an error is an end as well.
        socket.on('error', () => undefined).resume()
        const ended = new Promise((resolve) => void socket.once('close', resolve))
        const dripping = setInterval(() => said && socket.write('x'), 10)
        socket.write(said)
        await ended
        clearInterval(dripping)
      })
      await Promise.all(ends)
    } finally {
      await other.close()
    }
  })

  it('keeps its certificates from one start to the next, and the key to itself', async () => {
    assert.deepEqual(await openCertificates(folder.pathTo('.'), Date.now()), certificates)
    if (process.platform !== 'win32') {
      assert.equal(statSync(folder.pathTo('certificates.json')).mode & 0o777, 0o600)
    }
    assert.ok(!trusted().includes('PRIVATE KEY'))
  })

  it('gets certificates anew before they expire', async () => {
    const { validTo } = new X509Certificate(certificates.cert)
    const end = Date.parse(validTo)
    const home = folder.pathTo('.')
    assert.deepEqual(await openCertificates(home, end - 31 * DAY_MS), certificates)
    const renewed = await openCertificates(home, end - 29 * DAY_MS)
    assert.notEqual(renewed.cert, certificates.cert)
    assert.ok(Date.parse(new X509Certificate(renewed.cert).validTo) > end)
    assert.equal(trusted(), renewed.ca)
    assert.deepEqual(await openCertificates(home, end - 29 * DAY_MS), renewed)
  })

  it('has a certificate that lives shorter than Apple allows, of an authority that signs nothing else', () => {
    const [ca, cert] = [certificates.ca, certificates.cert].map((pem) => new X509Certificate(pem))
    assert.ok(ca !== undefined && cert !== undefined)
    assert.ok(cert.checkIssued(ca) && cert.verify(ca.publicKey))
    assert.ok(ca.ca && !cert.ca)
    assert.ok(Date.parse(cert.validTo) - Date.parse(cert.validFrom) <= 825 * DAY_MS)
    assert.deepEqual(Object.keys(certificates).toSorted(), ['ca', 'cert', 'key'])
  })
})
