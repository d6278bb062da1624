import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { connect } from 'node:tls'
import * as z from 'zod/mini'
import { readExposition } from '../monitoring/read-exposition.ts'
import {
  presign,
  readConsole,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from './api-client.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const lineSchema = z.looseObject({
  time: z.iso.datetime(),
  level: z.enum(['error', 'warn', 'info', 'debug']),
  message: z.string(),
  requestId: z.optional(z.string()),
})
type Line = z.infer<typeof lineSchema>

describe('a service that somebody runs', function () {
  this.timeout(300_000)
  const home = useHome()
  const WORKER = 'dx-asset-compute-worker-1/worker'
  const REQUEST = 'request-of-the-client'
  const lines: Line[] = []
  const hearers = new Set<() => void>()
  let service: ServiceProcess
  let headers: Record<string, string>

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
      environment: { LOG_FORMAT: 'json', LOG_LEVEL: 'debug' },
    })
    const { stdout } = service.child
    assert.ok(stdout)
    createInterface({ input: stdout }).on('line', (line) => {
      lines.push(lineSchema.parse(JSON.parse(line)))
      for (const hear of hearers) hear()
    })
    trust(home)
    headers = await signIn(service.origin, home)
  })
  /** The first line that is so, once it is there. */
  async function lineThat(isIt: (line: Line) => boolean): Promise<Line> {
    const heard = Promise.withResolvers<Line>()
    const look = (): void => {
      const found = lines.find(isIt)
      if (found !== undefined) heard.resolve(found)
    }
    hearers.add(look)
    look()
    const line = await heard.promise
    hearers.delete(look)
    return line
  }

  it('tells by the id of a request all that comes of it, and nothing that is secret', async () => {
    const { origin } = service
    const journal = await register(origin, headers)
    const source = await upload(origin, headers, 'photo.jpg', await drawPhoto(60, 40))
    const target = await presign(origin, headers, 'made.png', 'w')
    const nothing = await presign(origin, headers, 'nothing.jpg', 'r')
    for (const from of [source, nothing]) {
      const response = await sendProcess(
        origin,
        { ...headers, 'x-request-id': REQUEST },
        { source: from, renditions: [{ name: 'made.png', fmt: 'png', target }] },
      )
      assert.equal(response.status, 200)
    }
    await readJournal(journal, headers, 2)
    // Parameters that the worker can do nothing with.
    const { auth } = readConsole(home).namespace
    await fetch(`${origin}/api/v1/namespaces/_/actions/${WORKER}?blocking=true`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(auth).toString('base64')}`,
        'x-request-id': REQUEST,
      },
    })
    for (const [message, about] of [
      [/^activation \w+ for 1 renditions$/, ['order', 'activationId']],
      [/^rendition_created made\.png$/, ['order']],
      [/^activation \w+ of worker failed: /, ['activationId', 'action']],
      [/^made\.png failed: |^rendition_failed made\.png: /, ['order']],
    ] as const) {
      const line = await lineThat((each) => message.test(each.message))
      assert.equal(line.requestId, REQUEST, line.message)
      assert.ok(
        about.every((name) => name in line),
        JSON.stringify(line),
      )
    }
    const written = JSON.stringify(lines)
    assert.doesNotMatch(written, /signature=[^…]|eyJ[\w-]+\./)
    assert.ok(!written.includes(headers['authorization']?.slice('Bearer '.length) ?? ''))
  })

  it('tells that it is well, and what it has done', async () => {
    const { origin } = service
    const health = await fetch(`${origin}/health/ready`)
    assert.deepEqual([health.status, await health.json()], [200, { status: 'ready' }])
    await (await fetch(`${origin}/v2/jobs/none`)).text()
    const samples = readExposition(await (await fetch(`${origin}/metrics`)).text())
    for (const [name, value] of [
      ['darkroom_renditions_total{door="asset-compute",result="created",reason="none"}', 1],
      [
        'darkroom_http_requests_total{door="asset-compute",route="/process",method="POST",status="200"}',
        2,
      ],
      [
        'darkroom_http_requests_total{door="jobs",route="/v2/jobs/:id",method="GET",status="401"}',
        1,
      ],
      ['darkroom_queue_length{door="asset-compute"}', 0],
    ] as const) {
      assert.equal(samples.get(name), value, `${name} of ${[...samples.keys()].join('\n')}`)
    }
    for (const name of ['darkroom_objects_bytes', 'darkroom_memory_bytes{processes="actions"}']) {
      assert.ok((samples.get(name) ?? 0) > 0, name)
    }
  })

  it('shows other certificates when it is told to look for them', async () => {
    const before = await fingerprint(service.origin)
    rmSync(path.join(home, 'certificates.json'))
    service.child.kill('SIGHUP')
    await lineThat(({ message }) => message.includes('was made anew'))
    assert.notEqual(await fingerprint(service.origin), before)
    trust(home)
    assert.equal((await fetch(`${service.origin}/health/live`)).status, 200)
  })

  it('says that it is not ready from when it is asked to stop until what runs has ended', async () => {
    const { origin } = service
    const begun = Promise.withResolvers<ServerResponse>()
    const gate = createServer((_, response) => begun.resolve(response))
    await new Promise<void>((resolve) => {
      gate.listen(0, '127.0.0.1', resolve)
    })
    const { port } = z.object({ port: z.int() }).parse(gate.address())
    const { auth } = readConsole(home).namespace
    const authorization = `Basic ${Buffer.from(auth).toString('base64')}`
    const send = (method: string, query: string, body: object) =>
      fetch(`${origin}/api/v1/namespaces/_/actions/waiting${query}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const code = 'exports.main = async ({ gate }) => ({ said: await (await fetch(gate)).text() })'
    const deployed = await send('PUT', '', { exec: { kind: 'nodejs:20', code } })
    assert.equal(deployed.status, 200, await deployed.text())
    const called = send('POST', '?blocking=true&result=true', { gate: `http://127.0.0.1:${port}` })
    const answer = await begun.promise

    service.child.kill('SIGTERM')
    const ready = () => fetch(`${origin}/health/ready`)
    let health = await ready()
    while (health.status === 200) {
      await health.text()
      health = await ready()
    }
    assert.equal(health.status, 503)
    assert.deepEqual(await health.json(), {
      status: 'not ready',
      reasons: [{ code: 'stopping', message: 'The service is stopping and takes nothing new.' }],
    })
    assert.equal((await fetch(`${origin}/health/live`)).status, 200)
    const refused = await send('POST', '?blocking=true', {})
    assert.equal(refused.status, 503, await refused.text())

    answer.end('go on')
    assert.deepEqual(await (await called).json(), { said: 'go on' })
    assert.equal(await service.exited, 0)
    gate.close()
  })
})

/** Of the certificate that a server shows. */
function fingerprint(origin: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const options = { host: '127.0.0.1', servername: hostname, rejectUnauthorized: false }
    const socket = connect({ ...options, port: Number(port) })
    socket.on('error', reject).on('secureConnect', () => {
      resolve(socket.getPeerCertificate().fingerprint256)
      socket.end()
    })
  })
}
