import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'

/** How a run of Ghostscript ended: its exit code, or why it was ended before, and what it said. */
export interface GhostscriptEnd {
  readonly code: number | 'too slow' | 'too large'
  readonly said: string
}

/** Ten times what a long document takes, in milliseconds. */
const LONGEST_RUN_MS = 120_000

/** The most memory that it takes, in kilobytes, by an option of its own. */
const MOST_KILOBYTES = 1_000_000

/** The most that it writes, in bytes, and how often that is looked at, in milliseconds. */
const MOST_WRITTEN_BYTES = 2_000_000_000
const LOOK_MS = 250

const MOST_SAID = 8000

/**
 * Runs Ghostscript in a process of its own, which reads and writes files of one folder only.
 *
 * @param program - its absolute path
 * @throws the reason of the signal
 */
export async function runGhostscript(
  program: string,
  given: readonly string[],
  {
    folder,
    writtenPath,
    signal,
  }: {
    readonly folder: string
    readonly writtenPath: string
    readonly signal: AbortSignal
  },
): Promise<GhostscriptEnd> {
  signal.throwIfAborted()
  const confined = [
    '-dSAFER',
    `--permit-file-read=${folder}/`,
    `--permit-file-write=${folder}/`,
    `-K${MOST_KILOBYTES}`,
    '-dBATCH',
    '-dNOPAUSE',
    '-q',
  ]
  const child = spawn(program, [...confined, ...given], {
    cwd: folder,
    env: { TMPDIR: folder, HOME: folder, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let said = ''
  const hear = (bytes: Buffer): void => {
    if (said.length < MOST_SAID) said += bytes.toString('latin1')
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  let early: 'too slow' | 'too large' | undefined
  const end = (): void => {
    // It starts no others, but who knows of the next version.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  }
  const timer = setTimeout(() => {
    early = 'too slow'
    end()
  }, LONGEST_RUN_MS)
  const looks = setInterval(() => {
    void stat(writtenPath).then(
      ({ size }) => {
        if (size <= MOST_WRITTEN_BYTES) return
        early = 'too large'
        end()
      },
      () => undefined,
    )
  }, LOOK_MS)
  signal.addEventListener('abort', end)
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('close', (status) => resolve(status ?? -1))
    })
    signal.throwIfAborted()
    return { code: early ?? code, said }
  } finally {
    clearTimeout(timer)
    clearInterval(looks)
    signal.removeEventListener('abort', end)
  }
}
