import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import * as z from 'zod/mini'
import { readConsole, signIn, trust } from './api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const GATEWAY = '/api/v1/web/darkroom/dx-asset-compute-worker-1/gateway'
const answerSchema = z.looseObject({ ok: z.boolean(), journal: z.optional(z.string()) })

describe('the gateway action', function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let headers: Record<string, string>

  before(async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml' })
    trust(home)
    headers = await signIn(service.origin, home)
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${service.origin}${GATEWAY}${path}`, { headers, ...init })

  it('has a journal below itself, to the last of its links', async () => {
    const response = await call('/register', { method: 'POST' })
    assert.equal(response.status, 200)
    const { journal = '' } = answerSchema.parse(await response.json())
    assert.ok(journal.startsWith(`${service.origin}${GATEWAY}/events/`), journal)
    const links = (await fetch(journal, { headers })).headers.get('link') ?? ''
    const targets = [...links.matchAll(/<([^>]+)>/g)].map(([, target = '']) => target)
    assert.equal(targets.length, 7)
    for (const target of targets) assert.ok(target.startsWith(`${GATEWAY}/`), target)
  })

  const refusals: [
    title: string,
    path: string,
    init: RequestInit,
    status: number,
    message: RegExp,
  ][] = [
    [
      'nobody',
      '/register',
      { method: 'POST', headers: {} },
      401,
      /^The Authorization header is missing/,
    ],
    [
      'a body that is not JSON',
      '/process',
      { method: 'POST', body: 'x' },
      400,
      /^The body must be JSON/,
    ],
    ['a GET of what is a POST', '/process', {}, 405, /process is not possible; it must be POST\.$/],
    [
      'a path that is none of it',
      '/nowhere',
      {},
      404,
      /^There is nothing at .*\/gateway\/nowhere;/,
    ],
  ]
  for (const [title, path, init, status, message] of refusals) {
    it(`refuses ${title} as the root does`, async () => {
      const response = await call(path, init)
      assert.equal(response.status, status)
      const body = z.looseObject({ message: z.string() }).parse(await response.json())
      assert.match(body.message, message)
      assert.ok(response.headers.get('x-request-id'))
    })
  }

  it('leaves no record of its own', async () => {
    await call('/register', { method: 'POST' })
    const { namespace } = readConsole(home)
    const list = await fetch(`${service.origin}/api/v1/namespaces/_/activations`, {
      headers: { authorization: `Basic ${Buffer.from(namespace.auth).toString('base64')}` },
    })
    assert.deepEqual(await list.json(), [])
  })

  it('is no action to be built, as the command says', () => {
    const { status, stderr } = spawnSync(process.execPath, ['src/cli/build.ts', 'gateway'], {
      encoding: 'utf8',
    })
    assert.equal(status, 2)
    assert.match(stderr, /^gateway is not built: it lives in the local service, /)
  })
})
