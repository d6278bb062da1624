import assert from 'node:assert/strict'
import type { Hono } from 'hono'
import { createGuesses } from '../../../src/http/guesses.ts'
import type { HttpEnv } from '../../../src/http/root-app.ts'
import { createDeployService } from '../../../src/runtime/api/deploy-service.ts'
import { createOpenWhiskApi } from '../../../src/runtime/api/openwhisk-api.ts'
import { rootApp } from '../../support/root-app.ts'
import { AUTHORIZED } from '../api-fixture.ts'
import { script, usePlatform } from '../deploying-fixture.ts'
import { API_KEY } from '../host-fixture.ts'

const BEARER = { authorization: `Bearer ${API_KEY}` }
const LOGS = '/runtime/namespaces/space/logForwarding'
const AUDIT = '/audit-log-api/event-post'

describe('the deploy service', () => {
  const { platform } = usePlatform()
  let app: Hono<HttpEnv>
  before(() => {
    const openWhiskApi = createOpenWhiskApi({
      runtime: platform().host,
      deployments: platform().deployments,
      apiKey: API_KEY,
      authenticate: () => assert.fail('nobody calls a web action here'),
      guesses: createGuesses(),
    })
    app = rootApp().route(
      '/',
      createDeployService({ openWhiskApi, namespace: 'space', apiKey: API_KEY }),
    )
  })

  it("has OpenWhisk's API below /runtime, also for the key as a token", async () => {
    const path = '/runtime/api/v1/namespaces/_/actions/pkg/served'
    const exec = script('const main = () => ({ ok: 1 })')
    for (const headers of [BEARER, AUTHORIZED]) {
      const response = await app.request(`${path}?overwrite=true`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ exec }),
      })
      assert.equal(response.status, 200)
      const invoked = await app.request(`${path}?blocking=true&result=true`, {
        method: 'POST',
        headers,
      })
      assert.deepEqual(await invoked.json(), { ok: 1 })
    }
  })

  const answers: [method: string, path: string, status: number, body: unknown][] = [
    ['POST', AUDIT, 200, {}],
    ['GET', LOGS, 200, { adobe_io_runtime: {} }],
    ['GET', `/runtime${LOGS}`, 200, { adobe_io_runtime: {} }],
    ['GET', `${LOGS}/errors`, 200, { destination: 'adobe_io_runtime', errors: [] }],
    ['PUT', LOGS, 501, { error: 'Logs stay in this service; it cannot forward them.' }],
  ]
  for (const [method, path, status, body] of answers) {
    it(`answers ${status} to ${method} ${path}, and 401 without the key`, async () => {
      const response = await app.request(path, { method, headers: BEARER })
      assert.equal(response.status, status)
      assert.deepEqual(await response.json(), body)
      for (const headers of [{}, { authorization: 'Bearer other' }]) {
        assert.equal((await app.request(path, { method, headers })).status, 401)
      }
    })
  }

  it('tells everybody which kinds of actions there are', async () => {
    for (const path of ['/', '/runtime']) {
      assert.partialDeepStrictEqual(await (await app.request(path)).json(), {
        runtimes: { nodejs: [{ kind: 'nodejs:18' }, { kind: 'nodejs:26' }] },
      })
    }
  })
})
