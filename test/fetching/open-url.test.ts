import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FetchedFile } from '../../src/fetching/fetched-file.ts'
import { type DownloadOptions, openUrl } from '../../src/fetching/open-url.ts'
import { type Answer, useStranger } from './stranger.ts'

const DATE = 'Wed, 21 Oct 2015 07:28:00 GMT'

describe('the download of a URL', () => {
  let answer: Answer | undefined
  const stranger = useStranger((response, request) => answer?.(response, request))

  async function open(
    url = `${stranger.origin}/a?sig=secret`,
    options: Partial<DownloadOptions> = {},
  ): Promise<FetchedFile> {
    return await openUrl(url, { signal: new AbortController().signal, ...options })
  }

  async function read(url?: string, options?: Partial<DownloadOptions>): Promise<string> {
    return String(await buffer((await open(url, options)).content))
  }

  it('tells what the server tells of the file', async () => {
    answer = (response) => {
      response
        .writeHead(200, {
          'content-length': 3,
          'content-type': 'text/plain',
          'content-disposition': 'attachment; filename=a.txt',
          'last-modified': DATE,
          etag: '"1"',
        })
        .end('abc')
    }
    const { content, ...facts } = await open()
    assert.deepEqual(facts, {
      size: 3,
      date: new Date(DATE),
      start: 0,
      version: '"1"',
      url: `${stranger.origin}/a?sig=secret`,
      contentType: 'text/plain',
      disposition: 'attachment; filename=a.txt',
    })
    assert.equal(String(await buffer(content)), 'abc')
  })

  it('tells what an object store refuses it with, in one line, and nothing of any other page', async () => {
    const answers: [body: string, message: string][] = [
      [
        '<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message><Key>a</Key></Error>',
        'the server answered 404: NoSuchKey: The key does not exist',
      ],
      [
        '\uFEFF<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Failed.\nRequestId:1</Message></Error>',
        'the server answered 404: AuthenticationFailed: Failed',
      ],
      ['<!doctype html><p>secret', 'the server answered 404'],
      ['', 'the server answered 404'],
      [`<?xml version="1.0"?>${' '.repeat(50_000)}`, 'the server answered 404'],
    ]
    for (const [body, message] of answers) {
      answer = (response) => response.writeHead(404).end(body)
      await assert.rejects(open(), { name: 'FetchError', message, status: 404 })
    }
  })

  it('tells nothing of what the server does not tell', async () => {
    answer = (response) => {
      response.writeHead(200, { 'last-modified': 'yesterday' }).write('ab')
      response.end('c')
    }
    const { content, ...facts } = await open()
    assert.deepEqual(facts, {
      size: undefined,
      date: undefined,
      start: 0,
      version: 'yesterday',
      url: `${stranger.origin}/a?sig=secret`,
      contentType: undefined,
      disposition: undefined,
    })
    assert.equal(String(await buffer(content)), 'abc')
  })

  it('asks for no compression, and undoes that of a server which compresses all the same', async () => {
    const encodings = { gzip: gzipSync('abc'), br: brotliCompressSync('abc') }
    for (const [encoding, data] of Object.entries(encodings)) {
      answer = (response, { headers }) => {
        assert.equal(headers['accept-encoding'], 'identity')
        const length = { 'content-length': data.length, 'content-encoding': encoding }
        response.writeHead(200, length).end(data)
      }
      const { size, content } = await open()
      assert.equal(size, undefined)
      assert.equal(String(await buffer(content)), 'abc')
    }
  })

  it('takes the data as it is when it does not know the compression', async () => {
    for (const encoding of ['identity', 'aws-chunked', 'constructor']) {
      answer = (response) => {
        response.writeHead(200, { 'content-length': 3, 'content-encoding': encoding }).end('abc')
      }
      assert.equal(await read(), 'abc')
    }
  })

  it('starts in the middle when it is asked to and the server can', async () => {
    answer = (response, { headers }) => {
      assert.equal(headers.range, 'bytes=2-')
      response.writeHead(206, { 'content-range': 'bytes 2-4/5', 'content-length': 3 }).end('cde')
    }
    const { size, start, content } = await open(undefined, { from: 2 })
    assert.deepEqual({ size, start }, { size: 5, start: 2 })
    assert.equal(String(await buffer(content)), 'cde')
  })

  it('starts at the start when the server cannot start elsewhere', async () => {
    answer = (response) => response.writeHead(200, { 'content-length': 5 }).end('abcde')
    const { size, start } = await open(undefined, { from: 2 })
    assert.deepEqual({ size, start }, { size: 5, start: 0 })
  })

  it('reads data: URLs, in any letters', async () => {
    assert.equal(await read('data:text/plain;base64,YWJj'), 'abc')
    assert.equal(await read(' DATA:,a%20b'), 'a b')
  })

  it('follows redirects to https:', async () => {
    answer = (response, { url }) => {
      if (url === '/b') response.end('abc')
      else response.writeHead(302, { location: '/b' }).end('moved')
    }
    assert.equal(await read(), 'abc')
  })

  it('sends the user and password of a URL', async () => {
    answer = (response, { headers }) => response.end(headers.authorization)
    assert.equal(
      await read(`${stranger.origin.replace('//', '//user:p%40ss@')}/a`),
      `Basic ${btoa('user:p@ss')}`,
    )
  })

  const failures: {
    title: string
    answer?: Answer
    url?: () => string
    message: string
    temporary?: boolean
  }[] = [
    {
      title: 'there is no file',
      answer: (response) => response.writeHead(404).end('none'),
      message: 'the server answered 404',
    },
    {
      title: 'the server is overloaded',
      answer: (response) => response.writeHead(503).end(),
      message: 'the server answered 503',
      temporary: true,
    },
    {
      title: 'there are too many requests',
      answer: (response) => response.writeHead(429).end(),
      message: 'the server answered 429',
      temporary: true,
    },
    {
      title: 'a redirect leaves https:',
      answer: (response) => response.writeHead(302, { location: 'http://localhost/' }).end(),
      message: 'it redirects to a URL that is not https:',
    },
    {
      title: 'a redirect leads to data:',
      answer: (response) => response.writeHead(302, { location: 'data:,abc' }).end(),
      message: 'it redirects to a URL that is not https:',
    },
    {
      title: 'redirects go on and on',
      answer: (response) => response.writeHead(307, { location: '/a' }).end(),
      message: 'it redirects more than 5 times',
    },
    {
      title: 'the URL is not https:',
      url: () => stranger.origin.replace('https:', 'http:'),
      message: 'it is no https: or data: URL',
    },
    { title: 'the URL is none', url: () => 'a.png', message: 'it is no https: or data: URL' },
    { title: 'the URL has no data', url: () => 'data:nothing', message: 'there is no data in it' },
    {
      title: 'the URL has a password that cannot be sent',
      url: () => 'https://user:%ff@localhost/',
      message: 'there is no connection',
    },
    {
      title: 'nobody listens',
      url: () => 'https://localhost:1/',
      message: 'there is no connection (ECONNREFUSED)',
      temporary: true,
    },
    {
      title: 'the connection is reset before there is an answer',
      answer: (response) => response.destroy(),
      message: 'there is no connection',
      temporary: true,
    },
    {
      title: 'the connection is reset in the middle',
      answer: (response) => {
        response.writeHead(200)
        response.write('abc', () => response.destroy())
      },
      message: 'the connection ended after 3 bytes',
      temporary: true,
    },
    {
      title: 'the body is shorter than it was said to be',
      answer: (response) => {
        response.writeHead(200, { 'content-length': 5, connection: 'close' })
        response.write('abc', () => response.socket?.end())
      },
      message: 'the connection ended after 3 of 5 bytes',
      temporary: true,
    },
    {
      title: 'the server never answers',
      answer: () => undefined,
      message: 'the server was silent for 0.1 seconds',
    },
    {
      title: 'the server sends its answer a letter at a time',
      answer(response) {
        const { socket } = response
        socket?.write('HTTP/1.1 200 OK\r\nx: ')
        const timer = setInterval(() => socket?.write('x'), 20)
        socket?.on('close', () => clearInterval(timer))
      },
      message: 'the server did not answer within 0.2 seconds',
    },
    {
      title: 'the server falls silent in the middle',
      answer: (response) => {
        response.writeHead(200, { 'content-length': 5 }).write('abc')
      },
      message: 'the server was silent for 0.1 seconds',
    },
    {
      title: 'what the server has compressed is damaged',
      answer: (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('abc'),
      message: 'what the server compressed is damaged',
    },
    {
      title: 'the server sends another part than it was asked for',
      answer: (response) => response.writeHead(206, { 'content-range': 'bytes 1-2/5' }).end('bc'),
      message: 'the server sent another part of it',
    },
  ]
  for (const { title, answer: given, url, message, temporary = false } of failures) {
    it(`fails when ${title}`, async () => {
      if (given !== undefined) answer = given
      const options = / 0\.\d seconds$/.test(message) ? { idleMs: 100 } : {}
      await assert.rejects(read(url?.(), options), {
        name: 'FetchError',
        message,
        temporary,
      })
    })
  }

  it('ends with whoever wanted it', async () => {
    const controller = new AbortController()
    const closed = Promise.withResolvers<void>()
    answer = (response) => {
      response.on('close', closed.resolve)
      response.writeHead(200).write('abc')
    }
    const { content } = await open(undefined, { signal: controller.signal })
    controller.abort(new Error('not wanted any more'))
    await assert.rejects(buffer(content))
    await closed.promise
  })
})
