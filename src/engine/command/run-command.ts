import { OperationError } from '../../base/operation-error.ts'
import type { Excess, ProgramLimits } from '../../programs/program-limits.ts'
import { createProgramWords } from '../../programs/program-words.ts'
import { type ProgramStart, runProgram } from '../../programs/run-program.ts'

/** What a command has said, as far as it is kept. */
export interface CommandSayings {
  readonly stdout: string
  readonly stderr: string
}

/** As much as is kept of each, in characters: of the standard output the start, of the error output the end. */
const MOST_KEPT = 1_000_000

/**
 * Runs a command to its end.
 *
 * @param options.title - what it is called in sentences
 * @param options.outputs - the folder that it writes
 * @throws {@link OperationError} command_failed when it ends with anything but 0, command_stopped when it takes too much
 */
export async function runCommand(
  start: ProgramStart,
  options: {
    readonly title: string
    readonly outputs: string
    readonly limits: ProgramLimits
    readonly signal: AbortSignal
  },
): Promise<CommandSayings> {
  const { title, outputs, limits, signal } = options
  const output = createProgramWords({ first: MOST_KEPT })
  const errors = createProgramWords({ last: MOST_KEPT })
  const { code, endedBy, excess } = await runProgram(start, {
    written: outputs,
    limits,
    signal,
    onOutput: output.add,
    onErrors: errors.add,
  })
  if (excess !== undefined) {
    throw new OperationError('command_stopped', { title, most: describe(excess, limits) })
  }
  const [stdout, stderr] = [output.text(), errors.text()]
  if (code === 0) return { stdout, stderr }
  const how = endedBy ?? String(code)
  throw new OperationError('command_failed', { title, how, said: lastLines(stderr || stdout) })
}

function describe(excess: Excess, limits: ProgramLimits): string {
  return {
    time: `${limits.longestMs / 1000} seconds`,
    memory: `${limits.mostMemoryBytes / 1e6} MB of memory`,
    written: `${limits.mostWrittenBytes / 1e6} MB of files`,
    files: `${limits.mostFiles} files`,
  }[excess]
}

/** Programs say what is wrong at the end. */
function lastLines(said: string): string {
  return said
    .trim()
    .split(/\r?\n|\r/)
    .slice(-3)
    .join(' / ')
    .slice(-600)
}
