import { makeOutFolder } from './files-of-call.ts'
import type { GivenFile } from './given-files/find-files.ts'
import { withStandardInput } from './given-files/standard-input.ts'
import { printJson } from './print-json.ts'
import {
  countEnded,
  createProgress,
  type Progress,
  type ProgressWords,
  tellStopped,
  tellWritten,
} from './progress.ts'
import { STANDARD_OUTPUT, writeOnlyFile } from './standard-output.ts'
import { withTemporaryFolder } from './with-temporary-folder.ts'

/** How a command that makes files out of files was called. */
export interface FilesCall {
  readonly sources: readonly GivenFile[]
  /** A folder, or {@link STANDARD_OUTPUT}. */
  readonly out: string
  /** Whether nothing is printed but what is wrong. */
  readonly quiet: boolean
  readonly json: boolean
  /** What is likely a mistake in the call, though it is none: a sentence each. */
  readonly remarks: readonly string[]
}

/** What comes of each of the files that are wanted, in words. */
interface OutcomeWords<Outcome> extends ProgressWords<Outcome> {
  readonly formatTable: (outcomes: readonly Outcome[]) => string
  /** A line for each that has failed, or for several alike. */
  readonly describeFailures: (outcomes: readonly Outcome[]) => string[]
  /** A line for each thing that is to be said of a file that was made, such as what could not be done. */
  readonly describeRemarks: (outcomes: readonly Outcome[]) => string[]
  /** The files that were made. */
  readonly filesOf: (outcome: Outcome) => readonly string[]
}

/** Makes the files. */
type Make<Outcome> = (
  /** Which files they are made of, and the folder where they go. */
  files: Pick<FilesCall, 'sources' | 'out'>,
  /** Does the work while its progress is shown; an interruption is told of as far as it has come. */
  watch: (
    work: (show: Progress<Outcome>['show']) => Promise<Outcome[]>,
    interrupted: AbortSignal,
  ) => Promise<Outcome[]>,
) => Promise<Outcome[]>

/**
 * Makes files out of files, and tells of it: how far it is, what has come of it, and where that was written. What is for the standard
 * output goes there, and nothing else then.
 *
 * @returns the status of the command: 0 when all were made, otherwise 1
 * @throws {UsageError} when there is no folder for them, or nothing comes from the standard input
 */
export async function makeFiles<Outcome extends object>(
  call: FilesCall,
  words: OutcomeWords<Outcome>,
  make: Make<Outcome>,
): Promise<number> {
  for (const remark of call.remarks) console.error(remark)
  const outcomes = await withStandardInput(call.sources, (sources) =>
    call.out === STANDARD_OUTPUT
      ? pipeOut({ ...call, sources }, words, make)
      : writeFiles({ ...call, sources }, words, make),
  )
  return outcomes.every((each) => words.endOf(each) === 'done') ? 0 : 1
}

async function writeFiles<Outcome extends object>(
  { sources, out, quiet, json }: FilesCall,
  words: OutcomeWords<Outcome>,
  make: Make<Outcome>,
): Promise<Outcome[]> {
  await makeOutFolder(out)
  const outcomes = await make({ sources, out }, async (work, interrupted) => {
    const progress = createProgress(words, { json, quiet })
    let latest: readonly Outcome[] = []
    try {
      return await work((items, changed) => {
        latest = items
        progress.show(items, changed)
      })
    } finally {
      progress.end()
      if (interrupted.aborted) console.error(tellStopped(out, countEnded(latest, words.endOf)))
    }
  })
  if (json) printJson(outcomes)
  else if (quiet) for (const failure of words.describeFailures(outcomes)) console.error(failure)
  else {
    const written = tellWritten(out, countEnded(outcomes, words.endOf))
    const remarks = words.describeRemarks(outcomes)
    const told = remarks.length === 0 ? [] : [remarks.join('\n')]
    console.log([words.formatTable(outcomes), ...told, written].join('\n\n'))
  }
  return outcomes
}

async function pipeOut<Outcome extends object>(
  { sources, quiet }: FilesCall,
  words: OutcomeWords<Outcome>,
  make: Make<Outcome>,
): Promise<Outcome[]> {
  return withTemporaryFolder(async (out) => {
    const outcomes = await make({ sources, out }, (work) => work(() => undefined))
    const remarks = quiet ? [] : words.describeRemarks(outcomes)
    for (const line of [...words.describeFailures(outcomes), ...remarks]) console.error(line)
    await writeOnlyFile(outcomes.flatMap((each) => words.filesOf(each)))
    return outcomes
  })
}
