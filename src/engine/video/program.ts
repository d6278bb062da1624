import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { FFmpeg } from './ffmpeg.ts'
import { type Excess, watchRun } from './run-limits.ts'
import { createRunLog, readProgress } from './run-log.ts'

/**
 * The FFmpeg of the machine. It stays in the process group of whoever runs it, so that it ends with that one, and sees
 * nothing of the environment.
 *
 * @param program - its path
 */
export function createProgram(program: string): FFmpeg {
  return {
    engine: 'program',
    async run(call, toArguments) {
      call.signal.throwIfAborted()
      // What is named like a protocol, or begins with a dash, is a file all the same.
      const names = { source: `file:${call.source}`, made: `file:${call.made}` }
      const child = spawn(program, toArguments(names), {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {},
      })
      const log = createRunLog()
      let reached = 0
      let excess: Excess | undefined
      const kill = (): void => void child.kill('SIGKILL')
      const unwatch = watchRun(call, child.pid, (which) => {
        excess ??= which
        kill()
      })
      call.signal.addEventListener('abort', kill)
      child.stderr.setEncoding('utf8').on('data', log.add)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const seconds = readProgress(line)
        if (seconds === undefined) return
        reached = Math.max(reached, seconds)
        call.onProgress(reached)
      })
      const { promise, resolve, reject } = Promise.withResolvers<number | null>()
      child.on('error', reject).on('close', resolve)
      try {
        const code = await promise
        call.signal.throwIfAborted()
        return { code: code ?? undefined, excess, log: log.text(), reached }
      } finally {
        unwatch()
        call.signal.removeEventListener('abort', kill)
      }
    },
  }
}
