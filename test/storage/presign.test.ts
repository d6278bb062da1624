import assert from 'node:assert/strict'
import { openStorage, refusalOf, type Storage } from './storage-fixture.ts'

describe('POST /storage/presign', () => {
  let storage: Storage
  beforeEach(async () => {
    storage = await openStorage()
  })
  afterEach(() => storage.close())

  const valid = { path: 'a.png', permissions: 'rw', expiresInSeconds: 60 }

  it('answers one URL under the origin', async () => {
    const response = await storage.postPresign({ ...valid, path: 'renditions/a b/ü.png' })
    const body = await response.text()
    assert.match(
      body,
      /^\{"url":"http:\/\/storage\.test\/storage\/objects\/renditions\/a%20b\/%C3%BC\.png\?[^"]+"\}$/,
    )
  })

  it('answers a multi-part target in the order of the parts', async () => {
    const { url, urls, minPartSize, maxPartSize } = await storage.presign('a', { parts: 3 })
    assert.equal(url, undefined)
    assert.deepEqual(
      urls.map((partUrl) => new URL(partUrl).searchParams.get('part')),
      ['0', '1', '2'],
    )
    assert.equal(
      new Set(urls.map((partUrl) => new URL(partUrl).searchParams.get('upload'))).size,
      1,
    )
    assert.deepEqual([minPartSize, maxPartSize], [10 * 1024 * 1024, 100 * 1024 * 1024])
  })

  it('answers one URL for one part', async () => {
    const { url, urls } = await storage.presign('a', { parts: 1 })
    assert.ok(url)
    assert.deepEqual(urls, [])
  })

  it('accepts the largest expiry and number of parts', async () => {
    const { urls } = await storage.presign('a', { parts: 10_000, expiresInSeconds: 604_800 })
    assert.equal(new Set(urls).size, 10_000)
  })

  it('answers what authenticate throws, before it reads the body', async () => {
    assert.equal(await refusalOf(await storage.postPresign('{', 'Bearer bad'), 401), 'Who are you?')
  })

  const refusals: [title: string, body: unknown, message: RegExp][] = [
    ['a body that is not JSON', '{', /^The body must be JSON\.$/],
    ['a body that is no object', [1], /^The body must be a JSON object .* but it is an array\.$/],
    ['unknown fields', { ...valid, ttl: 1, foo: 2 }, /unknown field "ttl", "foo"; it must be/],
    [
      'a missing path',
      { ...valid, path: undefined },
      /^path is missing; it must be a path such as/,
    ],
    ['a path that is no string', { ...valid, path: 7 }, /^path must be a path .* but it is 7\.$/],
    [
      'unknown permissions',
      { ...valid, permissions: 'x' },
      /^permissions must be "r", "w" or "rw", but it is "x"\.$/,
    ],
    [
      'an expiry of 0',
      { ...valid, expiresInSeconds: 0 },
      /^expiresInSeconds must be .* 1 to 604800, but it is 0\.$/,
    ],
    ['an expiry over 7 days', { ...valid, expiresInSeconds: 604_801 }, /but it is 604801\.$/],
    ['a broken expiry', { ...valid, expiresInSeconds: 1.5 }, /but it is 1\.5\.$/],
    ['an expiry in a string', { ...valid, expiresInSeconds: '60' }, /but it is "60"\.$/],
    [
      '0 parts',
      { ...valid, parts: 0 },
      /^parts must be a whole number from 1 to 10000, but it is 0\.$/,
    ],
    ['too many parts', { ...valid, parts: 10_001 }, /^parts must be .* but it is 10001\.$/],
    [
      'parts for reading',
      { ...valid, permissions: 'r', parts: 2 },
      /^parts .* permissions .* but it is "r"\.$/,
    ],
  ]
  for (const [title, body, message] of refusals) {
    it(`refuses ${title}`, async () => {
      assert.match(await refusalOf(await storage.postPresign(body), 400), message)
    })
  }

  const impossiblePaths: [title: string, path: string, rule: RegExp][] = [
    ['an empty path', '', /at least one character/],
    ['an absolute path', '/etc/passwd', /not begin with a slash/],
    ['a path that climbs', '../../etc/passwd', /no segment "\." or "\.\."/],
    ['a path that climbs inside', 'a/../../b', /no segment "\." or "\.\."/],
    ['a path that ends in ..', 'a/..', /no segment "\." or "\.\."/],
    ['a dot segment', 'a/./b', /no segment "\." or "\.\."/],
    ['an empty segment', 'a//b', /no empty segment/],
    ['a slash at the end', 'a/', /no empty segment/],
    ['a NUL', 'a\0.png', /no control characters/],
    ['a line break', 'a\r\nb', /no control characters/],
    ['a C1 control character', 'a\u0085b', /no control characters/],
    ['half a surrogate pair', 'a\ud800', /well-formed Unicode/],
    ['1025 bytes', 'a'.repeat(1025), /at most 1024 bytes/],
    ['1026 bytes in 513 characters', 'ü'.repeat(513), /at most 1024 bytes/],
  ]
  for (const [title, path, rule] of impossiblePaths) {
    it(`refuses ${title}`, async () => {
      const message = await refusalOf(await storage.postPresign({ ...valid, path }), 400)
      assert.match(message, rule)
      assert.match(message, /^path must .*, but it is "/)
    })
    it(`stores nothing under ${title}`, async () => {
      const upload = { key: path, body: null, size: {}, contentType: 'image/png' }
      await assert.rejects(storage.store.put(upload), { name: 'ServiceError', status: 400 })
      assert.deepEqual(await storage.partFiles(), [])
    })
  }
})
