import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** Whether Adobe's CLI is installed: on the PATH, since it is too large to be a dependency. */
export const HAS_AIO = (process.env['PATH'] ?? '')
  .split(path.delimiter)
  .some((folder) => existsSync(path.join(folder, 'aio')))

/** What a command left behind. */
export interface Ran {
  status: number | null
  stdout: string
  stderr: string
}

/** A running `aio`, whose output is read. */
export type AioProcess = ChildProcessByStdio<null, Readable, Readable>

/** Adobe's CLI as a user has it: with a home folder of its own, and nobody logged in. */
export interface AioCli {
  /** Runs `aio` to its end. */
  run: (...args: string[]) => Promise<Ran>
  /** Starts `aio`, with more variables in its environment. */
  start: (variables: Record<string, string>, ...args: string[]) => AioProcess
}

/**
 * Adobe's CLI for the tests of the enclosing `describe`.
 *
 * @param options.project - the folder that it runs in
 * @param options.environment - the file that a user reads into the shell before, with `. FILE`
 */
export function useAio(options: { project: () => string; environment: () => string }): AioCli {
  const home = mkdtempSync(path.join(tmpdir(), 'darkroom-aio-'))
  after(() => rmSync(home, { recursive: true, force: true }))
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AIO|XDG|DARKROOM|npm)_/.test(name)),
  )

  const start: AioCli['start'] = (variables, ...args) =>
    spawn('sh', ['-c', '. "$0"; exec aio "$@"', options.environment(), ...args], {
      cwd: options.project(),
      env: {
        ...env,
        HOME: home,
        NO_COLOR: '1',
        CI: 'true',
        // It loads thousands of modules each time.
        NODE_COMPILE_CACHE: path.join(home, 'compiled'),
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return {
    start,
    async run(...args) {
      const child = start({}, ...args)
      const status = new Promise<number | null>((resolve, reject) => {
        child.once('error', reject)
        child.once('close', resolve)
      })
      const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
      return { status: await status, stdout, stderr }
    },
  }
}
