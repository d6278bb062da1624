import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createLog, formatJson, formatText, type LogLine } from '../../src/base/log.ts'
import { createActionLog } from '../../src/compose/action-log.ts'
import { NODE_KIND } from '../../src/runtime/run/action.ts'
import type { Runtime } from '../../src/runtime/run/runtime.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { openHost } from './host-fixture.ts'

/** What stands for the SDK: it prints, and calls the worker. */
const SDK = `
exports.worker = (callback) => async () => {
  console.log('noise of the SDK')
  await null
  console.log('more noise')
  try { await callback() } catch (error) { console.error('Error:', error) }
  return {}
}
`
const LOGGER = "exports.say = (text) => process.stdout.write(text + '\\n')\n"

/** A module that esbuild made of \`src/thrower.ts\`, whose third line throws. */
const MAP = Buffer.from(
  JSON.stringify({
    version: 3,
    sources: ['src/thrower.ts'],
    sourcesContent: ['// one\n// two\nexport const fail = () => { throw new Error("mapped") }\n'],
    mappings: 'AAEA',
    names: [],
  }),
).toString('base64')
const BUNDLE = `exports.fail = () => { throw new Error("mapped") }\n//# sourceMappingURL=data:application/json;base64,${MAP}\n`

const FILES: Readonly<Record<string, string>> = {
  'node_modules/@adobe/asset-compute-sdk/index.js': SDK,
  'node_modules/logger/index.js': LOGGER,
  'good/index.js': `
    const { worker } = require('@adobe/asset-compute-sdk')
    const { say } = require('logger')
    exports.main = worker(async () => {
      console.log('hello')
      await null
      console.error('oh no')
      say('by a package')
    })
  `,
  'throws/help.ts': 'interface A { a: number }\n\nexport const help = (a?: A) => a!.a\n',
  'throws/index.ts': `import sdk from '@adobe/asset-compute-sdk'
import { help } from './help.ts'
export const main = sdk.worker(async () => { help() })
`,
  'bundle/made.cjs': BUNDLE,
  'bundle/index.js': `
    const { worker } = require('@adobe/asset-compute-sdk')
    const { fail } = require('./made.cjs')
    exports.main = worker(async () => fail())
  `,
  'begins/index.js': "console.log('while it is loaded')\nexports.main = () => ({})\n",
  'chatty/index.js': `
    exports.main = () => { for (let line = 0; line < 5000; line += 1) console.log('line', line); return {} }
  `,
}

describe('the terminal', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  const fileIn = (name: string) => path.join(folder.pathTo('project'), name)
  let lines: LogLine[]
  let host: Runtime

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(fileIn(name)), { recursive: true })
      writeFileSync(fileIn(name), content)
    }
  }

  function open(...modules: readonly string[]): void {
    lines = []
    const log = createLog((line) => lines.push(line))
    host = openHost('host.yml', {
      actions: modules.map((module) => ({
        name: `own/${path.dirname(module)}`,
        version: '0.0.1',
        kind: NODE_KIND,
        file: fileIn(module),
        web: 'no',
        requiresAdobeAuth: undefined,
        requiresWhiskAuth: false,
        customOptions: false,
        inputs: {},
        final: false,
        limits: { timeout: 60_000, memorySize: 256, concurrency: 1 },
      })),
      ...createActionLog(log, folder.pathTo('project')),
    })
  }

  before(() => {
    write(FILES)
    symlinkSync(path.resolve('node_modules/typescript'), fileIn('node_modules/typescript'))
  })
  afterEach(() => host.stop(0))

  /** What is told of the lines of an activation, at all levels but those that are left out. */
  async function toldOf(name: string, ...without: string[]): Promise<string[]> {
    const { ended, activationId } = host.invoke(`own/${name}`, {})
    await ended
    return lines
      .filter(({ level }) => !without.includes(level))
      .map((line) => `${line.level} ${formatText(line).replace(activationId.slice(0, 8), 'ID')}`)
  }

  it('has what an action prints and by which activation, that of the SDK at debug', async () => {
    open('good/index.js')
    assert.deepEqual((await toldOf('good')).toSorted(), [
      'debug good ID: more noise',
      'debug good ID: noise of the SDK',
      'info good ID: by a package',
      'info good ID: hello',
      'warn good ID: oh no',
    ])
  })

  it('has it as JSON, with what it is about', async () => {
    open('good/index.js')
    const { ended, activationId } = host.invoke('own/good', {})
    await ended
    const line = lines.find(({ message }) => message === 'oh no')
    assert.ok(line)
    assert.deepEqual(JSON.parse(formatJson(line, 0)), {
      time: '1970-01-01T00:00:00.000Z',
      level: 'warn',
      message: 'oh no',
      action: 'good',
      activationId,
      stream: 'stderr',
    })
  })

  it('has the stack of an error of the action, which the SDK prints, with file and line', async () => {
    open('throws/index.ts')
    const told = (await toldOf('throws', 'debug')).join('\n')
    assert.match(told, /^warn throws ID: Error: TypeError: /)
    assert.match(told, /warn throws ID: {5}at help .*throws\/help\.ts:3:\d+\)/)
    assert.match(told, /warn throws ID: {5}at .*throws\/index\.ts:3:\d+/)
  })

  it('has the file that a bundle was made of', async () => {
    open('bundle/index.js')
    const told = (await toldOf('bundle', 'debug')).join('\n')
    assert.match(told, /at .*src\/thrower\.ts:3:\d+/)
  })

  it('has what an action prints while it is loaded', async () => {
    open('begins/index.js')
    await host.invoke('own/begins', {}).ended
    assert.ok(lines.some((line) => formatText(line).endsWith(': while it is loaded')))
  })

  it('has no more than a thousand lines of an activation', async () => {
    open('chatty/index.js')
    const told = await toldOf('chatty')
    assert.equal(told.length, 1001)
    assert.equal(told.at(-1), 'info chatty ID: More is in the log of the activation.')
  })

  it('says once why an action cannot be loaded, and where', async () => {
    write({ 'bad/index.js': "'use strict'\nexports.main = ;\n" })
    open('bad/index.js')
    await host.invoke('own/bad', {}).ended
    await host.invoke('own/bad', {}).ended
    assert.deepEqual(
      lines.filter(({ level }) => level === 'error').map(({ message }) => message.split('\n')),
      [
        [
          "bad cannot be loaded: bad/index.js:2: Unexpected token ';'",
          "  1 | 'use strict'",
          '> 2 | exports.main = ;',
          '  3 |',
        ],
      ],
    )
  })

  it('says that an action ends its process while it is loaded', async () => {
    write({ 'bad/index.js': 'process.exit(3)' })
    open('bad/index.js')
    await host.invoke('own/bad', {}).ended
    assert.match(lines.at(-1)?.message ?? '', /^bad cannot be loaded: The action did not produce/)
  })

  it('says that it can be loaded again', async () => {
    write({ 'bad/index.js': 'exports.main = ;' })
    open('bad/index.js')
    await host.invoke('own/bad', {}).ended
    write({ 'bad/index.js': 'exports.main = () => ({})' })
    await host.reload('own/bad')
    await host.invoke('own/bad', {}).ended
    assert.deepEqual(
      lines.filter(({ level }) => level === 'info').map(({ message }) => message),
      ['bad can be loaded again'],
    )
  })
})
