import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { isRecord, parseJson } from '../../src/base/json.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const LOADER = path.resolve('src/runtime/run/project-module.ts')

const FILES = {
  'package.json': '{"type": "module"}',
  'common.js': `'use strict'; const urls = require('./lib/urls'); const path = require('path')
exports.main = () => urls.dog + path.basename(__filename)`,
  'lib/urls.js': `module.exports = { dog: 'dog of ', ...require('./more.mjs') }`,
  'lib/more.mjs': 'export const cat = 5',
  'esm.js': `import { basename } from 'node:path'
// It needs no require and no exports.
export const main = () => basename(import.meta.url)`,
  'waiting.js': `const { basename } = await import('node:path')
export const main = () => 'waited'`,
  'typed.ts': 'export const main = (): string => "typed"',
  'script.js': `#!/usr/bin/env node
exports.main = () => 'script'`,
  'folder/package.json': '{"main": "lib/start.js"}',
  'folder/lib/start.js': `exports.main = () => 'folder'`,
  'indexed/index.js': `module.exports.main = () => 'indexed'`,
  'broken.js': `const a = ; exports.main = 1`,
  'missing.js': `require('./nowhere'); exports.main = 1`,
} as const

describe('a module of a project whose package.json says ESM', () => {
  const folder = useTemporaryFolder()
  let loaded: Record<string, unknown> = {}

  const LOADED: [file: string, says: RegExp | string][] = [
    ['common.js', 'dog of common.js'],
    ['esm.js', 'esm.js'],
    ['waiting.js', 'waited'],
    ['typed.ts', 'typed'],
    ['script.js', 'script'],
    ['folder', 'folder'],
    ['indexed', 'indexed'],
    ['broken.js', /^Unexpected token ';'$/],
    ['missing.js', /^Cannot find module '\.\/nowhere'/],
    ['none.js', /^Cannot find module/],
  ]

  before(async () => {
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(path.dirname(folder.pathTo(name)), { recursive: true })
      await writeFile(folder.pathTo(name), text)
    }
    const code = `
      const { loadProjectModule } = await import(${JSON.stringify(LOADER)})
      const told = {}
      for (const name of ${JSON.stringify(LOADED.map(([file]) => file))}) {
        try {
          told[name] = (await loadProjectModule(${JSON.stringify(folder.pathTo('.'))} + '/' + name)).main()
        } catch (error) {
          told[name] = error.message
        }
      }
      console.log(JSON.stringify(told))
    `
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      code,
    ])
    const told = parseJson(stdout)
    assert.ok(isRecord(told), stdout)
    loaded = told
  })

  for (const [file, says] of LOADED) {
    it(`is what its code says: ${file}`, () => {
      const said = String(loaded[file])
      if (typeof says === 'string') assert.equal(said, says)
      else assert.match(said, says)
    })
  }
})
