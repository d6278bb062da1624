import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { uploadExport } from '../../src/peers/url/upload-export.ts'
import { dispositionName, urlFileName } from '../../src/peers/url/url-file-name.ts'
import { urlImport } from '../../src/peers/url/url-import.ts'
import { type Answer, useStranger } from '../fetching/stranger.ts'
import { contextOf, dataOf, MIB, outgoing, peerError, readFile } from './peer-fixture.ts'

describe('a file behind a URL', () => {
  let answer: Answer | undefined
  const asked: NodeJS.Dict<string | string[]>[] = []
  const handle: Answer = (response, request) => {
    asked.push(request.headers)
    answer?.(response, request)
  }
  const stranger = useStranger(handle)
  const other = useStranger(handle)
  beforeEach(() => asked.splice(0))

  it('is found with its name, size and media type, and asked for once', async () => {
    answer = (response) =>
      response
        .writeHead(200, {
          'content-type': 'text/plain',
          'content-length': 3,
          'content-disposition': 'attachment; filename="a b.txt"',
        })
        .end('abc')
    const [file] = await urlImport.find({ url: `${stranger.origin}/x?sig=secret` }, contextOf())
    assert.deepEqual([file?.name, file?.size, file?.contentType], ['a b.txt', 3, 'text/plain'])
    assert.equal(String(await readFile(file)), 'abc')
    assert.equal(asked.length, 1)
  })

  it('has the name that is asked for', async () => {
    answer = (response) => response.end('abc')
    const options = { url: `${stranger.origin}/x`, filename: '../mine.txt' }
    const [file] = await urlImport.find(options, contextOf())
    assert.equal(file?.name, 'mine.txt')
    await readFile(file)
  })

  it('is read on where its connection broke, or from a byte on', async () => {
    const data = dataOf(MIB)
    answer = (response, { headers }) => {
      const from = Number(/^bytes=(\d+)-$/.exec(String(headers.range))?.[1] ?? 0)
      const range = { 'content-range': `bytes ${from}-${data.length - 1}/${data.length}` }
      const length = { 'content-length': data.length - from, etag: '"1"' }
      if (from > 0) response.writeHead(206, { ...length, ...range }).end(data.subarray(from))
      else {
        response.writeHead(200, length)
        response.write(data.subarray(0, MIB / 2), () => response.destroy())
      }
    }
    const [file] = await urlImport.find({ url: `${stranger.origin}/x` }, contextOf())
    assert.ok((await readFile(file)).equals(data))
    assert.deepEqual(
      asked.map(({ range }) => range),
      [undefined, `bytes=${MIB / 2}-`],
    )
    assert.ok((await readFile(file, 100)).equals(data.subarray(100)))
  })

  it('gets the headers of the client, but not those that say how it is sent', async () => {
    answer = (response) => response.end()
    const headers = {
      Authorization: 'Bearer token',
      Host: 'other',
      Range: 'bytes=1-',
      'X-Key': 'k',
    }
    await urlImport.find({ url: `${stranger.origin}/x`, headers }, contextOf())
    const [sent] = asked
    assert.equal(sent?.['authorization'], 'Bearer token')
    assert.equal(sent?.['x-key'], 'k')
    assert.equal(sent?.['host'], new URL(stranger.origin).host)
    assert.equal(sent?.['range'], undefined)
  })

  it('gets them after a redirect at its origin; another origin gets no credentials', async () => {
    answer = (response, { url }) => {
      if (url === '/1') response.writeHead(302, { location: '/2' }).end()
      else if (url === '/2') response.writeHead(302, { location: `${other.origin}/3` }).end()
      else if (url === '/3') response.writeHead(302, { location: `${stranger.origin}/4` }).end()
      else response.end('abc')
    }
    const headers = { Authorization: 'Bearer token', 'X-Key': 'k', Accept: 'image/png' }
    await urlImport.find({ url: `${stranger.origin}/1`, headers }, contextOf())
    assert.deepEqual(
      asked.map((sent) => [sent['authorization'], sent['x-key'], sent['accept']]),
      [
        ['Bearer token', 'k', 'image/png'],
        ['Bearer token', 'k', 'image/png'],
        [undefined, undefined, 'image/png'],
        [undefined, undefined, 'image/png'],
      ],
    )
  })

  it('is told of without the query of its URL and the headers, when it is missing', async () => {
    answer = (response) => response.writeHead(404).end()
    const options = { url: `${stranger.origin}/x?sig=secret`, headers: { 'X-Key': 'a-key' } }
    await assert.rejects(
      urlImport.find(options, contextOf()),
      peerError({ failure: 'missing', message: /\/x: the server answered 404\.$/ }, [
        'secret',
        'a-key',
      ]),
    )
  })

  it('fails when its server falls silent', async () => {
    answer = (response) => response.writeHead(200, { 'content-length': 9 }).write('abc')
    const [file] = await urlImport.find({ url: `${stranger.origin}/x` }, contextOf({ idleMs: 100 }))
    await assert.rejects(
      readFile(file),
      peerError({ failure: 'unreachable', message: /silent for 0\.1 seconds/ }),
    )
  })

  it('ends with whoever wanted it', async () => {
    answer = (response) => response.writeHead(200, { 'content-length': 9 }).write('abc')
    const [file] = await urlImport.find({ url: `${stranger.origin}/x` }, contextOf())
    assert.ok(file)
    const ends = new AbortController()
    const why = new Error('nobody wants it')
    const content = await file.open(0, ends.signal)
    await assert.rejects(
      async () => {
        for await (const _ of content) ends.abort(why)
      },
      (error) => error === why,
    )
  })

  const unreachable: [
    title: string,
    url: () => string,
    reach: 'internet' | 'machine',
    message: RegExp,
  ][] = [
    [
      'this machine, for strangers',
      () => stranger.origin,
      'internet',
      /may not connect|may connect to\./,
    ],
    ['plain http: for strangers', () => 'http://example.com/', 'internet', /no https: URL/],
    ['plain http: of other machines', () => 'http://192.0.2.1/', 'machine', /without TLS\.$/],
    ['the metadata of a cloud', () => 'https://169.254.169.254/', 'machine', /may connect to\./],
    ['a private network', () => 'https://10.0.0.1/', 'machine', /may connect to\./],
    ['an address in another notation', () => 'https://0x7f.1/', 'internet', /may connect to\./],
    [
      'an IPv4 address in IPv6',
      () => 'https://[::ffff:127.0.0.1]/',
      'internet',
      /may connect to\./,
    ],
    ['a file of this machine', () => 'file:///etc/passwd', 'machine', /no https: or data: URL/],
  ]
  for (const [title, url, reach, message] of unreachable) {
    it(`is not fetched from ${title}`, async () => {
      await assert.rejects(
        urlImport.find({ url: url() }, contextOf({ reach })),
        peerError({ failure: 'unreachable', message }),
      )
    })
  }

  it('is refused headers that would be two', () => {
    const options = { url: 'https://example.com', headers: { a: 'b\r\nc: d' } }
    assert.ok(!z.safeParse(urlImport.options, options).success)
  })
})

describe('the name of a file behind a URL', () => {
  const dispositions: [header: string, name: string | undefined][] = [
    ['attachment; filename=a.txt', 'a.txt'],
    ['attachment; filename="a;b \\"c\\".txt"', 'a;b "c".txt'],
    ['attachment; filename="x"; filename*=UTF-8\'\'%e2%82%ac%20a.txt', '€ a.txt'],
    ["attachment; filename*=iso-8859-1'en'%A3.txt", '£.txt'],
    ["attachment; filename=b.txt; filename*=UTF-8''%ff", 'b.txt'],
    [`attachment; filename="${Buffer.from('é日.txt').toString('latin1')}"`, 'é日.txt'],
    ['inline', undefined],
  ]
  for (const [header, name] of dispositions) {
    it(`is ${name} of ${header}`, () => assert.equal(dispositionName(header), name))
  }

  const names: [
    disposition: string | undefined,
    url: string,
    contentType: string | undefined,
    name: string,
  ][] = [
    ['attachment; filename="../../etc/a.txt"', 'https://a/b.png', undefined, 'a.txt'],
    [undefined, 'https://a/x/b%20%C3%BC.png?c=d', undefined, 'b ü.png'],
    [undefined, 'https://a/x%2F..%2Fb.png', undefined, 'b.png'],
    [undefined, 'https://a/%ff.png', undefined, '%ff.png'],
    [undefined, 'https://a/', 'image/png; q=1', 'file.png'],
    ['attachment; filename=".."', 'https://a/', undefined, 'file'],
    [undefined, 'data:', 'text/plain;charset=utf-8', 'file.txt'],
  ]
  for (const [disposition, url, contentType, name] of names) {
    it(`is ${name} of ${disposition ?? url}`, () => {
      assert.equal(urlFileName({ disposition, url, contentType }), name)
    })
  }
})

describe('an upload to a URL', () => {
  let answer: Answer | undefined
  const stranger = useStranger((response, request) => answer?.(response, request))

  it('puts a file there, with its media type and the headers of the client', async () => {
    const received = Promise.withResolvers<unknown[]>()
    answer = (response, request) => {
      void buffer(request).then((body) => {
        const { 'content-type': type, 'x-key': key } = request.headers
        received.resolve([request.method, request.url, type, key, String(body)])
        return response.writeHead(201).end()
      })
    }
    const options = { url: `${stranger.origin}/a?sig=secret`, headers: { 'X-Key': 'k' } }
    await uploadExport.put(options, outgoing('a.txt', Buffer.from('abc')), contextOf())
    assert.deepEqual(await received.promise, ['PUT', '/a?sig=secret', 'text/plain', 'k', 'abc'])
  })

  it('is tried again while the server is not available', async () => {
    let attempts = 0
    answer = (response, request) => {
      request.resume()
      response.writeHead((attempts += 1) < 3 ? 503 : 200).end()
    }
    const file = outgoing('a.txt', Buffer.from('abc'))
    await uploadExport.put({ url: `${stranger.origin}/a` }, file, contextOf())
    assert.deepEqual([attempts, file.opened], [3, 3])
  })

  it('does not follow redirects, and tells what was answered without the signature', async () => {
    answer = (response, request) => {
      request.resume()
      response.writeHead(307, { location: '/b' }).end()
    }
    const options = { url: `${stranger.origin}/a?sig=secret` }
    await assert.rejects(
      uploadExport.put(options, outgoing('a.txt', Buffer.from('abc')), contextOf()),
      peerError({ failure: 'failed', message: /\/a: the server answered 307\.$/ }, ['secret']),
    )
  })
})
