import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { importSPKI, jwtVerify } from 'jose'
import * as z from 'zod/mini'
import { googleExport } from '../../src/peers/google/google-export.ts'
import { googleImport } from '../../src/peers/google/google-import.ts'
import type { ExportPeer, ImportPeer } from '../../src/peers/peer.ts'
import { type BreakingProxy, openBreakingProxy } from './breaking-proxy.ts'
import {
  answerFile,
  answerJson,
  type Handler,
  type LocalServer,
  openLocalServer,
} from './local-server.ts'
import { itIsAPeer, type Options, type TestedPeer } from './peer-contract.ts'
import { contextOf, outgoing } from './peer-fixture.ts'

const EMAIL = 'tester@example.iam.gserviceaccount.com'

function newKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

describe('a bucket of Google Cloud Storage', () => {
  const keys = newKeys()
  const others = newKeys()
  const objects = new Map<string, Buffer>()
  const types = new Map<string, unknown>()
  const uploads = new Map<string, Buffer[]>()
  let resumed: number[] = []
  let turns = 0
  let server: LocalServer
  let proxy: BreakingProxy

  /** As Google documents its token endpoint, the JSON API of storage and resumable uploads. */
  const google: Handler = async (request, response, url) => {
    if (url.pathname === '/token') {
      const assertion = new URLSearchParams(await text(request)).get('assertion') ?? ''
      try {
        const audience = 'https://oauth2.googleapis.com/token'
        const key = await importSPKI(keys.publicKey, 'RS256')
        await jwtVerify(assertion, key, { issuer: EMAIL, audience })
        answerJson(response, 200, { access_token: 'token-of-tests', expires_in: 3600 })
      } catch {
        const error_description = 'Invalid JWT Signature.'
        answerJson(response, 400, { error: 'invalid_grant', error_description })
      }
      return
    }
    assert.equal(request.headers.authorization, 'Bearer token-of-tests')
    const base = '/storage/v1/b/assets/o'
    if (url.pathname === `/upload${base}`) {
      const id = String(uploads.size)
      uploads.set(id, [])
      types.set(url.searchParams.get('name') ?? '', JSON.parse(await text(request)))
      url.searchParams.set('upload_id', id)
      url.pathname = '/session'
      response.writeHead(200, { location: url.href }).end()
      return
    }
    if (url.pathname === '/session') {
      const chunks = uploads.get(url.searchParams.get('upload_id') ?? '')
      assert.ok(chunks)
      const [, first, whole] =
        /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(request.headers['content-range'] ?? '') ?? []
      const received = () => chunks.reduce((sum, { length }) => sum + length, 0)
      // What a broken connection still holds is not taken once somebody asks how far it is.
      const turn = (turns += 1)
      if (first !== undefined) {
        assert.equal(Number(first), received())
        resumed.push(received())
        for await (const chunk of request) {
          if (turn !== turns) return
          chunks.push(chunk)
        }
      }
      if (received() < Number(whole)) {
        const range = received() === 0 ? {} : { range: `bytes=0-${received() - 1}` }
        response.writeHead(308, range).end()
        return
      }
      objects.set(url.searchParams.get('name') ?? '', Buffer.concat(chunks))
      answerJson(response, 200, {})
      return
    }
    if (url.pathname === base) {
      const prefix = url.searchParams.get('prefix') ?? ''
      const names = [...objects.keys()].filter((name) => name.startsWith(prefix))
      const page = Number(url.searchParams.get('pageToken') ?? 0)
      const items = names.slice(page, page + 1).map((name) => ({
        name,
        size: String(objects.get(name)?.length),
      }))
      const nextPageToken = page + 1 < names.length ? String(page + 1) : undefined
      answerJson(response, 200, { items, nextPageToken })
      return
    }
    const name = decodeURIComponent(url.pathname.slice(base.length + 1))
    const data = objects.get(name)
    if (data === undefined) {
      const message = `No such object: assets/${name}`
      const error = { code: 404, message, errors: [{ message, reason: 'notFound' }] }
      answerJson(response, 404, { error })
    } else if (url.searchParams.get('alt') === 'media') answerFile(request, response, data)
    else answerJson(response, 200, { name, size: String(data.length), contentType: 'text/plain' })
  }

  before(async () => {
    server = await openLocalServer(google)
    proxy = await openBreakingProxy(server.port)
  })
  after(async () => {
    await proxy.close()
    server.close()
  })
  beforeEach(() => {
    resumed = []
  })

  // Where Google is does not stand in options.
  const imports: ImportPeer = {
    ...googleImport,
    find: (options, context) =>
      googleImport.find(options, { ...context, google: `http://localhost:${proxy.port}` }),
  }
  const exports: ExportPeer = {
    ...googleExport,
    put: (options, file, context) =>
      googleExport.put(options, file, { ...context, google: `http://localhost:${proxy.port}` }),
  }

  function account(): Options {
    return {
      project_id: 'tests',
      bucket: 'assets',
      client_email: EMAIL,
      private_key: keys.privateKey,
    }
  }

  itIsAPeer((): TestedPeer => ({
    imports,
    exports,
    proxy,
    one: (file) => ({ ...account(), file }),
    below: (prefix) => ({ ...account(), file_prefix: prefix }),
    wrong: (options) => ({ ...options, private_key: others.privateKey }),
    upload: async (name, data) => {
      objects.set(name, data)
    },
    download: async (name) => objects.get(name) ?? assert.fail(`there is no ${name}`),
    secrets: [keys.privateKey, others.privateKey, 'token-of-tests'],
    missing: {
      failure: 'missing',
      reason: 'notFound',
      message:
        /^“none\/there\.txt” could not be fetched from the bucket “assets” of Google Cloud Storage: the server answered 404 notFound \(No such object: assets\/none\/there\.txt\)\.$/,
    },
    denied: { failure: 'denied', reason: 'invalid_grant', message: /Invalid JWT Signature/ },
  }))

  it('goes on with an upload where Google has it', async () => {
    const data = Buffer.alloc(8 * 1024 * 1024, 'abc')
    proxy.breakAfter('up', 5 * 1024 * 1024)
    await exports.put({ ...account(), file: 'resumed' }, outgoing('resumed', data), contextOf())
    assert.ok(objects.get('resumed')?.equals(data))
    assert.equal(resumed.length, 2)
    assert.ok((resumed[1] ?? 0) > 4 * 1024 * 1024, `it went on at ${resumed[1]}`)
  })

  it('keeps the media type of a file', async () => {
    const file = outgoing('typed', Buffer.from('abc'))
    await exports.put({ ...account(), file: 'typed' }, file, contextOf())
    assert.deepEqual(types.get('typed'), { contentType: 'text/plain' })
  })

  it('takes a key as it stands in the JSON file of a service account', () => {
    const key = keys.privateKey.replaceAll('\n', '\\n')
    const options = { ...account(), private_key: key, file: 'a' }
    assert.ok(z.safeParse(googleImport.options, options).success)
  })

  it('refuses a key that is none', () => {
    const options = { ...account(), private_key: 'none', file: 'a' }
    assert.ok(!z.safeParse(googleImport.options, options).success)
  })
})
