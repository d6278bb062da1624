import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { amountOf } from '../support/amounts.ts'
import { readConsole, trust } from './api-client.ts'
import { useProjectCopy } from './project-copy.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** Resolves when the service has printed this line. */
function printed(service: ServiceProcess, wanted: string): Promise<void> {
  const { stdout } = service.child
  assert.ok(stdout)
  return new Promise((resolve) => {
    createInterface({ input: stdout }).on('line', (line) => {
      if (line === wanted) resolve()
    })
  })
}

/** What Node's inspector says of its process, which is loaded anew after each change. */
async function toldByInspector(): Promise<string> {
  for (;;) {
    const targets = await fetch('http://127.0.0.1:9229/json/list').catch(() => undefined)
    if (targets !== undefined) return targets.text()
  }
}

describe('npm run new-worker', function () {
  this.timeout(300_000)
  const project = useProjectCopy()

  /** Runs a program in the copy; resolves with its exit status and all that it printed. */
  function run(program: string, ...args: string[]): Promise<[status: number, output: string]> {
    return new Promise((resolve) => {
      const child = execFile(program, args, { cwd: project() }, (_error, stdout, stderr) =>
        resolve([child.exitCode ?? -1, stdout + stderr]),
      )
    })
  }
  const command = (name: string, ...args: string[]) =>
    run(process.execPath, `src/cli/${name}.ts`, ...args)

  /** Sees to it that a worker of this name is not begun. */
  function assertNoneOf(name: string): void {
    for (const folder of ['actions', 'test/asset-compute']) {
      assert.ok(!existsSync(path.join(project(), folder, name)), folder)
    }
    const manifest = readFileSync(path.join(project(), 'manifest.yml'), 'utf8')
    assert.equal(manifest, readFileSync('manifest.yml', 'utf8'))
  }

  it('leaves nothing behind when the configuration is wrong', async () => {
    const [status, output] = await run(
      'env',
      'DARKROOM_PORT=abc',
      process.execPath,
      'src/cli/new-worker.ts',
      'half',
    )
    assert.match(output, /DARKROOM_PORT/)
    assert.equal(status, 1)
    assertNoneOf('half')
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const status = await new Promise((resolve) => {
      const child = spawn(process.execPath, ['src/cli/new-worker.ts', 'half'], { cwd: project() })
      const watcher = watch(path.join(project(), 'actions'), () => {
        watcher.close()
        child.kill('SIGINT')
      })
      child.once('close', resolve)
    })
    assert.equal(status, 130)
    assertNoneOf('half')
  })

  it('leaves nothing behind when the first rendition cannot be made', async () => {
    const [status] = await run(
      'env',
      'TMPDIR=/nowhere',
      process.execPath,
      'src/cli/new-worker.ts',
      'half',
    )
    assert.equal(status, 1)
    assertNoneOf('half')
  })

  it('lays down a worker, its manifest entry and a test case', async () => {
    const [status, output] = await command('new-worker', 'tint')
    assert.equal(status, 0, output)
    assert.deepEqual(readdirSync(path.join(project(), 'test/asset-compute/tint/grey')).toSorted(), [
      'file.png',
      'params.json',
      'rendition.png',
      'validate',
    ])
  })

  it('whose types are right', async () => {
    const [status, output] = await run(path.resolve('node_modules/.bin/tsc'), '--noEmit')
    assert.equal(status, 0, output)
  })

  it('and whose test case passes', async () => {
    const [status, output] = await command('test-worker', '-a', 'tint')
    assert.equal(status, 0, output)
    assert.match(output, /✔ {2}grey .*Tests run {6}: 1\n/s)
  })

  describe('that is developed', () => {
    const home = useHome()
    let service: ServiceProcess

    before(async () => {
      const start = `cd '${project()}' && exec '${process.execPath}' src/cli/start.ts --watch --inspect tint`
      service = await startServiceProcess({ home, command: ['sh', '-c', start] })
      trust(home)
    })
    after(async () => {
      service.child.kill('SIGTERM')
      assert.equal(await service.exited, 0)
    })

    async function invoke(): Promise<unknown> {
      const { name, auth } = readConsole(home).namespace
      const action = `${name}/actions/dx-asset-compute-worker-1/tint`
      const url = `${service.origin}/api/v1/namespaces/${action}?blocking=true&result=true`
      const authorization = `Basic ${Buffer.from(auth).toString('base64')}`
      return (await fetch(url, { method: 'POST', headers: { authorization } })).json()
    }

    for (const version of amountOf({ thoroughly: [1, 2], usually: [1] })) {
      it(`is reloaded when it is saved (${version})`, async () => {
        const action = path.join(project(), 'actions', 'tint', 'index.ts')
        const reloaded = printed(service, 'reloaded tint')
        await writeFile(action, `export const main = () => ({ version: ${version} })`)
        await reloaded
        assert.deepEqual(await invoke(), { version })
      })
    }

    it('lets a debugger in', async () => {
      const text = await toldByInspector()
      assert.match(text, /"webSocketDebuggerUrl": "ws:\/\/127\.0\.0\.1:9229\//)
      assert.ok(text.includes(path.join(project(), 'src/runtime/run/runner.ts')), text)
    })
  })

  const REFUSED: [args: string[], message: RegExp][] = [
    [[], /^It takes one NAME\./],
    [['one', 'two'], /^It takes one NAME\./],
    [['Sepia'], /but this is "Sepia"\.$/m],
    [['../tint'], /but this is "\.\.\/tint"\.$/m],
    [['circle'], /^actions\/circle is there already\.$/m],
    [['--force'], /^Unknown option '--force'/],
  ]
  const refused = amountOf({ thoroughly: REFUSED, usually: REFUSED.slice(0, 2) })
  for (const [args, message] of refused) {
    it(`refuses ${JSON.stringify(args)} with status 2`, async () => {
      const [status, output] = await command('new-worker', ...args)
      assert.match(output, message)
      assert.equal(status, 2)
    })
  }
})
