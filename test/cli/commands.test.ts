import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import * as z from 'zod/mini'
import { COMPILE_CACHE } from '../../src/base/compile-cache.ts'
import { COMMANDS } from '../../src/cli/commands.ts'

const packageSchema = z.object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
const { version, scripts } = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')))

const PROGRAM = path.resolve('bin/darkroom.cjs')

function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    )
  })
}

describe('darkroom', () => {
  it('has the commands that are scripts of package.json, and no other', () => {
    const called = Object.entries(scripts).flatMap(([name, script]) => {
      const [, command] = /\bbin\/darkroom\.cjs ([a-z-]+)$/.exec(script) ?? []
      return command === undefined ? [] : [`${name}: ${command}`]
    })
    const names = COMMANDS.map(({ name }) => `${name}: ${name}`)
    assert.deepEqual(called.toSorted(), names.toSorted())
  })

  for (const { name, run: load } of COMMANDS) {
    it(`runs ${name} by the file of that name`, () => {
      assert.ok(existsSync(`src/cli/${name}.ts`))
      assert.match(String(load), new RegExp(`import\\('\\./${name}\\.ts'\\)`))
    })
  }

  it('tells of all of them with --help, and of what one takes with --help behind it', async () => {
    const { code, stdout } = await run('--help')
    assert.equal(code, 0)
    for (const { name, does } of COMMANDS) {
      assert.match(stdout, new RegExp(`^  ${name} +${does}$`, 'm'))
    }
    const one = await run('keys', '--help')
    assert.match(one.stdout, /^Usage: npm run keys -- list/)
  })

  it('tells its version', async () => {
    assert.deepEqual(await run('--version'), { code: 0, stdout: `${version}\n`, stderr: '' })
  })

  const REFUSED: [args: string[], sentence: RegExp][] = [
    [['prcess'], /^There is no command "prcess"; did you mean process\?\n$/],
    [['frobnicate'], /^There is no command "frobnicate"; only start, process, .*\.\n$/],
    [['keys'], /^It takes list, create, or revoke with a key\.\n/],
    [['start', '--assets', 'nowhere'], /^--assets nowhere: there is no such folder\.\n$/],
    [['image', 'none.jpg?wid=9', 'a.png'], /^none\.jpg: there is no such file\.\n$/],
    [['backup', '-'], /^A backup goes into a file, /],
    [
      ['process', 'package.json', '--out', 'LICENSE'],
      /^--out LICENSE: this is a file, and it must/,
    ],
    [
      ['keys', 'list', '--project', '/nowhere'],
      /^--project must be a folder, and there is no folder \/nowhere\.\n$/,
    ],
  ]
  for (const [args, sentence] of REFUSED) {
    it(`refuses ${args.join(' ')} with status 2`, async () => {
      const { code, stderr, stdout } = await run(...args)
      assert.match(stderr, sentence)
      assert.deepEqual([code, stdout], [2, ''])
    })
  }

  it('is taken from compiled code, with what finds the command', async () => {
    const code = "console.log(require('node:module').getCompileCacheDir())"
    const args = ['--require', PROGRAM, '--eval', code]
    // What the tests themselves run with is the same.
    const { NODE_COMPILE_CACHE: _, ...env } = process.env
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    const [folder = ''] = stdout.split('\n')
    assert.equal(path.dirname(folder), COMPILE_CACHE)
  })

  it('tells a Node.js that is too old what it takes', () => {
    const said: string[] = []
    const old = { versions: { node: '20.20.2' }, exitCode: 0 }
    runInNewContext(readFileSync(PROGRAM, 'utf8').replace(/^#!.*/, ''), {
      process: old,
      console: { error: (sentence: string) => said.push(sentence) },
    })
    assert.deepEqual(said, [
      'Darkroom needs Node.js 24 or newer, and this is 20.20.2. In a project, npm install --save-dev node@24 brings one that npx and npm run take.',
    ])
    assert.equal(old.exitCode, 1)
  })
})
