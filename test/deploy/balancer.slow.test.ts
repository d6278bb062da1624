import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { prepare } from '../../deploy/compose/prepare.ts'
import { type HttpsServer, listen } from '../../src/http/https-server.ts'
import { freePort } from '../support/free-port.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { foldersIn } from './prepared.ts'

const HOST = 'darkroom.test'

/** Between two looks whether the balancer has noticed something, in milliseconds. */
const LOOK_MS = 20

/** A service behind the balancer, which answers with its name and with who has asked it. */
interface Behind {
  server: HttpsServer
  isReady: boolean
}

interface Answer {
  readonly status: number | undefined
  readonly body: string
  readonly cookie: string | undefined
}

describe('the balancer of deploy/compose.yaml', () => {
  const folder = useTemporaryFolder()
  const behind = new Map<string, Behind>()
  let store: Server
  let balancer: ChildProcess
  let port = 0
  let logged = ''

  before(async function () {
    skipWithout(this, 'HAProxy')
    port = await freePort()
    const where = foldersIn(folder)
    await prepare(
      { ...where, host: HOST, port, own: folder.pathTo('nothing') },
      { now: Date.now(), give: async () => undefined },
    )
    for (const name of ['front-1', 'front-2', 'runtime']) await open(name)
    store = createServer((_, response) => response.end('store')).listen(0, '127.0.0.1')
    await once(store, 'listening')
    balancer = startBalancer()
    await until(async () => {
      assert.equal(balancer.exitCode, null, logged)
      return (await Promise.all(['', 'runtime.', 'store.'].map(isThere))).every(Boolean)
    })
  })

  after(async () => {
    if (balancer?.kill('SIGKILL')) await once(balancer, 'exit')
    store?.close()
    for (const { server } of behind.values()) await server.close()
  })

  async function open(name: string, at = 0): Promise<void> {
    const of = name.replace(/-\d$/, '')
    const read = (file: string): string => readFileSync(folder.pathTo(`${of}/${file}`), 'utf8')
    const opened: Behind = {
      isReady: true,
      server: await listen({
        certificates: { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') },
        port: at,
        fetch: ({ url, headers }) => {
          if (!url.endsWith('/health/ready'))
            return new Response(`${name} ${headers.get('x-forwarded-for')}`)
          return new Response(null, { status: opened.isReady ? 200 : 503 })
        },
      }),
    }
    behind.set(name, opened)
  }

  const portOf = (name: string): string =>
    new URL(behind.get(name)?.server.origin ?? assert.fail(name)).port

  /** With the file as it is, but for where everything is, and how often it is looked at. */
  function startBalancer(): ChildProcess {
    const address = store.address()
    assert.ok(typeof address === 'object' && address !== null)
    const written = readFileSync('deploy/compose/haproxy.cfg', 'utf8')
      .replaceAll('/run/balancer', folder.pathTo('balancer'))
      .replaceAll(' resolvers docker', '')
      .replaceAll('inter 2s', 'inter 1s')
      .replaceAll(/ (front-\d|runtime):9443/g, (_, name: string) => ` 127.0.0.1:${portOf(name)}`)
      .replaceAll(' store:3900', ` 127.0.0.1:${address.port}`)
    mkdirSync(folder.pathTo('haproxy'), { recursive: true })
    writeFileSync(folder.pathTo('haproxy/haproxy.cfg'), written)
    const child = spawn('haproxy', ['-f', folder.pathTo('haproxy/haproxy.cfg')], {
      env: { ...process.env, DARKROOM_HOST: HOST, DARKROOM_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child.stdout.on('data', (chunk: Buffer) => (logged += chunk.toString()))
    return child
  }

  /** Asks by a connection of its own. */
  async function ask(
    name: string,
    path = '/',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const host = `${name}${HOST}`
    const asked = request({
      host: '127.0.0.1',
      port,
      path,
      servername: host,
      ca: readFileSync(folder.pathTo('balancer/ca.pem')),
      headers: { ...headers, host: `${host}:${port}` },
      agent: false,
    }).end()
    const [response] = await once(asked, 'response')
    return {
      status: response.statusCode,
      body: await text(response),
      cookie: response.headers['set-cookie']?.[0]?.split(';')[0],
    }
  }

  const isThere = (name: string): Promise<boolean> =>
    ask(name).then(
      ({ status }) => status === 200,
      () => false,
    )

  /** Who answers so many times. */
  async function whoAnswer(path: string, headers?: Readonly<Record<string, string>>) {
    const answers: string[] = []
    for (let index = 0; index < 8; index += 1) {
      const { status, body } = await ask('', path, headers)
      answers.push(status === 200 ? (body.split(' ')[0] ?? '') : 'nobody')
    }
    return [...new Set(answers)].toSorted()
  }

  it('leads each name to whoever has it', async () => {
    assert.match((await ask('')).body, /^front-\d /)
    assert.match((await ask('runtime.')).body, /^runtime /)
    assert.equal((await ask('store.')).body, 'store')
    assert.deepEqual(await whoAnswer('/process'), ['front-1', 'front-2'])
  })

  it('tells front ends who has sent a request, whatever that says itself', async () => {
    const { body } = await ask('', '/', { 'x-forwarded-for': '203.0.113.9' })
    assert.match(body, /^front-\d 127\.0\.0\.1$/)
  })

  it('keeps a browser of the developer page at one front end, and gives no cookie elsewhere', async () => {
    assert.equal((await ask('', '/is/image/photo')).cookie, undefined)
    const { body, cookie = '' } = await ask('', '/devtool/')
    assert.match(cookie, /^darkroom-front=\d$/)
    for (const path of ['/', '/devtool/api', '/socket.io/'])
      assert.deepEqual(await whoAnswer(path, { cookie }), [body.split(' ')[0]], path)
  })

  it('sends nothing to a front end that is not ready, until it is again', async () => {
    const first = behind.get('front-1') ?? assert.fail()
    first.isReady = false
    await until(async () => (await whoAnswer('/process')).join() === 'front-2')
    first.isReady = true
    await until(async () => (await whoAnswer('/process')).length === 2)
  })

  it('has the other one answer at once when one is killed', async () => {
    const at = Number(portOf('front-1'))
    await behind.get('front-1')?.server.close()
    assert.deepEqual(await whoAnswer('/process'), ['front-2'])
    await open('front-1', at)
    await until(async () => (await whoAnswer('/process')).length === 2)
  })

  it('logs no signature of a URL', async () => {
    await ask('store.', '/darkroom/photo.jpg?X-Amz-Signature=hush')
    await until(async () => logged.includes('/darkroom/photo.jpg'))
    assert.doesNotMatch(logged, /hush/)
  })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(LOOK_MS)
}
