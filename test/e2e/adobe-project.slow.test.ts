import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const COMMAND = path.resolve('src/cli/test-worker.ts')
const EXTENSION = 'src/dx-asset-compute-worker-1'
const CASES = `${EXTENSION}/test/asset-compute`

const LIMITS = 'limits: { timeout: 200000, memorySize: 512, concurrency: 10 }'

/** A worker as those of Adobe's examples are written: CommonJS, over the SDK itself, which asks a service by its own URL. */
const TAGS = `'use strict'
const { worker, GenericError, SourceCorruptError } = require('@adobe/asset-compute-sdk')
const { ask } = require('../../lib/ask')
const fs = require('fs').promises

exports.main = worker(async (source, rendition, params) => {
  const { act } = rendition.instructions
  if (act === 'exit') process.exit(7)
  if (act === 'give up') throw new GenericError('It does not even ask.')
  const { size } = await fs.stat(source.path)
  if (size === 0) throw new SourceCorruptError('It is empty.')
  const key = process.env.WORKER_TEST_MODE ? 'test-key' : params.KEY
  const { code, tags } = await ask('https://tags.example.com/v1', key, { url: source.url })
  if (code) throw new GenericError('The service says ' + code)
  const { name, url, path } = source
  const content = path === undefined ? '' : await fs.readFile(path, 'utf8')
  const { name: project } = JSON.parse(await fs.readFile('package.json', 'utf8'))
  const label = params.LABEL + ' ' + project
  await fs.writeFile(rendition.path, JSON.stringify({ name, url, content, tags, label }))
})
`
const ASK = `module.exports.ask = async (url, key, body) => {
  const response = await fetch(url, { method: 'POST', headers: { 'X-Key': key }, body: JSON.stringify(body) })
  return response.json()
}
`
const CONFIG = `
operations: { workerProcess: [{ type: action, impl: dx-asset-compute-worker-1/tags }] }
hooks: { test: adobe-asset-compute test-worker }
actions: actions
runtimeManifest:
  packages:
    dx-asset-compute-worker-1:
      actions:
        tags: { function: actions/tags/index.js, web: 'yes', runtime: nodejs:14, inputs: { LABEL: '\${LABEL}' }, ${LIMITS} }
        unloadable: { function: actions/unloadable.js, web: 'yes', ${LIMITS} }
`

/** What the service answers, and to what. */
function mock(json: object, more: object = {}): string {
  const httpRequest = { method: 'POST', path: '/v1', headers: { 'x-key': ['test-key'] }, ...more }
  const body = { type: 'JSON', matchType: 'strict', json }
  return JSON.stringify([{ httpRequest, httpResponse: { statusCode: 200, body } }])
}

const MOCK = 'mock-tags.example.com.json'
const expectingError = (act?: string): string =>
  JSON.stringify({ fmt: 'json', errorReason: 'GenericError', act })

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"name": "tags", "version": "1.0.0", "type": "module"}',
  '.env': 'LABEL=of the project',
  'app.config.yaml': `extensions: { dx/asset-compute/worker/1: { $include: ${EXTENSION}/ext.config.yaml } }`,
  [`${EXTENSION}/ext.config.yaml`]: CONFIG,
  [`${EXTENSION}/actions/tags/index.js`]: TAGS,
  [`${EXTENSION}/actions/unloadable.js`]: `const { worker } = require('no-such-package')`,
  [`${EXTENSION}/lib/ask.js`]: ASK,
  [`${CASES}/tags/tagged/file.txt`]: 'hello',
  [`${CASES}/tags/tagged/params.json`]: '{"name": "rendition.json"}',
  [`${CASES}/tags/tagged/${MOCK}`]: mock({ tags: ['sea'] }, { body: { url: 'file.txt' } }),
  [`${CASES}/tags/tagged/rendition.json`]:
    '{"name":"file.txt","url":"file.txt","content":"hello","tags":["sea"],"label":"of the project tags"}',
  [`${CASES}/tags/refused/file.txt`]: 'hello',
  [`${CASES}/tags/refused/params.json`]: expectingError(),
  [`${CASES}/tags/refused/${MOCK}`]: mock({ code: 'NoSuchLanguage' }),
  [`${CASES}/tags/silent/file.txt`]: 'hello',
  [`${CASES}/tags/silent/params.json`]: expectingError('give up'),
  [`${CASES}/tags/silent/${MOCK}`]: mock({}),
  [`${CASES}/tags/empty/file.txt`]: '',
  [`${CASES}/tags/empty/params.json`]: JSON.stringify({
    fmt: 'json',
    errorReason: 'SourceCorrupt',
  }),
  [`${CASES}/tags/dying/file.txt`]: 'hello',
  [`${CASES}/tags/dying/params.json`]: expectingError('exit'),
  [`${CASES}/tags/dying/${MOCK}`]: mock({}),
  [`${CASES}/unloadable/failing/file.txt`]: 'hello',
  [`${CASES}/unloadable/failing/params.json`]: expectingError(),
}

describe("npm run test-worker, in a project of Adobe's layout", function () {
  this.timeout(300_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  before(() => {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  function run(within: string, ...args: readonly string[]) {
    return new Promise<{ code: number | string; stdout: string }>((resolve) => {
      const options = { cwd: path.join(folder, within) }
      execFile(process.execPath, [COMMAND, ...args], options, (error, stdout) =>
        resolve({ code: error?.code ?? 0, stdout: stdout.replaceAll(/ {2}\d+s .*/g, '') }),
      )
    })
  }

  const UNLOADABLE =
    / ✖ {2}failing {2}Error: The action could not be loaded: Cannot find module 'no-such-package'\.$/m
  const EMPTY = /^ ✔ {2}empty \(expected error\)$/m
  const DYING =
    / ✖ {2}dying {2}Error: .*The action did not produce a valid response and exited unexpectedly\.$/m

  it('runs the cases of its extension from any folder, in test mode as Adobe has it', async () => {
    const { code, stdout } = await run(`${EXTENSION}/actions/tags`, '--test-mode')
    assert.match(
      stdout,
      /^Running tests in src\/dx-asset-compute-worker-1\/test\/asset-compute\/tags$/m,
    )
    assert.match(stdout, /^ ✔ {2}tagged$/m, stdout)
    assert.match(stdout, /^ ✔ {2}refused \(expected error\)$/m)
    assert.match(
      stdout,
      /^ ✖ {2}silent {2}Failure: Nobody called mock-tags\.example\.com\.json \[0\] \(POST \/v1\); what need not be called has "optional": true\.$/m,
    )
    assert.match(stdout, EMPTY)
    assert.match(stdout, DYING)
    assert.match(stdout, UNLOADABLE)
    assert.doesNotMatch(stdout, /--test-mode/)
    assert.equal(code, 2)
  })

  it('takes no failure for the expected one otherwise either, when the action did not get so far', async () => {
    const { code, stdout } = await run('', '{dying,empty,failing,tagged}')
    assert.match(
      stdout,
      / ✖ {2}dying {2}Error: Nobody called mock-tags\.example\.com\.json \[0\] \(POST \/v1\): The action /,
    )
    assert.match(stdout, EMPTY)
    assert.match(stdout, UNLOADABLE)
    assert.match(stdout, /^Adobe's own command .* --test-mode\.$/m)
    assert.equal(code, 2, stdout)
  })
})
