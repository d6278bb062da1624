import { stat } from 'node:fs/promises'
import { makeBestThatFits } from '../../best-that-fits.ts'
import type { PdfFile } from '../../pdf/document.ts'
import type { PdfChanges } from '../pdf-changes.ts'
import { type OpenedPdf, optimizePdf } from './optimize.ts'
import { treatmentsFor } from './treatments.ts'

/** How qpdf writes what is to be small. */
const DENSE = ['--recompress-flate', '--compression-level=9', '--remove-unreferenced-resources=yes']

/**
 * Makes a PDF small, and never larger. Where it may have so many bytes only it stays as it is when that fits, else its
 * pictures get the best treatment that does.
 *
 * @param plain - the path of the file that is to be made small
 * @param opened - the same, not encrypted; undefined for what has to stay as it is
 * @param options.write - has qpdf write a file under a name, with what else it is told
 * @returns the path of the smaller file, or `plain`
 * @throws {@link OperationError} size_unreachable
 */
export async function shrink(
  plain: string,
  opened: OpenedPdf | undefined,
  { profile, quality, targetSize }: NonNullable<PdfChanges['optimize']>,
  {
    folder,
    signal,
    write,
  }: {
    readonly folder: string
    readonly signal: AbortSignal
    readonly write: (from: PdfFile, name: string, others: readonly string[]) => Promise<string>
  },
): Promise<string> {
  const { size: plainBytes } = await stat(plain)
  if (targetSize !== undefined && plainBytes <= targetSize) return plain
  const treatments = treatmentsFor({ profile, quality, targetSize })
  let made = plain
  const make = async (level: number): Promise<number> => {
    const treatment = treatments[level]
    const small = opened && treatment && (await optimizePdf(opened, treatment, { folder, signal }))
    made = plain
    if (small === undefined) return plainBytes
    // The first part of PDF/A knows no streams of objects.
    const others = opened?.archival === 1 ? [...DENSE, '--object-streams=disable'] : DENSE
    const dense = await write({ path: small, password: undefined }, 'dense.pdf', others)
    const { size } = await stat(dense)
    if (size >= plainBytes) return plainBytes
    made = dense
    return size
  }
  if (targetSize === undefined) await make(0)
  else await makeBestThatFits(targetSize, treatments.length, make)
  return made
}
