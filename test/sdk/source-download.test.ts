import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { downloadSource, isRemote } from '../../src/sdk/source-download.ts'
import { type Answer, useStranger } from '../fetching/stranger.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

/** How a source that cannot be had fails. */
const failure = (message: string | RegExp) => ({
  name: 'RenditionError',
  reason: 'GenericError',
  message,
})

describe('the source of an activation', () => {
  const temporary = useTemporaryFolder()
  let answer: Answer | undefined
  const stranger = useStranger((response, request) => answer?.(response, request))

  const download = async (source: object = {}, params: object = {}) => {
    const url = `${stranger.origin}/a.png?signature=hush`
    const file = temporary.pathTo('source.png')
    await downloadSource({ renditions: [], ...params, source: { url, ...source } }, file)
    return String(await readFile(file))
  }

  it('is fetched by the action where it is behind a URL, and not where it is in one', () => {
    assert.deepEqual(
      ['https://a.test/b', { url: 'HTTPS://a.test' }, 'data:,a', { url: 'a.png' }, undefined].map(
        isRemote,
      ),
      [true, true, false, false, false],
    )
  })

  it('is what the server sends', async () => {
    answer = (response) => response.end('abc')
    assert.equal(await download(), 'abc')
  })

  it('comes with the headers of the request, but for those that make the connection', async () => {
    let seen: IncomingHttpHeaders = {}
    answer = (response, { headers }) => {
      seen = headers
      response.end('abc')
    }
    const headers = { Authorization: 'Bearer a', Host: 'evil.test', 'Content-Length': '7' }
    await download({ headers })
    const { authorization, host, 'content-length': length } = seen
    assert.deepEqual(
      [authorization, host, length],
      ['Bearer a', new URL(stranger.origin).host, undefined],
    )
  })

  it('is not fetched from where a redirect leaves https:', async () => {
    answer = (response) => response.writeHead(302, { location: 'http://localhost:1/' }).end()
    const host = new URL(stranger.origin).host
    await assert.rejects(
      download(),
      failure(
        `The source could not be fetched from ${host}: it redirects to a URL that is not https:.`,
      ),
    )
  })

  it('is not fetched from addresses that nobody means', async () => {
    const url = 'https://169.254.169.254/latest/meta-data'
    await assert.rejects(
      download({ url }),
      failure(/from 169\.254\.169\.254: its host is not one that this service may connect to/),
    )
  })

  it('is asked for once where it is not, and the answer is told without what is secret', async () => {
    let asked = 0
    answer = (response) => {
      asked += 1
      response.writeHead(404).end()
    }
    await assert.rejects(download(), failure(/^(?!.*hush).*: the server answered 404\.$/))
    assert.equal(asked, 1)
  })

  it('has no more bytes than MAX_SOURCE_BYTES, however it is packed', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)))
    }
    await assert.rejects(
      download({}, { MAX_SOURCE_BYTES: '1000000' }),
      failure(/: it has more than the 1000000 bytes that a file may have\.$/),
    )
  })

  it('is not waited for once it is too large', async function () {
    // A server that is silent is given up after 30 s.
    this.timeout(20_000)
    const closed = Promise.withResolvers<void>()
    answer = (response) => {
      response.writeHead(200, { 'content-length': 5_000_000 }).write('a')
      response.on('close', closed.resolve)
    }
    await assert.rejects(
      download({}, { MAX_SOURCE_BYTES: '1000000' }),
      failure(/: it has 5000000 bytes, more than the 1000000 that a file may have\.$/),
    )
    await closed.promise
  })

  it('has headers that are texts', async () => {
    await assert.rejects(download({ headers: { a: 1 } }), failure(/source\.headers must be/))
  })
})
