import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { collectLog } from '../doors/asset-compute/gateway-fixture.ts'
import { objectOf } from './api-fixture.ts'
import { annotations, script, usePlatform, zipped } from './deploying-fixture.ts'
import { isGone, useGates } from './host-fixture.ts'

const TELL = `
const main = (params) => ({
  pid: process.pid, cwd: process.cwd(), params, file: typeof __filename,
  version: process.env.__OW_ACTION_VERSION, name: process.env.__OW_ACTION_NAME,
  colour: process.env.COLOUR,
})`

const WAIT = `async function main({ gate }) {
  await (await fetch(gate)).text()
  return { pid: process.pid }
}`

describe('a deployed action', () => {
  const { call, put, deploy, invoke, web, restart, folder } = usePlatform()
  const { gates } = useGates()
  const codeFolders = () => readdirSync(folder.pathTo('deployed/code'))

  it('runs in its own folder, with its name and version', async () => {
    await deploy('tell', script(TELL))
    await deploy('tell', script(TELL))
    const { cwd, name, version } = await invoke('pkg/tell')
    assert.ok(String(cwd).startsWith(folder.pathTo('deployed/code')))
    assert.equal(name, '/space/pkg/tell')
    assert.equal(version, '0.0.2')
  })

  it('runs without a package', async () => {
    await put('actions/alone', {
      exec: script(TELL),
      annotations: annotations({ 'web-export': true }),
    })
    assert.equal((await invoke('alone'))['name'], '/space/alone')
    assert.equal((await web('default/alone.json')).status, 200)
    assert.equal((await web('pkg/alone')).status, 404)
  })

  it('runs in a process that has its limits', async () => {
    const code = 'const main = () => ({ argv: process.execArgv })'
    await deploy('limited', script(code), { limits: { memory: 128, timeout: 5000 } })
    const { argv } = await invoke('pkg/limited')
    assert.ok(Array.isArray(argv) && argv.includes('--max-old-space-size=128'))
    const forever = script('const main = () => new Promise(() => setInterval(() => {}, 1000))')
    await deploy('limited', forever, { limits: { timeout: 100 } })
    assert.deepEqual(await invoke('pkg/limited'), {
      error: 'The action exceeded its time limits of 100 milliseconds.',
    })
  })

  const codes: [what: string, exec: object, result: unknown][] = [
    ['a function', script('function main() { return { ok: 1 } }'), { ok: 1 }],
    ['a constant', script('const main = async () => ({ ok: 1 })'), { ok: 1 }],
    ['an export', script('exports.main = () => ({ ok: 1 })'), { ok: 1 }],
    ['an export of the whole', script('module.exports = { main: () => ({ ok: 1 }) }'), { ok: 1 }],
    ['another name', script('const run = () => ({ ok: 1 })', 'run'), { ok: 1 }],
    ['a name in an object', script('const a = { b: () => ({ ok: 1 }) }', 'a.b'), { ok: 1 }],
    ['a comment at its end', script('const main = () => ({ ok: 1 }) // so'), { ok: 1 }],
    ['strict mode', script("'use strict'; const main = () => ({ ok: 1 })"), { ok: 1 }],
    [
      'modules of Node',
      script("const { sep } = require('path'); const main = () => ({ sep })"),
      { sep: '/' },
    ],
    [
      'no function',
      script('const other = 1'),
      { error: 'The action could not be loaded: The action exports no function named main' },
    ],
    [
      'a mistake',
      script('const main = ('),
      { error: "The action could not be loaded: Unexpected token ';'" },
    ],
    ['an index.js', zipped({ 'index.js': 'exports.main = () => ({ ok: 1 })' }), { ok: 1 }],
    [
      'a package.json',
      zipped({
        'package.json': '{"main":"lib/a.js"}',
        'lib/a.js': 'exports.main = () => ({ ok: 1 })',
      }),
      { ok: 1 },
    ],
    [
      'a module',
      zipped({
        'package.json': '{"type":"module"}',
        'index.js': 'export const main = () => ({ ok: 1 })',
      }),
      { ok: 1 },
    ],
    [
      'a module that says so by what it is',
      zipped({ 'index.js': 'export const main = () => ({ ok: 1 })' }),
      { ok: 1 },
    ],
    [
      'another name in a zip file',
      zipped({ 'index.js': 'exports.run = () => ({ ok: 1 })' }, 'run'),
      { ok: 1 },
    ],
    [
      'another module',
      zipped({ 'lib/a.js': 'exports.run = () => ({ ok: 1 })' }, 'lib/a.run'),
      { ok: 1 },
    ],
    [
      'files of its own',
      zipped({
        'index.js': "exports.main = () => require('./data.json')",
        'data.json': '{"ok":1}',
      }),
      { ok: 1 },
    ],
    [
      'packages of its own',
      zipped({
        'index.js': "exports.main = () => require('own')",
        'node_modules/own/index.js': 'exports.ok = 1',
      }),
      { ok: 1 },
    ],
  ]
  for (const [index, [what, exec, result]] of codes.entries()) {
    it(`is loaded as OpenWhisk loads it: ${what}`, async () => {
      await deploy(`code${index}`, exec)
      assert.deepEqual(await invoke(`pkg/code${index}`), result)
    })
  }

  it('must be something that Node can load', async () => {
    const response = await put('actions/pkg/nothing', { exec: zipped({ 'main.js': '' }) })
    assert.equal(response.status, 400)
    assert.deepEqual(await response.json(), {
      error: 'The zip file must have a package.json or an index.js at its root.',
    })
  })

  it('finds no package of the folders that it lies in', async () => {
    await mkdir(folder.pathTo('node_modules/above'), { recursive: true })
    await writeFile(folder.pathTo('node_modules/above/index.js'), 'exports.ok = 1')
    const attempts = [
      `require('above')`,
      `await import('above')`,
      `require('module').createRequire(__filename)('above')`,
    ]
    for (const attempt of attempts) {
      await deploy('alone', script(`const main = async () => ({ found: ${attempt} })`))
      assert.partialDeepStrictEqual(await invoke('pkg/alone'), {
        error: { code: 'MODULE_NOT_FOUND', message: "Cannot find module 'above'" },
      })
    }
  })

  it('finds none by an import that it maps, in a thread or in a process of its own either', async () => {
    await deploy(
      'mapped',
      zipped({
        'package.json': '{"imports":{"#above":"above","#own":"./own.js"}}',
        'own.js': 'module.exports = 1',
        'try.js': `
          module.exports = ['above', '#above', '#own'].map((name) => {
            try { return require(name) } catch ({ code }) { return code }
          })`,
        'thread.js': `require('worker_threads').parentPort.postMessage(require('./try.js'))`,
        'program.js': `process.send(require('./try.js'))`,
        'index.js': `
          const { Worker } = require('worker_threads')
          const { fork } = require('child_process')
          const { once } = require('events')
          const path = require('path')
          exports.main = async () => ({
            here: require('./try.js'),
            thread: (await once(new Worker(path.join(__dirname, 'thread.js')), 'message'))[0],
            program: (await once(fork(path.join(__dirname, 'program.js')), 'message'))[0],
          })`,
      }),
    )
    const found = ['MODULE_NOT_FOUND', 'MODULE_NOT_FOUND', 1]
    assert.deepEqual(await invoke('pkg/mapped'), { here: found, thread: found, program: found })
  })

  it('whose code is gone has to be deployed again', async () => {
    await deploy('lost', script(TELL))
    const { cwd } = await invoke('pkg/lost')
    assert.ok(typeof cwd === 'string')
    // What runs has loaded it already.
    await restart()
    await rm(path.dirname(cwd), { recursive: true })
    const error = 'The code of the action "pkg/lost" is missing; it has to be deployed again.'
    assert.deepEqual(await invoke('pkg/lost'), { error })
    const response = await call('GET', 'actions/pkg/lost')
    assert.equal(response.status, 404)
    assert.deepEqual(await response.json(), { error })
    await deploy('lost', script(TELL))
    assert.equal((await invoke('pkg/lost'))['version'], '0.0.2')
  })

  it('inherits the parameters of its package, and takes its own and the callers over them', async () => {
    await put('packages/inheriting', parameters({ a: 1, b: 1, c: 1 }))
    await put('actions/inheriting/tell', { exec: script(TELL), ...parameters({ b: 2, c: 2 }) })
    assert.deepEqual((await invoke('inheriting/tell', { c: 3 }))['params'], { a: 1, b: 2, c: 3 })
    await put('packages/inheriting', parameters({ a: 4 }))
    assert.deepEqual((await invoke('inheriting/tell'))['params'], { a: 4, b: 2, c: 2 })
  })

  it('has parameters for its environment there', async () => {
    const colours = [{ key: 'COLOUR', value: 'red', init: true }]
    await deploy('coloured', script(TELL), { parameters: colours })
    const { colour, params } = await invoke('pkg/coloured')
    assert.equal(colour, 'red')
    assert.deepEqual(params, {})
  })

  it('keeps its parameters from its callers when they are final', async () => {
    const given = { parameters: annotations({ a: 1 }) }
    const said = annotations({ 'web-export': true, final: true })
    await deploy('final', script(TELL), { ...given, annotations: said })
    const error = 'The parameter "a" of the action "pkg/final" is final; a caller must not set it.'
    for (const response of [
      await call('POST', 'actions/pkg/final', { a: 2 }),
      await web('pkg/final?a=2'),
    ]) {
      assert.equal(response.status, 400)
      assert.deepEqual(await response.json(), { error })
    }
    assert.deepEqual((await invoke('pkg/final', { b: 2 }))['params'], { a: 1, b: 2 })
  })

  const webs: [
    what: string,
    said: Record<string, unknown>,
    headers: Record<string, string>,
    status: number,
  ][] = [
    ['nothing', {}, {}, 404],
    ['web-export: false', { 'web-export': false }, {}, 404],
    ['web-export: true', { 'web-export': true }, {}, 200],
    ['raw-http alone', { 'raw-http': true }, {}, 404],
    [
      'require-adobe-auth, without credentials',
      { 'web-export': true, 'require-adobe-auth': true },
      {},
      403,
    ],
    [
      'require-adobe-auth, with them',
      { 'web-export': true, 'require-adobe-auth': true },
      { authorization: 'Bearer good' },
      200,
    ],
    ['require-whisk-auth: false', { 'web-export': true, 'require-whisk-auth': false }, {}, 200],
    [
      'require-whisk-auth: true, without the key',
      { 'web-export': true, 'require-whisk-auth': true },
      {},
      401,
    ],
    [
      'require-whisk-auth: true, with it',
      { 'web-export': true, 'require-whisk-auth': true },
      { authorization: `Basic ${btoa('user:password')}` },
      200,
    ],
    ['a secret, without it', { 'web-export': true, 'require-whisk-auth': 'open' }, {}, 401],
    [
      'a secret, with another',
      { 'web-export': true, 'require-whisk-auth': 'open' },
      { 'x-require-whisk-auth': 'shut' },
      401,
    ],
    [
      'a secret, with it',
      { 'web-export': true, 'require-whisk-auth': 'open' },
      { 'x-require-whisk-auth': 'open' },
      200,
    ],
    [
      'a secret that is a number',
      { 'web-export': true, 'require-whisk-auth': 7 },
      { 'x-require-whisk-auth': '7' },
      200,
    ],
  ]
  for (const [what, said, headers, status] of webs) {
    it(`answers ${status} to a web call when annotated ${what}`, async () => {
      await deploy('web', script('const main = () => ({ body: 1 })'), {
        annotations: annotations(said),
      })
      assert.equal((await web('pkg/web', { headers })).status, status)
    })
  }

  it('answers OPTIONS itself when annotated web-custom-options, and says what web pages may do', async () => {
    const code = script('const main = ({ __ow_method: body }) => ({ body })')
    const asks = async (said: object) => {
      await deploy('options', code, {
        annotations: annotations({ 'web-export': true, ...said }),
      })
      const response = await web('pkg/options', { method: 'OPTIONS' })
      return [await response.text(), response.headers.get('access-control-allow-origin')]
    }
    assert.deepEqual(await asks({ 'web-custom-options': true }), ['options', null])
    const { headers } = await web('pkg/options')
    assert.equal(headers.get('access-control-allow-origin'), null)
    assert.match(headers.get('content-security-policy') ?? '', /^sandbox /)
    assert.deepEqual(await asks({ 'web-custom-options': false }), ['', '*'])
  })

  it('gets query and body unparsed when annotated raw-http', async () => {
    await deploy('raw', script('const main = (params) => ({ body: params })'), {
      annotations: annotations({ 'web-export': true, 'raw-http': true, final: true }),
      parameters: annotations({ a: 1 }),
    })
    const told = await objectOf(await web('pkg/raw?a=2'))
    assert.equal(told['__ow_query'], 'a=2')
    assert.equal(told['a'], 1)
  })

  it('is replaced after what runs in it', async () => {
    await deploy('replaced', script(WAIT))
    const before = codeFolders().length
    const running = invoke('pkg/replaced', { gate: gates().url('replacing') })
    await gates().arrival('replacing')
    await deploy('replaced', script(TELL))
    assert.equal((await invoke('pkg/replaced'))['version'], '0.0.2')
    assert.equal(codeFolders().length, before + 1)
    gates().open('replacing')
    const { pid } = await running
    assert.ok(typeof pid === 'number')
    while (!isGone(pid) || codeFolders().length > before) await nextTurn()
  })

  it('ends its idle processes and leaves no code when it is deleted', async () => {
    const before = codeFolders().length
    await deploy('deleted', script(TELL))
    const { pid, cwd } = await invoke('pkg/deleted')
    assert.ok(typeof pid === 'number' && typeof cwd === 'string')
    assert.equal((await call('DELETE', 'actions/pkg/deleted')).status, 200)
    assert.equal((await call('POST', 'actions/pkg/deleted', {})).status, 404)
    while (!isGone(pid) || existsSync(cwd)) await nextTurn()
    while (codeFolders().length > before) await nextTurn()
  })
})

describe('an action that is deployed over one of the project', () => {
  const { platform, call, put, invoke, restart } = usePlatform()
  const own = async () => (await invoke('test/alone'))['params']
  before(() => put('packages/test'))

  it('is the one that is invoked, until it is deleted', async () => {
    assert.partialDeepStrictEqual(await own(), { greeting: 'hello' })
    await put('actions/test/alone', { exec: script(TELL) })
    assert.deepEqual(await own(), {})
    const { result } = (await platform().host.own.invoke('test/alone', {}).ended).response
    assert.partialDeepStrictEqual(result, { params: { greeting: 'hello' } })
    await restart()
    assert.deepEqual(await own(), {})
    assert.equal((await call('DELETE', 'actions/test/alone')).status, 200)
    assert.partialDeepStrictEqual(await own(), { greeting: 'hello' })
  })

  it('leaves the others of its package as they are', async () => {
    await put('actions/test/another', { exec: script(TELL) })
    assert.partialDeepStrictEqual(await invoke('test/pair'), { params: {} })
    const listed: unknown = await (await call('GET', 'actions/test/')).json()
    assert.ok(Array.isArray(listed))
    assert.equal(listed.length, 1)
  })
})

describe('deployments', () => {
  const { platform, deploy, invoke, call, restart, folder } = usePlatform()

  it('outlive the service, their code and versions, too', async () => {
    await deploy('kept', script(TELL), { parameters: annotations({ a: 1 }) })
    await deploy('kept', script(TELL))
    await deploy('gone', script(TELL))
    await call('DELETE', 'actions/pkg/gone')
    await restart()
    assert.partialDeepStrictEqual(await invoke('pkg/kept'), { version: '0.0.2', params: { a: 1 } })
    assert.equal((await call('GET', 'actions/pkg/gone')).status, 404)
    assert.equal((await deploy('kept', script(TELL)))['version'], '0.0.3')
  })

  it('are swept of what was not done when the service was killed', async () => {
    const half = folder.pathTo('deployed/code/half')
    const draft = folder.pathTo('deployed/entities.json.7.draft')
    await mkdir(path.join(half, 'files'), { recursive: true })
    await writeFile(draft, '')
    await platform().deployments.sweep(collectLog())
    assert.deepEqual([half, draft].filter(existsSync), [])
    assert.equal((await invoke('pkg/kept'))['version'], '0.0.3')
  })

  it('are changed one after the other', async () => {
    const puts = Array.from({ length: 10 }, () => deploy('raced', script(TELL)))
    const versions = (await Promise.all(puts)).map(({ version }) => version)
    assert.equal(new Set(versions).size, 10)
    await restart()
    assert.equal((await invoke('pkg/raced'))['version'], '0.0.10')
  })
})

function parameters(values: Record<string, unknown>): object {
  return { parameters: annotations(values) }
}
