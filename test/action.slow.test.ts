import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { useTemporaryFolder } from './support/temporary-folder.ts'

const PROJECT = path.resolve(import.meta.dirname, '..')

const text = z.string()
const stepSchema = z.union([
  z.strictObject({
    name: text,
    shell: z.literal('bash'),
    'working-directory': text,
    env: z.optional(z.record(text, text)),
    run: text,
  }),
  z.strictObject({
    name: z.optional(text),
    if: z.optional(text),
    uses: text.check(z.regex(/^[\w-]+\/[\w-]+@v\d+$/)),
    with: z.record(text, z.union([text, z.number()])),
  }),
])

/** What GitHub takes for a composite action, as far as this one uses it. */
const actionSchema = z.strictObject({
  name: text,
  description: text,
  inputs: z.record(text, z.strictObject({ description: text, default: text })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(stepSchema) }),
})

const action = actionSchema.parse(parse(readFileSync(path.join(PROJECT, 'action.yml'), 'utf8')))

const MANIFEST = `application:
  runtimeManifest:
    packages:
      mine:
        actions:
          copy:
            function: copy.js
            web: 'yes'
`
const COPY = `const { worker } = require('@adobe/asset-compute-sdk')
const { copyFile } = require('node:fs/promises')
exports.main = worker(async (source, rendition) => copyFile(source.path, rendition.path))
`

describe('the action for GitHub', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()

  it('names in each place only inputs that it has, and what GitHub knows', () => {
    const named = JSON.stringify(action.runs).matchAll(/\$\{\{ (.*?) \}\}/g)
    const known = Object.keys(action.inputs).map((name) => `inputs.${name}`)
    for (const [, expression = ''] of named)
      assert.ok([...known, 'github.action_path', 'always()'].includes(expression), expression)
  })

  it('has the inputs that docs/ci.md tells', () => {
    const page = readFileSync(path.join(PROJECT, 'docs/ci.md'), 'utf8')
    const told = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    assert.deepEqual(told, Object.keys(action.inputs))
  })

  it('installs what is locked, and Node.js as the project has it', () => {
    const [node, install] = action.runs.steps
    assert.ok(node !== undefined && 'uses' in node && install !== undefined && 'run' in install)
    const { dependencies } = z
      .object({ dependencies: z.object({ node: text }) })
      .parse(JSON.parse(readFileSync(path.join(PROJECT, 'scripts/node/package.json'), 'utf8')))
    assert.equal(String(node.with['node-version']), dependencies.node.split('.')[0])
    assert.equal(install.run, 'npm ci --omit=dev')
  })

  const CASES = [
    ['ends well when all cases do', 'hello', '', /^$/],
    ['ends badly when a case does, which its arguments name', 'another', '-a copy one', /✖ {2}one/],
  ] as const
  for (const [title, expected, args, told] of CASES) {
    it(title, () => {
      const project = folder.pathTo(title)
      write(project, 'package.json', '{"name":"mine","private":true}')
      write(project, 'app.config.yaml', MANIFEST)
      write(project, 'copy.js', COPY)
      write(project, 'test/asset-compute/copy/one/file.txt', 'hello')
      write(project, 'test/asset-compute/copy/one/rendition.txt', expected)
      write(project, 'test/asset-compute/copy/one/params.json', '{"fmt":"txt"}')
      mkdirSync(path.join(project, 'node_modules'))
      const adobe = path.join(PROJECT, 'node_modules/@adobe')
      symlinkSync(adobe, path.join(project, 'node_modules/@adobe'), 'dir')
      assert.match(runSteps(project, args), told)
      const results = path.join(project, 'build/test-results/test-copy/test-results.xml')
      assert.ok(existsSync(results))
    })
  }
})

function write(project: string, name: string, content: string): void {
  const file = path.join(project, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}

/** Runs what stands behind `run`, but for npm, as GitHub does; returns what the first step says that fails. */
function runSteps(project: string, args: string): string {
  const inputs = new Map([
    ['inputs.project', project],
    ['inputs.arguments', args],
  ])
  for (const step of action.runs.steps) {
    if (!('run' in step) || step.run.startsWith('npm ')) continue
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value, inputs)])
    const cwd = fill(step['working-directory'], inputs)
    const env = { ...process.env, ...Object.fromEntries(own), GITHUB_ACTION_PATH: PROJECT }
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run]
    const { status, stdout, stderr } = spawnSync('bash', bash, { cwd, env, encoding: 'utf8' })
    if (status !== 0) return `${stdout}${stderr}`
  }
  return ''
}

function fill(value: string, inputs: ReadonlyMap<string, string>): string {
  return value.replace(/\$\{\{ (.*?) \}\}/g, (_, name: string) => inputs.get(name) ?? '')
}
