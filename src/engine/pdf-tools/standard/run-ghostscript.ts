import type { ProgramLimits } from '../../../programs/program-limits.ts'
import { createProgramWords } from '../../../programs/program-words.ts'
import { type ProgramEnd, runProgram } from '../../../programs/run-program.ts'

/** How a run of Ghostscript ended, and what it said. */
export interface GhostscriptEnd extends ProgramEnd {
  readonly said: string
}

/** The time is ten times what a long document takes. */
const LIMITS: ProgramLimits = {
  longestMs: 120_000,
  mostMemoryBytes: 1_000_000_000,
  mostWrittenBytes: 2_000_000_000,
  mostFiles: 1,
}

/** As much of what it says is kept, in characters. */
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
  const confined = [
    '-dSAFER',
    `--permit-file-read=${folder}/`,
    `--permit-file-write=${folder}/`,
    '-dBATCH',
    '-dNOPAUSE',
    '-q',
  ]
  const words = createProgramWords({ first: MOST_SAID })
  const end = await runProgram(
    {
      command: program,
      args: [...confined, ...given],
      folder,
      environment: { TMPDIR: folder, HOME: folder, LC_ALL: 'C' },
    },
    { written: writtenPath, limits: LIMITS, signal, onOutput: words.add, onErrors: words.add },
  )
  return { ...end, said: words.text() }
}
