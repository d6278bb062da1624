import assert from 'node:assert/strict'
import type { Activation } from '../../src/runtime/run/activation.ts'
import { objectOf } from './api-fixture.ts'
import { annotations, script, sequence, usePlatform } from './deploying-fixture.ts'

const ADD = 'const main = ({ count = 0, ...rest }) => ({ count: count + 1, ...rest })'
const FAIL = "const main = () => ({ error: { statusCode: 409, body: 'no' } })"
const VALIDATOR = '/adobeio/shared-validators-v1/headless-v2'
const NOT_YOU = { error: { statusCode: 403, body: { error: 'Not you.' } } }

describe('a sequence', () => {
  const { platform, call, deploy, invoke, web, put } = usePlatform()
  const run = async (name: string, params: Record<string, unknown> = {}): Promise<Activation> =>
    platform().host.invoke(`pkg/${name}`, params).ended

  before(async () => {
    await deploy('add', script(ADD))
    await deploy('fail', script(FAIL))
    await deploy('throw', script("const main = () => { throw new Error('as asked') }"))
  })

  it('gives the result of each action to the next', async () => {
    await deploy('adding', sequence('/_/pkg/add', '/_/pkg/add', '/space/pkg/add'), {
      parameters: annotations({ a: 1, b: 1 }),
    })
    assert.deepEqual(await invoke('pkg/adding', { count: 5, b: 2 }), { count: 8, a: 1, b: 2 })
  })

  it('runs actions of the project and other sequences', async () => {
    await deploy('inner', sequence('/_/pkg/add', '/_/pkg/add'))
    await deploy('outer', sequence('/_/pkg/inner', '/_/pkg/inner', '/_/test/pair'))
    assert.partialDeepStrictEqual(await invoke('pkg/outer'), { params: { count: 4 } })
  })

  it('tells of its beginning and its end, as its actions do in between', async () => {
    await deploy('told', sequence('/_/pkg/add'))
    const { host } = platform()
    const heard: unknown[] = []
    host.onActivationBegin(({ name, start }) => heard.push([name, start]))
    host.onActivationEnd(({ name, end }, _params, exchanges) => heard.push([name, end, exchanges]))
    const record = await run('told')
    const add = host.activation(record.logs[0] ?? '')
    assert.deepEqual(heard, [
      ['pkg/told', record.start],
      ['pkg/add', add?.start],
      ['add', add?.end, []],
      ['told', record.end, []],
    ])
  })

  it('leaves the records that OpenWhisk leaves', async () => {
    await deploy('inner', sequence('/_/pkg/add'))
    await deploy('recorded', sequence('/_/pkg/add', '/_/pkg/inner'))
    const record = await run('recorded')
    const [first, second] = record.logs.map((id) => platform().host.activation(id))
    assert.ok(first !== undefined && second !== undefined && record.logs.length === 2)
    assert.partialDeepStrictEqual(record, { name: 'recorded', version: '0.0.1', statusCode: 0 })
    assert.equal(record.cause, undefined)
    const limits = { timeout: 60_000, memory: 256, concurrency: 200 }
    assert.deepEqual(saidOf(record), {
      path: 'space/pkg/recorded',
      kind: 'sequence',
      topmost: true,
      limits,
    })
    assert.equal(first.cause, record.activationId)
    assert.partialDeepStrictEqual(saidOf(first), { kind: 'nodejs:22', causedBy: 'sequence' })
    assert.deepEqual(saidOf(second), {
      path: 'space/pkg/inner',
      kind: 'sequence',
      causedBy: 'sequence',
      topmost: false,
      limits,
    })
    assert.equal(second.logs.length, 1)
  })

  for (const [name, result] of [
    ['fail', { error: { statusCode: 409, body: 'no' } }],
    ['throw', { error: { name: 'Error', message: 'as asked' } }],
  ] as const) {
    it(`ends as its first action does that fails (${name})`, async () => {
      await deploy('failing', sequence('/_/pkg/add', `/_/pkg/${name}`, '/_/pkg/add'))
      const record = await run('failing')
      assert.equal(record.logs.length, 2)
      assert.deepEqual(record.response, {
        status: 'application error',
        statusCode: 1,
        success: false,
        result,
      })
    })
  }

  it('runs no more than 50 actions, also when its own sequences have grown since', async () => {
    await deploy('leaf', sequence('/_/pkg/add'))
    await deploy('branch', sequence(...Array<string>(10).fill('/_/pkg/leaf')))
    await deploy('tree', sequence('/_/pkg/branch', '/_/pkg/branch'))
    assert.deepEqual(await invoke('pkg/tree'), { count: 20 })
    await deploy('leaf', sequence(...Array<string>(5).fill('/_/pkg/add')))
    const before = platform().host.activations().length
    assert.deepEqual(await invoke('pkg/tree'), {
      error: 'A sequence must not run more than 50 actions.',
    })
    // The sequence itself is none of them.
    assert.equal(platform().host.activations().length - before, 51)
  })

  it('fails when one of its actions is gone', async () => {
    await deploy('leaving', script(ADD))
    await deploy('left', sequence('/_/pkg/add', '/_/pkg/leaving'))
    await call('DELETE', 'actions/pkg/leaving')
    assert.deepEqual(await invoke('pkg/left'), {
      error: 'The sequence has a component that does not exist: /space/pkg/leaving.',
    })
  })

  it('is a web action when it says so, and its first action is told of the call', async () => {
    await deploy('body', script('const main = (params) => ({ body: params })'))
    await deploy('web', sequence('/_/pkg/add', '/_/pkg/body'), {
      annotations: annotations({ 'web-export': true }),
    })
    const told = await objectOf(await web('pkg/web/a?b=2'))
    assert.partialDeepStrictEqual(told, {
      b: '2',
      count: 1,
      __ow_method: 'get',
      __ow_path: '/a',
    })
    await deploy('web', sequence('/_/pkg/add', '/_/pkg/fail'))
    assert.equal((await web('pkg/web')).status, 409)
    await put('actions/pkg/web', { annotations: [] })
    assert.equal((await web('pkg/web')).status, 404)
  })

  for (const validator of [
    VALIDATOR,
    '/adobeio/shared-validators-v1/app-registry',
    '/adobeio-stage/shared-validators-v1/headless-v2',
    '/adobeio-stage/shared-validators-v1/app-registry',
  ]) {
    it(`lets only those through that ${validator} does`, async () => {
      await deploy('__secured', script('const main = ({ a }) => ({ body: { a } })'))
      await deploy('validated', sequence(validator, '/_/pkg/__secured'), {
        annotations: annotations({ 'web-export': true }),
      })
      const good = await web('pkg/validated?a=1', { headers: { authorization: 'Bearer good' } })
      assert.equal(good.status, 200)
      assert.deepEqual(await good.json(), { a: '1' })
      const bad = await web('pkg/validated?a=1', { headers: { authorization: 'Bearer bad' } })
      assert.equal(bad.status, 403)
      assert.deepEqual(await bad.json(), { error: 'Not you.' })
      assert.equal((await web('pkg/__secured')).status, 404)
    })
  }

  it('leaves a record of its validation without the token of the call', async () => {
    await deploy('body', script('const main = () => ({ body: 1 })'))
    await deploy('validated', sequence(VALIDATOR, '/_/pkg/body'), {
      annotations: annotations({ 'web-export': true }),
      parameters: annotations({ secret: 'hush' }),
    })
    const response = await web('pkg/validated', { headers: { authorization: 'Bearer good' } })
    const id = response.headers.get('x-openwhisk-activation-id') ?? ''
    const [validation = ''] = platform().host.activation(id)?.logs ?? []
    assert.deepEqual(platform().host.activation(validation)?.response, {
      status: 'success',
      statusCode: 0,
      success: true,
      result: {},
    })
  })

  it('that is validated needs a web call', async () => {
    await deploy('validated', sequence(VALIDATOR, '/_/pkg/add'))
    const record = await run('validated')
    assert.deepEqual(record.response.result, NOT_YOU)
    const validation = platform().host.activation(record.logs[0] ?? '')
    assert.ok(validation !== undefined)
    assert.partialDeepStrictEqual(saidOf(validation), {
      path: 'adobeio/shared-validators-v1/headless-v2',
      causedBy: 'sequence',
    })
    const odd = await run('validated', { __ow_headers: { 'a header': 'b' } })
    assert.equal(odd.response.status, 'whisk internal error')
  })

  it('is ended when the service stops', async () => {
    await deploy(
      'stay',
      script('const main = () => new Promise(() => setInterval(() => {}, 1000))'),
    )
    await deploy('stopped', sequence('/_/pkg/stay', '/_/pkg/add', '/_/test/short'))
    const record = run('stopped')
    await platform().host.stop(0)
    assert.deepEqual((await record).response.result, {
      error: 'The service was stopped before the action ended.',
    })
  })
})

function saidOf({ annotations: said }: Activation): Record<string, unknown> {
  return Object.fromEntries(said.map(({ key, value }) => [key, value]))
}
