import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { itThoroughly } from '../support/amounts.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const COPYING = `
const { worker } = require('@adobe/asset-compute-sdk')
const { copyFile } = require('node:fs/promises')
exports.main = worker((source, rendition) => copyFile(source.path, rendition.path))
`

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"name": "own", "version": "1.0.0"}',
  'manifest.yml':
    'packages:\n  own:\n    actions:\n      copy:\n        function: actions/copy/index.js\n        web: yes\n',
  'actions/copy/index.js': COPYING,
}

/** A command of Darkroom that goes on. */
interface RunningCommand {
  readonly child: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves when it has printed this since it was asked for the last time. */
  printed: (wanted: RegExp) => Promise<string>
  readonly exited: Promise<number | null>
}

describe("the developer's loop", function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const fileIn = (name: string) => path.join(folder.pathTo('project'), name)
  const running = new Set<RunningCommand>()

  before(() => {
    for (const name of ['actions/copy', 'test/asset-compute/copy/first']) {
      mkdirSync(fileIn(name), { recursive: true })
    }
    for (const [name, content] of Object.entries(FILES)) writeFileSync(fileIn(name), content)
    symlinkSync(path.resolve('node_modules'), fileIn('node_modules'))
    writeCase('first')
  })
  afterEach(() => {
    for (const { child } of running) child.kill('SIGKILL')
  })

  function writeCase(name: string): void {
    const to = fileIn(`test/asset-compute/copy/${name}`)
    mkdirSync(to, { recursive: true })
    for (const file of ['file.png', 'rendition.png']) {
      copyFileSync('samples/logo.png', path.join(to, file))
    }
  }

  function start(command: string, ...args: readonly string[]): RunningCommand {
    const program = path.resolve('src/cli', `${command}.ts`)
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder.pathTo('project'),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let look: (() => void) | undefined
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        look?.()
      })
    }
    const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
    const started: RunningCommand = {
      child,
      exited,
      printed: (wanted) =>
        new Promise((resolve, reject) => {
          look = () => {
            if (!wanted.test(output)) return
            resolve(output)
            output = ''
            look = undefined
          }
          void exited.then(() => reject(new Error(`It has ended: ${output}`)))
          look()
        }),
    }
    running.add(started)
    void exited.then(() => running.delete(started))
    return started
  }

  it('runs the cases again that are concerned by what is saved', async () => {
    const { child, printed, exited } = start('test-worker', '--watch')
    const waits = /\nWaiting for .* to be saved; Ctrl-C ends it\.\n/
    assert.match(await printed(waits), / ✔ {2}first .*Tests run {6}: 1\n/s)

    writeFileSync(fileIn('actions/copy/index.js'), `${COPYING}\nexports.other = ;\n`)
    const broken = await printed(waits)
    assert.match(
      broken,
      /copy cannot be loaded: actions\/copy\/index\.js:6: Unexpected token ';'\n/,
    )
    assert.match(broken, /^> 6 \| exports\.other = ;$/m)
    assert.match(broken, / ✖ {2}first {2}Error: /)

    writeFileSync(fileIn('actions/copy/index.js'), COPYING)
    assert.match(await printed(waits), / ✔ {2}first /)

    writeCase('second')
    const second = await printed(waits)
    assert.match(second, / ✔ {2}second /)
    assert.doesNotMatch(second, /first/)

    child.kill('SIGINT')
    const status = await exited
    assert.ok(status === 130 || child.signalCode === 'SIGINT', `${status}`)
  })

  itThoroughly('waits for a debugger before the first line of a worker', async () => {
    const rendition = folder.pathTo('made.png')
    const source = path.resolve('samples/logo.png')
    const { printed, exited } = start('run-worker', source, rendition, '--inspect-brk')
    await printed(/copy waits for a debugger at 127\.0\.0\.1:9229 before its first line/)
    const target = await debuggerOf('127.0.0.1:9229')
    const socket = new WebSocket(target)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    const paused = new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        if (String(data).includes('"Debugger.paused"')) resolve(true)
      })
    })
    const send = (id: number, method: string) => socket.send(JSON.stringify({ id, method }))
    send(1, 'Debugger.enable')
    send(2, 'Runtime.runIfWaitingForDebugger')
    await paused
    assert.ok(!existsSync(rendition))
    send(3, 'Debugger.resume')
    assert.equal(await exited, 0)
    assert.ok(existsSync(rendition))
    socket.close()
  })
})

/** The address of the first process that waits for a debugger there. */
async function debuggerOf(address: string): Promise<string> {
  for (;;) {
    const response = await fetch(`http://${address}/json/list`).catch(() => undefined)
    if (response === undefined) continue
    const [target] = Object(await response.json())
    return target.webSocketDebuggerUrl
  }
}
