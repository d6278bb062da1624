import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type ServerType, serve } from '@hono/node-server'
import openwhisk from 'openwhisk'
import { isRecord } from '../../../src/base/json.ts'
import { zip } from '../../support/zip.ts'
import { objectOf } from '../api-fixture.ts'
import { annotations, script, sequence, usePlatform, zipped } from '../deploying-fixture.ts'
import { API_KEY } from '../host-fixture.ts'

const HELLO = 'function main() { return { hello: true } }'

describe('deployed entities', () => {
  const { call, put, deploy } = usePlatform()

  async function list(path: string): Promise<Record<string, unknown>[]> {
    const listed: unknown = await (await call('GET', path)).json()
    assert.ok(Array.isArray(listed))
    return listed.filter(isRecord)
  }

  it('are written as OpenWhisk writes an action', async () => {
    const { updated, ...action } = await deploy('written', script(HELLO), {
      annotations: annotations({ 'web-export': true, 'provide-api-key': true, exec: 'mine' }),
      parameters: [{ key: 'a', value: null }],
      limits: { timeout: 1000, memory: 512 },
      publish: true,
    })
    assert.ok(typeof updated === 'number' && updated > Date.now() - 60_000)
    assert.deepEqual(action, {
      name: 'written',
      namespace: 'space/pkg',
      version: '0.0.1',
      publish: true,
      parameters: [{ key: 'a', value: null }],
      annotations: annotations({ 'web-export': true, 'provide-api-key': true, exec: 'nodejs:22' }),
      limits: { timeout: 1000, memory: 512, concurrency: 200, logs: 10 },
      exec: { kind: 'nodejs:22', binary: false, main: 'main' },
    })
  })

  for (const [code, binary] of [
    ['AAAA', true],
    ['AAA=', true],
    ['AA==', true],
    ['A===', false],
    ['AA=A', false],
    ['AAA', false],
    ['AA-A', false],
  ] as const) {
    it(`have a ${binary ? 'zip file' : 'script'} in ${code}`, async () => {
      const response = await put('actions/pkg/told', { exec: { kind: 'nodejs:22', code } })
      assert.equal(response.status, binary ? 400 : 200)
    })
  }

  it('get what OpenWhisk assumes where nothing is said', async () => {
    const action = await deploy('plain', { kind: 'nodejs:default', code: HELLO })
    assert.deepEqual(
      action['annotations'],
      annotations({ 'provide-api-key': false, exec: 'nodejs:24' }),
    )
    assert.deepEqual(action['parameters'], [])
    assert.equal(action['publish'], false)
    assert.deepEqual(action['limits'], { timeout: 60_000, memory: 256, concurrency: 200, logs: 10 })
  })

  it('keep what an update does not say, and count its version', async () => {
    await deploy('kept', script(HELLO), {
      parameters: [{ key: 'a', value: 1 }],
      annotations: annotations({ final: true }),
      limits: { timeout: 1000 },
    })
    const response = await put('actions/pkg/kept', { limits: { memory: 512 } })
    const { version, parameters, limits, ...rest } = await objectOf(response)
    assert.equal(version, '0.0.2')
    assert.deepEqual(parameters, [{ key: 'a', value: 1 }])
    assert.deepEqual(limits, { timeout: 1000, memory: 512, concurrency: 200, logs: 10 })
    assert.deepEqual(
      rest['annotations'],
      annotations({ final: true, 'provide-api-key': false, exec: 'nodejs:22' }),
    )
    const got = await objectOf(await call('GET', 'actions/pkg/kept'))
    assert.ok(isRecord(got['exec']))
    assert.equal(got['exec']['code'], HELLO)
  })

  it('take the version that a client says', async () => {
    assert.equal(
      (await deploy('versioned', script(HELLO), { version: '1.2.9' }))['version'],
      '1.2.9',
    )
    assert.equal((await deploy('versioned', script(HELLO)))['version'], '1.2.10')
  })

  it('become another kind of action, which has no parameters of the sequence', async () => {
    await deploy('changing', sequence('/_/test/alone'), { parameters: [{ key: 'a', value: 1 }] })
    const changed = await deploy('changing', script(HELLO))
    assert.deepEqual(changed['parameters'], [])
    assert.equal(changed['version'], '0.0.2')
  })

  it('are given out with the code that was sent, unless that is not asked for', async () => {
    const archive = zip({ 'index.js': `exports.main = ${HELLO}` }).toString('base64')
    await deploy('zipped', script(archive))
    const { exec } = await objectOf(await call('GET', 'actions/pkg/zipped'))
    assert.deepEqual(exec, { kind: 'nodejs:22', binary: true, main: 'main', code: archive })
    const bare = await objectOf(await call('GET', 'actions/pkg/zipped?code=false'))
    assert.deepEqual(bare['exec'], { kind: 'nodejs:22', binary: true, main: 'main' })
  })

  it('name the namespace in the components of a sequence', async () => {
    const { exec } = await deploy('named', sequence('/_/test/alone', '/space/test/pair'))
    assert.deepEqual(exec, sequence('/space/test/alone', '/space/test/pair'))
  })

  it('are written as OpenWhisk writes a package', async () => {
    const said = { parameters: [{ key: 'a', value: 1 }], annotations: annotations({ b: 2 }) }
    const { updated, ...created } = await objectOf(await put('packages/wrapped', said, ''))
    const expected = {
      name: 'wrapped',
      namespace: 'space',
      version: '0.0.1',
      publish: false,
      binding: {},
      ...said,
    }
    assert.deepEqual(created, expected)
    assert.equal((await put('packages/wrapped')).status, 200)
    await put('actions/wrapped/inner', { exec: script(HELLO) })
    const { updated: _again, ...got } = await objectOf(await call('GET', 'packages/wrapped'))
    assert.deepEqual(got, {
      ...expected,
      version: '0.0.2',
      feeds: [],
      actions: [
        {
          name: 'inner',
          version: '0.0.1',
          annotations: annotations({ 'provide-api-key': false, exec: 'nodejs:22' }),
        },
      ],
    })
    assert.equal((await call('DELETE', 'packages/wrapped')).status, 409)
    assert.equal((await call('DELETE', 'actions/wrapped/inner')).status, 200)
    assert.equal((await call('DELETE', 'packages/wrapped')).status, 200)
    assert.equal((await call('GET', 'packages/wrapped')).status, 404)
  })

  it('are listed with what a list of OpenWhisk has', async () => {
    await put('packages/listed', { annotations: annotations({ a: 1 }) })
    await put('actions/listed/one', { exec: zipped({ 'index.js': '' }) })
    await put('actions/listed/two', { exec: sequence('/_/test/alone') })
    const actions = await list('actions/listed/')
    assert.deepEqual(Object.fromEntries(actions.map(({ name, exec }) => [name, exec])), {
      one: { binary: true },
      two: { binary: false },
    })
    assert.deepEqual(Object.keys(actions[0] ?? {}).toSorted(), [
      'annotations',
      'exec',
      'limits',
      'name',
      'namespace',
      'publish',
      'updated',
      'version',
    ])
    const inList = (await list('packages')).find(({ name }) => name === 'listed')
    assert.deepEqual(inList?.['annotations'], annotations({ a: 1 }))
    assert.equal(inList['binding'], false)
  })

  it('are found by the package as a part of the namespace', async () => {
    await deploy('found', script(HELLO))
    const path = '/api/v1/namespaces/space%2Fpkg/actions/found'
    const response = await call('GET', `../../../..${path}`)
    assert.equal((await objectOf(response))['namespace'], 'space/pkg')
  })

  it('are no triggers and no rules', async () => {
    for (const collection of ['triggers', 'rules']) {
      assert.deepEqual(await (await call('GET', collection)).json(), [])
      assert.deepEqual(await objectOf(await call('GET', `${collection}?count=true`)), {
        [collection]: 0,
      })
      assert.equal((await call('GET', `${collection}/one`)).status, 404)
      assert.equal((await put(`${collection}/one`)).status, 501)
    }
  })
})

describe('the lists of deployed entities', () => {
  const { call, deploy } = usePlatform()
  before(async () => {
    for (let index = 0; index < 31; index += 1) await deploy(`action${index}`, script(HELLO))
  })

  const pages: [query: string, count: number][] = [
    ['', 30],
    ['?limit=5', 5],
    ['?limit=0', 31],
    ['?limit=200', 31],
    ['?skip=29', 2],
    ['?skip=29&limit=1', 1],
    ['?skip=31', 0],
  ]
  for (const [query, count] of pages) {
    it(`have ${count} of 31 with "${query}"`, async () => {
      const listed: unknown = await (await call('GET', `actions${query}`)).json()
      assert.ok(Array.isArray(listed))
      assert.equal(listed.length, count)
    })
  }

  it('tell how many there are', async () => {
    assert.deepEqual(await objectOf(await call('GET', 'actions?count=true')), { actions: 31 })
    assert.deepEqual(await objectOf(await call('GET', 'packages?count=true')), { packages: 1 })
    assert.deepEqual(await objectOf(await call('GET', 'activations?count=true')), {
      activations: 0,
    })
  })

  const refused: [path: string, error: string][] = [
    ['actions?limit=201', 'limit must be a whole number from 0 to 200, but it is "201".'],
    ['actions?limit=-1', 'limit must be a whole number from 0 to 200, but it is "-1".'],
    ['packages?limit=x', 'limit must be a whole number from 0 to 200, but it is "x".'],
    [
      'activations?skip=1.5',
      `skip must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, but it is "1.5".`,
    ],
    [
      'activations?since=',
      `since must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, but it is "".`,
    ],
  ]
  for (const [path, error] of refused) {
    it(`refuse ${path}`, async () => {
      const response = await call('GET', path)
      assert.equal(response.status, 400)
      assert.deepEqual(await response.json(), { error })
    })
  }
})

describe('the openwhisk client, unmodified, deploying', () => {
  const { platform } = usePlatform()
  let server: ServerType
  let client: ReturnType<typeof openwhisk>
  before(async () => {
    server = serve({ fetch: platform().app.fetch, port: 0, hostname: '127.0.0.1' })
    await once(server, 'listening')
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    const apihost = `http://127.0.0.1:${address.port}`
    client = openwhisk({ apihost, api_key: API_KEY, namespace: '_' })
  })
  after(async () => {
    server.close()
    await once(server, 'close')
  })

  it('creates, updates, invokes, lists and deletes', async () => {
    await client.packages.update({ name: 'client' })
    const name = 'client/hello'
    const archive = zip({ 'index.js': 'exports.main = ({ name }) => ({ hello: name })' })
    const created = await client.actions.create({
      name,
      action: archive,
      kind: 'nodejs:default',
      params: { name: 'Ada' },
      annotations: { final: false },
    })
    assert.equal(created.version, '0.0.1')
    assert.deepEqual(await client.actions.invoke({ name, blocking: true, result: true }), {
      hello: 'Ada',
    })
    const updated = await client.actions.update({ name, params: { name: 'Eve' } })
    assert.equal(updated.version, '0.0.2')
    assert.deepEqual(await client.actions.invoke({ name, blocking: true, result: true }), {
      hello: 'Eve',
    })
    const { exec } = await client.actions.get(name)
    assert.partialDeepStrictEqual(exec, { code: archive.toString('base64') })
    const { actions, packages } = await client.namespaces.get('_')
    assert.deepEqual(
      [actions, packages].map((entities) => entities?.map((entity) => entity.name).toSorted()),
      [['hello'], ['client', 'pkg']],
    )
    await assert.rejects(client.packages.delete('client'), { statusCode: 409 })
    await client.actions.delete(name)
    await client.packages.delete('client')
    await assert.rejects(client.actions.invoke({ name, blocking: true }), { statusCode: 404 })
  })

  it('is told why an action is not created again', async () => {
    await client.actions.create({ name: 'pkg/twice', action: HELLO })
    await assert.rejects(client.actions.create({ name: 'pkg/twice', action: HELLO }), {
      statusCode: 409,
      message: /--> "There is a deployed action "pkg\/twice" already/,
    })
  })

  it('is told why code of more than 22 MB is refused', async () => {
    const name = 'pkg/large'
    const action = Buffer.alloc(23 * 1024 * 1024)
    await assert.rejects(client.actions.create({ name, action, kind: 'nodejs:default' }), {
      statusCode: 413,
      message: /--> "The code is larger than 23068672 bytes, the most an action may have."/,
    })
  })
})
