import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { type CaptureProxy, openProxy } from '../../../src/engine/capture/proxy.ts'
import type { Reach } from '../../../src/fetching/reach.ts'
import { usePages } from './capture-fixture.ts'

describe('the proxy of a capture', () => {
  const pages = usePages((asked, response) => {
    response.end(asked.url === '/long' ? 'x'.repeat(100_000) : `${asked.method} ${asked.url}`)
  })
  let proxy: CaptureProxy
  let reachOf: (host: string, port: number) => Reach | undefined

  beforeEach(async () => {
    reachOf = () => 'internet'
    const rules = {
      reachOf: (host: string, port: number) => reachOf(host, port),
      mostBytes: 50_000,
    }
    proxy = await openProxy({ host: '127.0.0.1', port: 0 }, rules)
  })
  afterEach(() => proxy.close())

  const credentials = (password = proxy.password): string =>
    `Basic ${btoa(`${proxy.username}:${password}`)}`

  /** Asks for a URL; what there is of an answer when it broke off. */
  function ask(url: string, authorization = credentials()) {
    return new Promise<{ status: number | undefined; body: string }>((resolve) => {
      let status: number | undefined
      let body = ''
      const sent = request(
        {
          port: proxy.port,
          path: url,
          headers: { host: new URL(url).host, 'proxy-authorization': authorization },
          agent: new Agent(),
        },
        (response) => {
          status = response.statusCode
          response.setEncoding('utf8').on('data', (text: string) => {
            body += text
          })
          response.on('close', () => resolve({ status, body }))
        },
      )
      sent.on('error', () => resolve({ status, body }))
      sent.end()
    })
  }

  /** Asks for a tunnel; the first line of the answer. */
  async function tunnel(target: string, authorization = credentials()): Promise<string> {
    const socket: Socket = connect(proxy.port, '127.0.0.1')
    socket.write(
      `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nProxy-Authorization: ${authorization}\r\n\r\n`,
    )
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
        if (text.includes('\r\n')) resolve(text)
      })
      socket.on('close', () => resolve(text))
      socket.on('error', () => resolve(text))
    })
    socket.destroy()
    return answer.split('\r\n')[0] ?? ''
  }

  it('lets nobody through who does not know its password', async () => {
    reachOf = () => 'machine'
    const url = `http://127.0.0.1:${pages.port}/`
    assert.deepEqual(await ask(url, credentials('other')), { status: 407, body: '' })
    assert.match(await tunnel(`127.0.0.1:${pages.port}`, credentials('')), /^HTTP\/1\.1 407 /)
    assert.deepEqual(pages.asked, [])
  })

  it('hands on what may be reached, without what is between it and the browser', async () => {
    reachOf = (_host, port) => (port === pages.port ? 'machine' : 'internet')
    const url = `http://127.0.0.1:${pages.port}/a?b`
    assert.deepEqual(await ask(url), { status: 200, body: 'GET /a?b' })
    assert.equal(pages.asked[0]?.headers['proxy-authorization'], undefined)
    assert.match(await tunnel(`localhost:${pages.port}`), /^HTTP\/1\.1 200 /)
  })

  const FORBIDDEN = [
    '127.0.0.1',
    '127.1.2.3',
    'localhost',
    '2130706433',
    '0x7f.1',
    '0.0.0.0',
    '169.254.169.254',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[fd00::1]',
    '[fe80::1]',
  ]
  for (const host of FORBIDDEN) {
    it(`connects nobody to ${host}`, async () => {
      const url = `http://${host}:${pages.port}/`
      assert.equal((await ask(url)).status, undefined)
      assert.match(await tunnel(`${host}:${pages.port}`), /^HTTP\/1\.1 502 |^$/)
      assert.match(
        proxy.problemOf(url) ?? '',
        /its host is not one that this service may connect to/,
      )
      assert.deepEqual(pages.asked, [])
    })
  }

  it('connects nobody to anything where nothing may be reached', async () => {
    reachOf = () => undefined
    assert.equal((await ask(`http://127.0.0.1:${pages.port}/`)).status, undefined)
    assert.deepEqual(pages.asked, [])
  })

  it('lets nothing through any more when too much has come', async () => {
    reachOf = () => 'machine'
    const { body } = await ask(`http://127.0.0.1:${pages.port}/long`)
    assert.ok(body.length < 100_000)
    assert.equal(proxy.isOverrun(), true)
    assert.equal((await ask(`http://127.0.0.1:${pages.port}/`)).status, undefined)
  })

  it('tells what is wrong with a connection', async () => {
    reachOf = () => 'machine'
    await ask('http://127.0.0.1:9/')
    assert.equal(proxy.problemOf('http://127.0.0.1:9/a'), 'there is no connection (ECONNREFUSED)')
    assert.equal(proxy.problemOf('http://127.0.0.1:10/a'), undefined)
  })
})
