import assert from 'node:assert/strict'
import { createUrlSigner } from '../../src/storage/presigned-url.ts'
import { openStorage, refusalOf, type Storage } from './storage-fixture.ts'

describe('presigned URLs', () => {
  let storage: Storage
  beforeEach(async () => {
    storage = await openStorage()
  })
  afterEach(() => storage.close())

  const alterations: [title: string, alter: (url: URL) => void][] = [
    ['another key', (url) => (url.pathname = '/storage/objects/a/c.png')],
    ['a longer key', (url) => (url.pathname += '/c')],
    ['a key that climbs', (url) => (url.pathname = '/storage/objects/a/../b.png')],
    [
      'a key that climbs, encoded',
      (url) => (url.pathname = '/storage/objects/..%2f..%2fetc%2fpasswd'),
    ],
    ['a key that is not UTF-8', (url) => (url.pathname = '/storage/objects/%ff')],
    ['no key', (url) => (url.pathname = '/storage/objects/')],
    ['a later expiry', set('expires', '9999999999')],
    [
      'another spelling of the expiry',
      (url) => set('expires', `0${url.searchParams.get('expires')}`)(url),
    ],
    ['more permissions', set('permissions', 'rw')],
    ['another part', set('part', '1')],
    ['more parts', set('parts', '9')],
    ['another upload', set('upload', 'mine')],
    ['a larger part size', set('maxPartSize', '999999999999')],
    ['a part size left out', (url) => url.searchParams.delete('maxPartSize')],
    ['an expiry left out', (url) => url.searchParams.delete('expires')],
    ['an added parameter', (url) => url.searchParams.append('x', '1')],
    ['a repeated parameter', (url) => url.searchParams.append('permissions', 'w')],
    ['another signature', set('signature', 'A'.repeat(43))],
    ['a short signature', set('signature', 'A')],
    ['an empty signature', set('signature', '')],
    ['a second signature', (url) => url.searchParams.append('signature', 'A')],
    ['the same signature twice', (url) => url.searchParams.append('signature', signatureOf(url))],
    [
      'another spelling of the signature',
      (url) => set('signature', respell(signatureOf(url)))(url),
    ],
    ['a padded signature', (url) => set('signature', `${signatureOf(url)}=`)(url)],
    ['no signature', (url) => url.searchParams.delete('signature')],
    ['no query', (url) => (url.search = '')],
  ]
  for (const [title, alter] of alterations) {
    it(`answers 403 for ${title}`, async () => {
      const { urls } = await storage.presign('a/b.png', { permissions: 'w', parts: 2 })
      const url = new URL(urls[0] ?? '')
      const signature = signatureOf(url)
      alter(url)
      const message = await refusalOf(await storage.put(url.href, 'x'), 403)
      assert.match(message, /as it was signed|no signature/)
      assert.ok(!message.includes(signature) && !message.includes('secret'))
      assert.deepEqual(await storage.partFiles(), [])
    })
  }

  it('are valid until the second they expire, and say when that was', async () => {
    const url = await storage.presignUrl('a', { expiresInSeconds: 60 })
    storage.clock.ms += 59_999
    assert.equal((await storage.put(url, 'x')).status, 201)
    storage.clock.ms += 1
    const message = await refusalOf(await storage.app.request(url), 403)
    assert.match(message, /expired at 2026-01-01T00:01:00\.000Z/)
  })

  it('stay valid when a client encodes more or less of the path than needed', async () => {
    const url = await storage.presignUrl("it's (1)~.png")
    await storage.put(url, 'x')
    const encoded = url.replace("'", '%27').replace('(', '%28').replace('~', '%7E')
    assert.equal(await (await storage.app.request(encoded)).text(), 'x')
  })

  const methods = ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS']
  const permitted: [permissions: string, methods: string[]][] = [
    ['r', ['GET', 'HEAD']],
    ['w', ['PUT']],
    ['rw', ['GET', 'HEAD', 'PUT']],
  ]
  for (const [permissions, allowed] of permitted) {
    it(`with ${permissions} permit ${allowed.join(', ')} and nothing else`, async () => {
      await storage.put(await storage.presignUrl('a'), 'x')
      const url = await storage.presignUrl('a', { permissions })
      for (const method of methods) {
        const { status } = await storage.app.request(url, { method })
        assert.equal(
          status === 403 ? 'refused' : status,
          allowed.includes(method) ? 200 : 'refused',
        )
      }
    })
  }

  it('say under which name a file is saved, which nobody can change', async () => {
    const urls = signer('the-signing-secret')
    await storage.put(await storage.presignUrl('a.png'), 'x')
    const url = urls.sign({
      key: 'a.png',
      permissions: 'r',
      expires: storage.clock.ms / 1000 + 60,
      disposition: 'attachment; filename="b.png"',
    })
    const response = await storage.app.request(url)
    assert.equal(response.headers.get('content-disposition'), 'attachment; filename="b.png"')
    const altered = url.replace('b.png', 'c.png')
    assert.equal((await storage.app.request(altered)).status, 403)
  })

  it('are not valid for a signer with another secret', () => {
    const url = new URL(signer('one').sign({ key: 'a', permissions: 'r', expires: 60 }))
    const request = { method: 'GET', key: 'a', query: url.searchParams }
    assert.equal(signer('one').verify(request).key, 'a')
    assert.throws(() => signer('two').verify(request), { status: 403 })
  })
})

function set(name: string, value: string) {
  return (url: URL) => url.searchParams.set(name, value)
}

function signer(secret: string) {
  return createUrlSigner({ secret, origin: () => 'http://storage.test', now: () => 0 })
}

function signatureOf(url: URL): string {
  return url.searchParams.get('signature') ?? ''
}

/** Changes the two bits of the last character that do not count, so another text decodes to the same bytes. */
function respell(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const next = alphabet[alphabet.indexOf(signature.slice(-1)) ^ 1] ?? ''
  return signature.slice(0, -1) + next
}
