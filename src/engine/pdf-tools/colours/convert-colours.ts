import { join } from 'node:path'
import { OperationError } from '../../../base/operation-error.ts'
import { readPdfInfo } from '../../pdf/pdf.ts'
import { PROFILES, type Profile } from '../optimize/profiles.ts'
import type { PdfChanges } from '../pdf-changes.ts'
import { requireGhostscript, TOO_MUCH, wordsOf } from '../standard/ghostscript-words.ts'
import { runGhostscript } from '../standard/run-ghostscript.ts'

/** Colours that all of a PDF gets. */
type Colours = NonNullable<PdfChanges['colours']>

/** What takes Ghostscript, for its sentence. */
export const TO_CHANGE_COLOURS = 'Changing the colours of a PDF'

/** What Ghostscript calls colours (its manual, "Color Conversion and Management"). */
const STRATEGIES: Readonly<Record<Colours, readonly [strategy: string, model: string]>> = {
  rgb: ['RGB', 'DeviceRGB'],
  cmyk: ['CMYK', 'DeviceCMYK'],
  grayscale: ['Gray', 'DeviceGray'],
}

/** How much a JPEG may lose, in Ghostscript's own count; it is compressed anew afterwards, but for CMYK. */
const HARDLY_ANYTHING = 0.15
const LOSSES: Readonly<Record<Profile, number>> = {
  web: 0.76,
  print: 0.4,
  archive: HARDLY_ANYTHING,
  mrc: 0.76,
  max: 1.3,
}

/**
 * Gives all of a PDF other colours: its pictures, texts and drawings.
 *
 * @param path - of a file in the folder that is not encrypted
 * @param options.pages - how many it has
 * @param options.profile - how its pictures are to be afterwards, if they are to be small
 * @returns the path of a file in the folder
 * @throws {@link OperationError} colours_unchangeable, or program_missing
 */
export async function convertColours(
  path: string,
  colours: Colours,
  options: {
    readonly profile: Profile | undefined
    readonly pages: number
    readonly folder: string
    readonly ghostscript: string | undefined
    readonly signal: AbortSignal
  },
): Promise<string> {
  const { folder, signal, profile = 'archive' } = options
  const ghostscript = requireGhostscript(TO_CHANGE_COLOURS, options.ghostscript)
  const [strategy, model] = STRATEGIES[colours]
  // Of what is in the colours of printers only JPEGs can be made smaller afterwards.
  const isLast = colours === 'cmyk'
  const loss = isLast ? LOSSES[profile] : HARDLY_ANYTHING
  const dots = isLast ? PROFILES[profile].dotsPerInch : undefined
  const writtenPath = join(folder, 'coloured.pdf')
  const given = [
    '-sDEVICE=pdfwrite',
    `-sColorConversionStrategy=${strategy}`,
    `-dProcessColorModel=/${model}`,
    '-dAutoRotatePages=/None',
    ...['Color', 'Gray'].flatMap((kind) => [
      `-dDownsample${kind}Images=${dots !== undefined}`,
      ...(dots === undefined ? [] : [`-d${kind}ImageResolution=${dots}`]),
    ]),
    `-sOutputFile=${writtenPath}`,
    '-c',
    `<</ColorACSImageDict ${lossOf(loss)}/GrayACSImageDict ${lossOf(loss)}>>setdistillerparams`,
    '-f',
    path,
  ]
  const { code, excess, said } = await runGhostscript(ghostscript, given, {
    folder,
    writtenPath,
    signal,
  })
  if (excess !== undefined) fail(TOO_MUCH[excess])
  if (code !== 0) fail(wordsOf(said))
  const { pages } = await readPdfInfo({ path: writtenPath, password: undefined }, signal)
  if (pages !== options.pages) fail(`only ${pages} of ${options.pages} pages could be written`)
  return writtenPath
}

function fail(problem: string): never {
  throw new OperationError('colours_unchangeable', { problem })
}

function lossOf(loss: number): string {
  return `<</QFactor ${loss}/Blend 1/HSamples [1 1 1 1]/VSamples [1 1 1 1]>>`
}
