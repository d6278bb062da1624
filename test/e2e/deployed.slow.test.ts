import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import * as z from 'zod/mini'
import { zip } from '../support/zip.ts'
import { readConsole, trust } from './api-client.ts'
import { useRegisteredService } from './registered-service.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const recordsSchema = z.array(z.looseObject({ name: z.string(), version: z.string() }))

/** A client of OpenWhisk's REST API that holds the key of the namespace. */
function runtimeOf(origin: () => string, home: string) {
  return async (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${origin()}/api/v1/namespaces/_/${path}`, {
      method,
      headers: { authorization: `Basic ${btoa(readConsole(home).namespace.auth)}` },
      ...(body && { body: JSON.stringify(body) }),
    })
}

describe('what is deployed to a service that is killed', function () {
  this.timeout(300_000).slow(20_000)
  const home = useHome()
  let service: ServiceProcess
  const call = runtimeOf(() => service.origin, home)

  /** Each version tells its number in its code and in a parameter, which must never be of two versions. */
  const deploy = (number: number): Promise<Response> =>
    call('PUT', 'actions/pkg/numbered?overwrite=true', {
      exec: {
        kind: 'nodejs:24',
        code: zip({
          'index.js': `exports.main = ({ number }) => ({ number, code: require('./lib/number.js') })`,
          'lib/number.js': `module.exports = ${number}`,
          ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`lib/${index}.js`, ''])),
        }).toString('base64'),
      },
      parameters: [{ key: 'number', value: number }],
    })

  afterEach(() => service.child.kill('SIGKILL'))

  it('is the version that was acknowledged last, or the one after it, and never a half', async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml' })
    trust(home)
    assert.equal((await call('PUT', 'packages/pkg', {})).status, 200)
    let acknowledged = 0
    for (const turns of [0, 1000, 5000, 20_000]) {
      for (let count = 0; count < 3; count += 1) {
        assert.equal((await deploy(acknowledged + 1)).status, 200)
        acknowledged += 1
      }
      // Whether it gets as far as an answer is for the kill to say.
      const underWay = deploy(acknowledged + 1).catch(() => undefined)
      for (let turn = 0; turn < turns; turn += 1) await nextTurn()
      service.child.kill('SIGKILL')
      await service.exited
      const wasAnswered = (await underWay)?.status === 200
      service = await startServiceProcess({ home, manifest: 'instant.yml' })
      const response = await call('POST', 'actions/pkg/numbered?blocking=true&result=true')
      const told = z
        .object({ number: z.number(), code: z.number() })
        .parse(JSON.parse(await response.text()))
      assert.equal(told.number, told.code)
      assert.ok(told.number === acknowledged + 1 || (told.number === acknowledged && !wasAnswered))
      acknowledged = told.number
    }
  })
})

describe('an action that is deployed over a built-in one', () => {
  const { home, origin, store, eventsOf } = useRegisteredService()
  const call = runtimeOf(origin, home)
  const name = 'dx-asset-compute-worker-1/worker'

  async function activationsOf(): Promise<string[]> {
    const response = await call('GET', 'activations?name=worker')
    return recordsSchema.parse(await response.json()).map(({ version }) => version)
  }

  async function eventOf(rendition: object): Promise<unknown> {
    const source = await store('source.svg', '<svg viewBox="0 0 8 8"/>')
    const target = await store('target.png', '')
    const [event] = await eventsOf({
      source,
      renditions: [{ name: 'a.png', fmt: 'png', target, ...rendition }],
    })
    return event
  }

  before(async () => {
    await call('PUT', 'packages/dx-asset-compute-worker-1', {})
    const response = await call('PUT', `actions/${name}`, {
      version: '7.0.0',
      exec: {
        kind: 'nodejs:24',
        code: 'const main = () => ({ body: { activationId: process.env.__OW_ACTIVATION_ID } })',
      },
      annotations: [{ key: 'web-export', value: true }],
    })
    assert.equal(response.status, 200)
  })

  it('is not what the gateway asks for a rendition', async () => {
    assert.partialDeepStrictEqual(await eventOf({}), { type: 'rendition_created' })
    assert.ok(!(await activationsOf()).includes('7.0.0'))
  })

  it('is what is reached by its URL', async () => {
    const worker = `${origin()}/api/v1/web/darkroom/${name}`
    assert.partialDeepStrictEqual(await eventOf({ worker }), { type: 'rendition_failed' })
    assert.equal((await activationsOf())[0], '7.0.0')
  })
})
