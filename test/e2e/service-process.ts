import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** A service in a process of its own. */
export interface ServiceProcess {
  origin: string
  /** The folder of its state. */
  home: string
  child: ChildProcess
  /** Everything it wrote to its standard error so far. */
  errors: () => string
  /** The same of its standard output. */
  output: () => string
  /** Resolves with the exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals | null>
}

/** The services that have not ended. */
const running = new Set<ServiceProcess>()
// A test that failed may have left some behind.
process.once('exit', () => {
  for (const { child } of running) child.kill('SIGKILL')
})

/**
 * A folder for a service's state. After the tests of the enclosing `describe` it is removed, when the services that use it
 * have been asked to end and have done so.
 */
export function useHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  after(async () => {
    const left = [...running].filter((service) => service.home === home)
    for (const { child } of left) child.kill('SIGTERM')
    await Promise.all(left.map(({ exited }) => exited))
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  })
  return home
}

/**
 * Starts a service and waits for its `ready` line.
 *
 * @param options.port - 0 for any free one
 * @param options.manifest - file in test/actions; the project's own actions unless given
 * @param options.warm - the actions to start at once, by package and name; those of `npm start` unless given
 * @param options.assets - the folder whose files Image Serving shows, without which there is no Image Serving
 * @param options.daysLater - by how much its clock goes ahead, in days
 * @param options.clock - how many times as fast the clock goes that nobody sets
 * @param options.environment - what is different in the environment of the service from that of the tests
 */
export async function startServiceProcess(options: {
  home: string
  port?: number
  manifest?: string
  warm?: readonly string[]
  command?: readonly string[]
  environment?: Readonly<Record<string, string>>
  assets?: string
  daysLater?: number
  clock?: number
}): Promise<ServiceProcess> {
  const manifest =
    options.manifest === undefined
      ? []
      : [`--manifest=${path.resolve('test/actions', options.manifest)}`]
  const [command = '', ...args] = options.command ?? [
    process.execPath,
    // Suites run unchanged against whatever stands for a service.
    process.env['DARKROOM_TESTS_SERVICE'] ?? 'test/e2e/serve.ts',
    ...manifest,
    ...(options.warm ?? []).map((name) => `--warm=${name}`),
    ...(options.assets === undefined ? [] : [`--assets=${options.assets}`]),
    ...(options.daysLater === undefined ? [] : [`--days-later=${options.daysLater}`]),
    ...(options.clock === undefined ? [] : [`--clock=${options.clock}`]),
  ]
  const child = spawn(command, args, {
    env: {
      ...process.env,
      ...options.environment,
      DARKROOM_HOME: options.home,
      DARKROOM_PORT: String(options.port ?? 0),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal))
  })
  const { home } = options
  const service: ServiceProcess = {
    origin: '',
    home,
    child,
    errors: () => errors,
    output: () => output,
    exited,
  }
  running.add(service)
  void exited.then(() => running.delete(service))
  service.origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      // As it is, or in a line of JSON.
      const ready = /^(?:\{.*")?ready (https:[^\s"]+)(?:"\})?$/.exec(line)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    void exited.then((code) => reject(new Error(`The service ended with ${code}: ${errors}`)))
  })
  return service
}
