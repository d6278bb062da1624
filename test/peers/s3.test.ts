import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import S3rver from '@20minutes/s3rver'
import { AwsClient } from 'aws4fetch'
import * as z from 'zod/mini'
import { encodeSegment } from '../../src/peers/http/object-url.ts'
import { s3Export } from '../../src/peers/s3/s3-export.ts'
import { s3Import } from '../../src/peers/s3/s3-import.ts'
import { bucketUrl } from '../../src/peers/s3/s3-wire.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { type BreakingProxy, openBreakingProxy } from './breaking-proxy.ts'
import { itIsAPeer, type TestedPeer } from './peer-contract.ts'
import { contextOf, outgoing, peerError } from './peer-fixture.ts'

const BUCKET = 'assets'
const SECRET = 'S3RVER'

describe('a bucket of Amazon S3', () => {
  const folder = useTemporaryFolder()
  let server: S3rver
  let proxy: BreakingProxy
  let client: AwsClient
  let base = ''

  before(async () => {
    const configureBuckets = [{ name: BUCKET }]
    server = new S3rver({ port: 0, directory: folder.pathTo('s3'), configureBuckets, silent: true })
    const { port } = await server.run()
    proxy = await openBreakingProxy(port)
    client = new AwsClient({
      accessKeyId: SECRET,
      secretAccessKey: SECRET,
      service: 's3',
      region: 'us-east-1',
      retries: 0,
    })
    base = `http://localhost:${port}/${BUCKET}`
  })
  after(async () => {
    await proxy.close()
    await server.close()
  })

  function account() {
    return {
      bucket: BUCKET,
      region: 'us-east-1',
      endpoint: `http://localhost:${proxy.port}`,
      access_key_id: SECRET,
      secret_access_key: SECRET,
    }
  }

  async function call(method: string, key: string, body?: Uint8Array<ArrayBuffer>) {
    const url = `${base}/${key.split('/').map(encodeSegment).join('/')}`
    const response = await client.fetch(url, { method, ...(body && { body }) })
    assert.equal(response.status, 200, await (response.ok ? '' : response.text()))
    return response
  }

  itIsAPeer((): TestedPeer => ({
    imports: s3Import,
    exports: s3Export,
    proxy,
    one: (key) => ({ ...account(), key }),
    below: (prefix) => ({ ...account(), key_prefix: prefix }),
    wrong: (options) => ({ ...options, secret_access_key: 'wrong-secret' }),
    async upload(key, data) {
      await (await call('PUT', key, new Uint8Array(data))).text()
    },
    download: async (key) => Buffer.from(await (await call('GET', key)).arrayBuffer()),
    // Its listings have & and ' escaped twice.
    odd: 'a b +%#?=;ü日本 (1)!~.txt',
    secrets: ['wrong-secret'],
    missing: {
      failure: 'missing',
      reason: 'NoSuchKey',
      message:
        /“none\/there\.txt” could not be fetched from the bucket “assets” at localhost:\d+: the server answered 404 NoSuchKey \(The specified key does not exist\)\.$/,
    },
    denied: { failure: 'denied', reason: 'SignatureDoesNotMatch' },
  }))

  it('tells that there is no such bucket', async () => {
    await assert.rejects(
      s3Import.find({ ...account(), bucket: 'nobody', key: 'a' }, contextOf()),
      peerError({ failure: 'missing', reason: 'NoSuchBucket' }),
    )
  })

  it('keeps what is said about a file that goes there', async () => {
    const options = {
      ...account(),
      key: 'told.txt',
      content_type: 'text/csv',
      content_disposition: 'inline',
      cache_control: 'no-store',
      metadata: { Project: 'a b' },
    }
    await s3Export.put(options, outgoing('told.txt', Buffer.from('abc')), contextOf())
    const { headers } = await call('HEAD', 'told.txt')
    const names = ['content-type', 'content-disposition', 'cache-control', 'x-amz-meta-project']
    assert.deepEqual(
      names.map((name) => headers.get(name)),
      ['text/csv', 'inline', 'no-store', 'a b'],
    )
  })

  it('sends what only Amazon has: access, encryption, tags and a session', async () => {
    let headers: NodeJS.Dict<string | string[]> = {}
    const amazon = createServer((request, response) => {
      ;({ headers } = request)
      request.resume()
      response.end()
    })
    await new Promise<void>((resolve) => amazon.listen(0, '127.0.0.1', resolve))
    const address = amazon.address()
    assert.ok(typeof address === 'object' && address !== null)
    const options = {
      ...account(),
      endpoint: `http://localhost:${address.port}`,
      key: 'a',
      acl: 'public-read',
      server_side_encryption: 'AES256',
      tagging: { a: 'b c', d: 'e&f' },
      session_token: 'session',
    }
    try {
      await s3Export.put(options, outgoing('a', Buffer.from('abc')), contextOf())
    } finally {
      amazon.close()
    }
    assert.equal(headers['x-amz-acl'], 'public-read')
    assert.equal(headers['x-amz-server-side-encryption'], 'AES256')
    assert.equal(headers['x-amz-tagging'], 'a=b+c&d=e%26f')
    assert.equal(headers['x-amz-security-token'], 'session')
    assert.match(
      String(headers['authorization']),
      /SignedHeaders=[^,]*x-amz-acl;[^,]*x-amz-tagging/,
    )
  })

  it('lists more than one page', async () => {
    const pages = [
      '<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>p/a%0A+b</Key><Size>1</Size></Contents><NextContinuationToken>2</NextContinuationToken></ListBucketResult>',
      '<ListBucketResult><Contents><Key>p/</Key><Size>0</Size></Contents><Contents><Key>p/c+&amp;d</Key><Size>2</Size></Contents></ListBucketResult>',
    ]
    const asked: (string | null)[] = []
    const amazon = createServer((request, response) => {
      asked.push(new URL(request.url ?? '', 'http://x').searchParams.get('continuation-token'))
      response.end(pages[asked.length - 1])
    })
    await new Promise<void>((resolve) => amazon.listen(0, '127.0.0.1', resolve))
    const address = amazon.address()
    assert.ok(typeof address === 'object' && address !== null)
    const endpoint = `http://localhost:${address.port}`
    try {
      const files = await s3Import.find({ ...account(), endpoint, key_prefix: 'p/' }, contextOf())
      assert.deepEqual(
        files.map(({ name, size }) => [name, size]),
        [
          ['a b', 1],
          ['c+&d', 2],
        ],
      )
    } finally {
      amazon.close()
    }
    assert.deepEqual(asked, [null, '2'])
  })

  const places: [options: { bucket: string; region: string; endpoint?: string }, url: string][] = [
    [{ bucket: 'a-b', region: 'eu-west-1' }, 'https://a-b.s3.eu-west-1.amazonaws.com'],
    [{ bucket: 'a.b', region: 'eu-west-1' }, 'https://s3.eu-west-1.amazonaws.com/a.b'],
    [{ bucket: 'a-b', region: 'cn-north-1' }, 'https://a-b.s3.cn-north-1.amazonaws.com.cn'],
    [{ bucket: 'ab', region: 'x', endpoint: 'store.example' }, 'https://store.example/ab'],
    [{ bucket: 'ab', region: 'x', endpoint: 'http://localhost:1/s3/' }, 'http://localhost:1/s3/ab'],
  ]
  for (const [options, url] of places) {
    it(`finds the bucket ${options.bucket} of ${options.endpoint ?? options.region}`, () => {
      assert.equal(bucketUrl({ ...options, access_key_id: 'a', secret_access_key: 'b' }), url)
    })
  }

  const wrong: [title: string, options: Record<string, unknown>][] = [
    ['neither key nor key_prefix', {}],
    ['both of them', { key: 'a', key_prefix: 'b' }],
    ['a bucket that is part of another host', { key: 'a', bucket: 'evil.example/' }],
    ['a region that is part of another host', { key: 'a', region: 'x.evil.example/' }],
    ['an endpoint with a user', { key: 'a', endpoint: 'https://user@store.example' }],
  ]
  for (const [title, options] of wrong) {
    it(`refuses options with ${title}`, () => {
      assert.ok(!z.safeParse(s3Import.options, { ...account(), ...options }).success)
    })
  }
})
