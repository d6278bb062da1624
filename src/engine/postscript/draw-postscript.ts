import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { bubblewrap } from '../../programs/bubblewrap.ts'
import type { ProgramLimits } from '../../programs/program-limits.ts'
import { createProgramWords } from '../../programs/program-words.ts'
import { runProgram } from '../../programs/run-program.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'

/** What draws, and what it is kept apart by: absolute paths. */
export interface PostScriptPrograms {
  readonly gs: string
  readonly bwrap: string
}

/** The time is twenty times what a page of a magazine takes. */
const LIMITS: ProgramLimits = {
  longestMs: 60_000,
  mostMemoryBytes: 1_000_000_000,
  mostWrittenBytes: 500_000_000,
  mostFiles: 100,
}

/** As much of what Ghostscript says is kept, in characters. */
const MOST_SAID = 4000

/** Where the folder is, as Ghostscript sees it, and what is in it. */
const WORK = '/work'
const SOURCE = 'source.ps'
const MADE = 'made.pdf'
const TEMPORARY = 'tmp'

/**
 * Has Ghostscript make a PDF of a PostScript file, of what its bounding box encloses when it is an EPS. Such a file is a
 * program: it runs in bubblewrap, where it sees one folder.
 *
 * @param options.folder - for the files of this alone; it is made, and whoever asks removes it
 * @returns the path of the PDF, in the folder
 * @throws {@link OperationError} source_corrupt when it draws nothing, source_too_slow, source_out_of_memory or
 *   source_exceeds_limit when it takes too much; or the reason of the signal
 */
export async function drawPostScript(
  path: string,
  {
    programs: { gs, bwrap },
    folder,
    signal,
    limits = LIMITS,
  }: {
    readonly programs: PostScriptPrograms
    readonly folder: string
    readonly signal: AbortSignal
    readonly limits?: ProgramLimits
  },
): Promise<string> {
  const { title } = KNOWN_FORMATS.eps
  await mkdir(join(folder, TEMPORARY), { recursive: true })
  await copyFile(path, join(folder, SOURCE))
  const words = createProgramWords({ first: MOST_SAID })
  const run = [
    gs,
    '-dSAFER',
    '-dBATCH',
    '-dNOPAUSE',
    '-q',
    '-sDEVICE=pdfwrite',
    '-dEPSCrop',
    '-dAutoRotatePages=/None',
    `-sOutputFile=${WORK}/${MADE}`,
    `${WORK}/${SOURCE}`,
  ]
  const args = bubblewrap(
    {
      writable: { [WORK]: folder, '/tmp': join(folder, TEMPORARY) },
      shown: ['/var/lib/ghostscript', '/etc/ghostscript'],
      folder: WORK,
      environment: { HOME: WORK, TMPDIR: '/tmp', LC_ALL: 'C' },
    },
    run,
  )
  const { code, excess } = await runProgram(
    { command: bwrap, args, folder, environment: {} },
    { written: folder, limits, signal, onOutput: words.add, onErrors: words.add },
  )
  if (excess === 'time') {
    const seconds = limits.longestMs / 1000
    throw new OperationError('source_too_slow', { task: 'draw', seconds, title })
  }
  if (excess === 'memory') throw new OperationError('source_out_of_memory', { task: 'draw', title })
  if (excess !== undefined) {
    const most = Math.floor(limits.mostWrittenBytes / 1_000_000)
    throw new OperationError('source_exceeds_limit', { most, of: 'MB once it is drawn' })
  }
  const made = join(folder, MADE)
  const isThere = await stat(made).then(
    ({ size }) => size > 0,
    () => false,
  )
  if (code !== 0 || !isThere) {
    const said = `Ghostscript ended with ${code} and said: ${words.text()}`
    throw corruptSource(title, { cause: new Error(said) })
  }
  return made
}
