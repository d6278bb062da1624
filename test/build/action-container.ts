import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A process that runs one action as Adobe I/O Runtime does, see openwhisk-runtime.ts. */
export interface ActionContainer {
  /** Unpacks an action and loads it; to be called once. */
  init: (archive: Buffer, env?: Readonly<Record<string, string>>) => Promise<Answer>
  /** Runs the action. */
  run: (params: object) => Promise<Answer>
  /** Everything printed so far, to either stream. */
  log: () => string
  stop: () => Promise<void>
}

/** What a container answers. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

const ONE_MINUTE_MS = 60_000

/**
 * Starts a container that has nothing but Node.js: no PATH, and nothing of this project where it looks for modules.
 *
 * @param options.folder - an empty folder outside of the project, in which it works and unpacks actions
 * @param options.env - what it has beside that
 */
export async function startContainer(options: {
  folder: string
  env?: Readonly<Record<string, string>>
}): Promise<ActionContainer> {
  const { folder, env } = options
  await mkdir(folder, { recursive: true })
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'openwhisk-runtime.ts')], {
    cwd: folder,
    env: { PATH: '', TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      const ready = /^ready (\d+)$/.exec(line)?.[1]
      if (ready === undefined) reject(new Error(`The container printed ${line}.`))
      else resolve(ready)
    })
    void exited.then(() => reject(new Error(`The container has ended: ${log}`)))
  })

  async function post(route: string, body: object): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${port}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }

  return {
    init: (archive, variables = {}) =>
      post('/init', {
        value: {
          name: 'action',
          main: 'main',
          binary: true,
          code: archive.toString('base64'),
          env: variables,
        },
      }),
    run: (params) =>
      post('/run', {
        value: params,
        namespace: 'test',
        action_name: '/test/darkroom/action',
        api_host: 'https://localhost',
        api_key: '',
        activation_id: 'activation1',
        transaction_id: 'transaction1',
        deadline: String(Date.now() + ONE_MINUTE_MS),
      }),
    log: () => log,
    async stop() {
      child.kill()
      await exited
      assert.equal(child.signalCode, 'SIGTERM', log)
    },
  }
}
