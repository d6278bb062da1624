import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { bundle } from '../../src/build/bundle-action.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const PROJECT = path.resolve(import.meta.dirname, '../..')
const MODULE = path.join(import.meta.dirname, 'uses-of-sdk.cjs')
const RUN = path.join(import.meta.dirname, 'run-uses.ts')

/** What is loaded late, as bundles and as modules are called. */
const LATE =
  /aio-lib-files|jsonwebtoken|mime-types|openwhisk\/|openwhisk-lib|datalib|form-data|iconv-lite|gm-promisify|file-type|sdk-node_modules-fs-extra/

/** An access token of the client `client`, which nobody verifies. */
const TOKEN = ['{"alg":"none"}', '{"client_id":"client","as":"ims-na1"}', '']
  .map((each) => Buffer.from(each).toString('base64url'))
  .join('.')

/** How each of them is loaded. */
const WAYS: readonly { title: string; prepare: (folder: string) => Promise<string> }[] = [
  { title: 'of an action that the service runs', prepare: async () => MODULE },
  {
    title: 'of an action that is built',
    async prepare(folder) {
      await bundle({ project: PROJECT, module: MODULE, folder })
      return path.join(folder, 'index.js')
    },
  },
]

describe('packages of the SDK', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  let server: Server
  let origin = ''
  let received: {
    path: string
    type: string | undefined
    body: string
    port: number | undefined
  }[] = []

  function answer({ url = '' }: IncomingMessage): {
    status: number
    body: string | Buffer
    type?: string
  } {
    if (url.startsWith('/ims/')) return { status: 200, body: '{"access_token":"made"}' }
    if (url.startsWith('/api/')) return { status: 202, body: '{"activationId":"begun"}' }
    if (url === '/json') return { status: 200, body: '{"is":"json"}' }
    if (url === '/latin') {
      return {
        status: 200,
        body: Buffer.from('é', 'latin1'),
        type: 'text/plain; charset=iso-8859-1',
      }
    }
    if (url === '/refused') return { status: 403, body: '' }
    const isFirst = received.filter(({ path: each }) => each === url).length === 1
    return { status: url === '/again' && isFirst ? 503 : 201, body: '' }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const { url = '', headers, socket } = request
    received.push({ path: url, type: headers['content-type'], body, port: socket.remotePort })
    const { status, body: sent, type = 'application/json' } = answer(request)
    response.writeHead(status, { 'content-type': type }).end(sent)
  }

  before(async () => {
    const { ca, cert, key } = await makeCertificates(Date.now())
    writeFileSync(folder.pathTo('ca.pem'), ca)
    writeFileSync(folder.pathTo('file.txt'), 'a rendition of thirty letters.')
    await sharp({ create: { width: 1, height: 1, channels: 3, background: 'teal' } })
      .png()
      .toFile(folder.pathTo('picture'))
    server = createServer({ cert, key }, (...exchange) => void serve(...exchange))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    origin = `https://localhost:${address.port}`
  })
  after(() => {
    server.close()
    server.closeAllConnections()
  })

  function find(start: string) {
    return received.filter(({ path: each }) => each.startsWith(start))
  }

  async function run(module: string) {
    received = []
    const { stdout } = await promisify(execFile)(process.execPath, [RUN, module], {
      env: {
        PATH: process.env['PATH'],
        NODE_EXTRA_CA_CERTS: folder.pathTo('ca.pem'),
        __OW_API_HOST: origin,
        __OW_API_KEY: 'user:password',
        __OW_NAMESPACE: 'own',
        __OW_ACTION_NAME: '/own/package/worker',
        __OW_DEADLINE: String(Date.now() + 60_000),
        OPENWHISK_NEWRELIC_DISABLE_HTTP_INSTRUMENTATION: 'true',
        PARAMS: JSON.stringify({
          origin,
          token: TOKEN,
          privateKey,
          folder: folder.pathTo('.'),
          file: folder.pathTo('file.txt'),
          picture: folder.pathTo('picture'),
        }),
      },
    })
    const { made, loaded }: { made: unknown; loaded: string[] } = JSON.parse(stdout)
    return { made, loaded }
  }

  for (const { title, prepare } of WAYS) {
    describe(title, () => {
      let came: Awaited<ReturnType<typeof run>>

      before(async () => {
        const built = folder.pathTo('built')
        mkdirSync(built, { recursive: true })
        came = await run(await prepare(built))
      })

      it('are not loaded where they are required', () => {
        assert.deepEqual(
          came.loaded.filter(
            (file) => LATE.test(file) || /core-js|cls-hooked|whatwg-url/.test(file),
          ),
          [],
        )
      })

      it('do all that they do', () => {
        assert.deepEqual(came.made, {
          storage: 'TvmLibError ERROR_BAD_ARGUMENT',
          extension: 'rendition0.png',
          client: 'client',
          token: 'made',
          summary: 2,
          invoke: 'begun',
          metrics: 'sent',
          json: { is: 'json' },
          latin: 'é',
          uploads: 'done',
          parts: 'done',
          again: 'done',
          described: 'SourceCorruptError true',
          processed: true,
          type: 'image/png',
          script: ['text/plain'],
          refused: 'Error 403',
        })
      })

      it('send what they send', () => {
        assert.match(find('/ims/')[0]?.type ?? '', /^multipart\/form-data; boundary=/)
        assert.deepEqual(
          find('/uploads/').map(({ body }) => body),
          Array.from({ length: 3 }, () => 'a rendition of thirty letters.'),
        )
        assert.deepEqual(
          find('/parts/')
            .toSorted((a, b) => (a.path < b.path ? -1 : 1))
            .map(({ body }) => body),
          ['a renditio', 'n of thirt', 'y letters.'],
        )
        assert.equal(find('/again').length, 2)
        assert.equal(find('/metrics').length, 1)
      })

      it('upload one file after the other over one connection', () => {
        const ports = received
          .filter(({ path: each }) => each.startsWith('/uploads/'))
          .map(({ port }) => port)
        assert.equal(new Set(ports).size, 1)
      })
    })
  }

  describe('of an action that is built beside its own code', () => {
    it('have bundles of their own', () => {
      const names = readdirSync(folder.pathTo('built')).filter((name) => name.endsWith('.js'))
      assert.ok(names.includes('index.js'))
      assert.ok(names.filter((name) => LATE.test(name)).length >= 12, names.join(', '))
    })
  })
})
