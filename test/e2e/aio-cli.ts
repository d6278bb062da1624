import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
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

/** Adobe's CLI as a user has it: with a home folder of its own, and nobody logged in. */
export interface AioCli {
  /** Runs `aio` with the environment of the file, as `. FILE; aio ARGS…` does in a shell. */
  (environment: string, ...args: string[]): Promise<Ran>
}

/** Adobe's CLI for the tests of the enclosing `describe`. */
export function useAio(): AioCli {
  const home = mkdtempSync(path.join(tmpdir(), 'darkroom-aio-'))
  after(() => rmSync(home, { recursive: true, force: true }))
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AIO|XDG|DARKROOM|npm)_/.test(name)),
  )
  return async (environment, ...args) => {
    const child = spawn('sh', ['-c', '. "$0"; exec aio "$@"', environment, ...args], {
      env: { ...env, HOME: home, NO_COLOR: '1', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const status = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { status: await status, stdout, stderr }
  }
}
