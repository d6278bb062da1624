import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { missingProgram } from '../../../programs/missing-program.ts'
import { readPdfInfo } from '../../pdf/pdf.ts'
import { sharp } from '../../pictures/libvips.ts'
import { runGhostscript } from './run-ghostscript.ts'
import { describeIntent, STANDARDS, type Standard } from './standards.ts'

/** What is wrong with a PDF for which Ghostscript takes more than it may. */
const TOO_MUCH = {
  time: 'it takes too long',
  memory: 'it takes too much memory',
  written: 'it becomes too large',
  files: 'it becomes more than one file',
} as const

/** No longer is what Ghostscript says in a sentence, in characters. */
const MOST_SHOWN = 200

/**
 * Writes a PDF as a standard wants it. Whether it is valid nobody has checked.
 *
 * @param path - of a file in the folder that is not encrypted
 * @param options.ghostscript - the absolute path of the program, if there is one
 * @returns the path of a file in the folder
 * @throws {@link OperationError} standard_unreachable, or program_missing
 */
export async function conform(
  path: string,
  options: {
    readonly standard: Standard
    readonly pages: number
    readonly folder: string
    readonly ghostscript: string | undefined
    readonly signal: AbortSignal
  },
): Promise<string> {
  const { standard, folder, signal } = options
  const ghostscript = requireGhostscript(standard, options.ghostscript)
  const { colours, marks, ...facts } = STANDARDS[standard]
  const profilePath = join(folder, 'profile.icc')
  await writeFile(profilePath, await profileOf(colours))
  const intentPath = join(folder, 'intent.ps')
  await writeFile(intentPath, describeIntent(standard, profilePath))
  const writtenPath = join(folder, 'standard.pdf')
  const given = ['-sDEVICE=pdfwrite', ...facts.options, `-sOutputFile=${writtenPath}`]
  const work = { folder, writtenPath, signal }
  const { code, excess, said } = await runGhostscript(
    ghostscript,
    [...given, intentPath, path],
    work,
  )
  const fail = (problem: string): never => {
    throw new OperationError('standard_unreachable', { standard, problem })
  }
  if (excess !== undefined) fail(TOO_MUCH[excess])
  if (code !== 0) fail(`Ghostscript says ${JSON.stringify(said.trim().slice(0, MOST_SHOWN))}`)
  const written = (await readFile(writtenPath)).toString('latin1')
  if (!marks.every((mark) => mark.test(written))) {
    fail('it has something that the standard does not allow and that cannot be left out')
  }
  const { pages } = await readPdfInfo({ path: writtenPath, password: undefined }, signal)
  if (pages !== options.pages) fail(`only ${pages} of ${options.pages} pages could be written`)
  return writtenPath
}

/** @throws {@link OperationError} program_missing */
export function requireGhostscript(standard: Standard, path: string | undefined): string {
  if (path !== undefined) return path
  throw missingProgram('gs', `Writing a PDF as ${standard}`)
}

/** The profile that libvips has built in. */
async function profileOf(colours: 'srgb' | 'cmyk'): Promise<Buffer> {
  const create = { width: 8, height: 8, channels: 3, background: { r: 0, g: 0, b: 0 } } as const
  const picture = await sharp({ create })
    .toColourspace(colours)
    .withIccProfile(colours)
    .jpeg()
    .toBuffer()
  const { icc } = await sharp(picture).metadata()
  if (icc === undefined) throw new RangeError('libvips has no profile of its own')
  return icc
}
