import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { readPdfInfo } from '../../pdf/pdf.ts'
import { sharp } from '../../pictures/libvips.ts'
import { requireGhostscript, TOO_MUCH, wordsOf } from './ghostscript-words.ts'
import { runGhostscript } from './run-ghostscript.ts'
import { describeIntent, STANDARDS, type Standard } from './standards.ts'

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
  const ghostscript = requireGhostscript(`Writing a PDF as ${standard}`, options.ghostscript)
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
  if (code !== 0) fail(wordsOf(said))
  const written = (await readFile(writtenPath)).toString('latin1')
  if (!marks.every((mark) => mark.test(written))) {
    fail('it has something that the standard does not allow and that cannot be left out')
  }
  const { pages } = await readPdfInfo({ path: writtenPath, password: undefined }, signal)
  if (pages !== options.pages) fail(`only ${pages} of ${options.pages} pages could be written`)
  return writtenPath
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
