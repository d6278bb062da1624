import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { buffer, text } from 'node:stream/consumers'
import * as z from 'zod/mini'
import { openstackExport } from '../../src/peers/openstack/openstack-export.ts'
import { openstackImport } from '../../src/peers/openstack/openstack-import.ts'
import { type BreakingProxy, openBreakingProxy } from './breaking-proxy.ts'
import {
  answerFile,
  answerJson,
  type Handler,
  type LocalServer,
  openLocalServer,
} from './local-server.ts'
import { itIsAPeer, type Options, type TestedPeer } from './peer-contract.ts'
import { contextOf, outgoing, peerError } from './peer-fixture.ts'

const PASSWORD = 'password-of-tests'

const authSchema = z.object({
  auth: z.object({
    identity: z.object({
      password: z.object({ user: z.object({ name: z.string(), password: z.string() }) }),
    }),
    scope: z.optional(z.unknown()),
  }),
})
const manifestSchema = z.array(
  z.object({ path: z.string(), etag: z.string(), size_bytes: z.number() }),
)

describe('a container of OpenStack', () => {
  const objects = new Map<string, Buffer>()
  let scope: unknown
  let server: LocalServer
  let proxy: BreakingProxy

  /** As OpenStack documents Keystone and Swift. */
  const openstack: Handler = async (request, response, url) => {
    if (url.pathname === '/identity/v3/auth/tokens') {
      const { auth } = authSchema.parse(JSON.parse(await text(request)))
      scope = auth.scope
      if (auth.identity.password.user.password !== PASSWORD) {
        const message = 'The request you have made requires authentication.'
        answerJson(response, 401, { error: { code: 401, title: 'Unauthorized', message } })
        return
      }
      const endpoints = ['R0', 'R1'].flatMap((region) =>
        ['internal', 'public'].map((kind) => ({
          interface: kind,
          region,
          url: kind === 'public' && region === 'R1' ? `${url.origin}/v1/A` : 'https://x.invalid',
        })),
      )
      const catalog = [{ type: 'object-store', endpoints }]
      answerJson(response, 201, { token: { catalog } }, { 'x-subject-token': 'token-of-tests' })
      return
    }
    assert.equal(request.headers['x-auth-token'], 'token-of-tests')
    const path = decodeURIComponent(url.pathname.replace('/v1/A/', ''))
    if (request.method === 'PUT') {
      const data = await buffer(request)
      if (!path.includes('/')) response.writeHead(201).end()
      else if (url.searchParams.get('multipart-manifest') === 'put') {
        const segments = manifestSchema.parse(JSON.parse(String(data))).map((segment) => {
          const found = objects.get(segment.path.slice(1))
          assert.equal(found?.length, segment.size_bytes)
          assert.equal(createHash('md5').update(found).digest('hex'), segment.etag)
          return found
        })
        objects.set(path, Buffer.concat(segments))
        response.writeHead(201).end()
      } else {
        objects.set(path, data)
        response.writeHead(201, { etag: createHash('md5').update(data).digest('hex') }).end()
      }
    } else if (request.method === 'DELETE') {
      objects.delete(path)
      response.writeHead(204).end()
    } else if (!path.includes('/')) {
      const prefix = `${path}/${url.searchParams.get('prefix')}`
      const marker = url.searchParams.get('marker')
      const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted()
      const next = names.find((name) => marker === null || name > `${path}/${marker}`)
      const bytes = objects.get(next ?? '')?.length
      answerJson(
        response,
        200,
        next === undefined ? [] : [{ name: next.slice(path.length + 1), bytes }],
      )
    } else {
      const data = objects.get(path)
      if (data !== undefined) return answerFile(request, response, data)
      response.writeHead(404, { 'content-type': 'text/html' })
      response.end('<html><h1>Not Found</h1><p>The resource could not be found.</p></html>')
    }
  }

  before(async () => {
    server = await openLocalServer(openstack)
    proxy = await openBreakingProxy(server.port)
  })
  after(async () => {
    await proxy.close()
    server.close()
  })

  function account(): Options {
    return {
      auth_url: `http://localhost:${proxy.port}/identity`,
      username: 'tester',
      password: PASSWORD,
      region: 'R1',
      container: 'assets',
    }
  }

  itIsAPeer((): TestedPeer => ({
    imports: openstackImport,
    exports: openstackExport,
    proxy,
    one: (file) => ({ ...account(), file }),
    below: (prefix) => ({ ...account(), file_prefix: prefix }),
    wrong: (options) => ({ ...options, password: 'wrong-secret' }),
    upload: async (name, data) => {
      objects.set(`assets/${name}`, data)
    },
    download: async (name) => objects.get(`assets/${name}`) ?? assert.fail(`there is no ${name}`),
    secrets: [PASSWORD, 'wrong-secret', 'token-of-tests'],
    missing: {
      failure: 'missing',
      reason: 'Not Found',
      message:
        /^“none\/there\.txt” could not be fetched from the container “assets” of R1: the server answered 404 Not Found \(The resource could not be found\)\.$/,
    },
    denied: { failure: 'denied', reason: 'Unauthorized' },
  }))

  it('leaves no segments of a file that could not be put there', async () => {
    const size = 70 * 1024 * 1024
    const file = {
      ...outgoing('a', Buffer.alloc(0)),
      size,
      async *open(from: number) {
        if (from > 0) throw new Error('the file is gone')
        yield Buffer.alloc(size)
      },
    }
    const options = { ...account(), file: 'gone-for-good' }
    await assert.rejects(openstackExport.put(options, file, contextOf()), /the file is gone/)
    assert.deepEqual(
      [...objects.keys()].filter((name) => name.includes('gone-for-good')),
      [],
    )
  })

  it('signs in for a tenant by its name or id', async () => {
    const options = { ...account(), file_prefix: '' }
    await openstackImport.find({ ...options, tenant_name: 't', domain_name: 'd' }, contextOf())
    assert.deepEqual(scope, { project: { name: 't', domain: { name: 'd' } } })
    await openstackImport.find({ ...options, tenant_id: 'i' }, contextOf())
    assert.deepEqual(scope, { project: { id: 'i' } })
  })

  it('tells that there is no storage in a region', async () => {
    await assert.rejects(
      openstackImport.find({ ...account(), region: 'R2', file: 'a' }, contextOf()),
      peerError({ failure: 'missing', message: /no object storage in the region R2/ }),
    )
  })

  it('refuses the URL of an older Keystone', () => {
    const options = { ...account(), auth_url: 'https://keystone.example/v2.0/', file: 'a' }
    assert.ok(!z.safeParse(openstackImport.options, options).success)
  })
})
