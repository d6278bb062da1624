import { copyFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { encryptedDocument } from '../../packages/document-errors.ts'
import type { Excess, ProgramLimits } from '../../programs/program-limits.ts'
import { createProgramWords } from '../../programs/program-words.ts'
import { runProgram } from '../../programs/run-program.ts'
import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { familyOf, OFFICE_FAMILIES } from '../../sources/office-formats.ts'
import { readingFilter, writingFilter } from './filters.ts'
import { STEPS, writeMacro } from './macro.ts'
import type { OfficeSource } from './open-source.ts'
import type { OfficeOptions } from './options.ts'
import { toPdfExport } from './pdf-export.ts'
import { MACRO_URL, writeProfile } from './profile.ts'
import { type Sandbox, TEMPORARY } from './sandbox.ts'

/** What LibreOffice is given of an environment. */
const ENVIRONMENT = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C.UTF-8',
  SAL_USE_VCLPLUGIN: 'svp',
}

/** What is kept of what LibreOffice says, in characters. */
const MOST_SAID = 4000

/** What is in the folder of a task besides its source and what is made of it. */
const PROFILE = 'profile'
const REPORT = 'report'

/** What makes files, and where. */
export interface OfficeMaker {
  readonly soffice: string
  readonly sandbox: Sandbox
  readonly limits: ProgramLimits
  /** The folder of the task: nobody else's, and removed by whoever made it. */
  readonly work: string
  readonly signal: AbortSignal
}

/**
 * Has LibreOffice make a file of an opened source.
 *
 * @returns its path, in the folder of the task
 * @throws {@link OperationError} when it cannot be made of it, or takes too much
 */
export async function makeFile(
  { id, isLocked, path }: OfficeSource,
  options: OfficeOptions,
  { soffice, sandbox, limits, work, signal }: OfficeMaker,
): Promise<string> {
  const { title } = KNOWN_FORMATS[id]
  const format = KNOWN_FORMATS[options.format].title
  const family = familyOf(id)
  const writing = writingFilter(id, options.format)
  if (writing === undefined) {
    const taken = OFFICE_FAMILIES[family].to.map((each) => KNOWN_FORMATS[each].title)
    throw new OperationError('office_format_impossible', { title, format, taken })
  }
  if (isLocked && options.password === undefined) throw encryptedDocument(title, undefined)

  // Names of our own, as LibreOffice goes by extensions, and nobody else's name comes near a command line.
  const [source, target] = [`source.${KNOWN_FORMATS[id].extensions[0]}`, `made.${options.format}`]
  await copyFile(path, join(work, source))
  const start = sandbox.start(work, soffice, startingArguments, ENVIRONMENT)
  const macro = writeMacro({
    sourceUrl: pathToFileURL(join(start.work, source)).href,
    targetUrl: pathToFileURL(join(start.work, target)).href,
    reportPath: join(start.work, REPORT),
    reading: readingFilter(id),
    writing,
    password: isLocked ? options.password : undefined,
    pdf: options.format === 'pdf' ? toPdfExport(options) : undefined,
    countsPages: options.pages !== undefined && family !== 'sheet',
    fitsWidth: options.fitSheets === 'width' && family === 'sheet',
    hidesChanges: options.format === 'pdf' && options.includeMarkup !== true && family === 'text',
  })
  await writeProfile(join(work, PROFILE), macro)
  const words = createProgramWords({ last: MOST_SAID })
  const { excess } = await runProgram(
    {
      command: start.command,
      args: start.args,
      folder: work,
      environment: { ...ENVIRONMENT, HOME: work, TMPDIR: join(work, TEMPORARY) },
    },
    { written: work, limits, signal, onErrors: words.add },
  )
  if (excess !== undefined) throw overLimit(excess, title, limits)
  const report = await readFile(join(work, REPORT), 'utf8').catch(() => '')
  // It ends with 0 whatever happens.
  const isThere = await stat(join(work, target)).then(
    () => true,
    () => false,
  )
  if (isThere && report.includes(STEPS.written)) return join(work, target)
  const cause = new Error(
    `LibreOffice has reported ${JSON.stringify(report)} and said: ${words.text()}`,
  )
  if (report.includes(STEPS.opened)) {
    if (options.pages !== undefined && options.format === 'pdf') {
      const pages = Number(/^pages (\d+)$/m.exec(report)?.[1] ?? 0)
      throw new OperationError('office_pages_missing', { title, range: options.pages, pages })
    }
    throw new OperationError('office_not_written', { title, format }, { cause })
  }
  throw isLocked ? encryptedDocument(title, options.password) : corruptSource(title, { cause })
}

function startingArguments(work: string): string[] {
  return [
    `-env:UserInstallation=${pathToFileURL(join(work, PROFILE)).href}`,
    '--headless',
    '--norestore',
    '--nologo',
    '--nodefault',
    '--nofirststartwizard',
    MACRO_URL,
  ]
}

function overLimit(excess: Excess, title: string, limits: ProgramLimits): OperationError {
  if (excess === 'time') {
    const seconds = limits.longestMs / 1000
    return new OperationError('source_too_slow', { task: 'convert', seconds, title })
  }
  if (excess === 'memory') {
    return new OperationError('source_out_of_memory', { task: 'convert', title })
  }
  const most = Math.floor(limits.mostWrittenBytes / 1_000_000)
  return new OperationError('source_exceeds_limit', { most, of: 'MB once it is converted' })
}
