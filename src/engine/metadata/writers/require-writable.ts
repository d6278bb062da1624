import { OperationError } from '../../../base/operation-error.ts'
import { type PdfJob, readPdf } from '../readers/read-pdf.ts'

/**
 * Looks whether ExifTool can write into a file. It takes a minute to find that it cannot write into an encrypted PDF, and calls one
 * damaged that every reader repairs.
 *
 * @throws {@link OperationError} when it cannot
 */
export function requireWritable({ kind, sourcePath }: Pick<PdfJob, 'kind' | 'sourcePath'>): void {
  if (kind.reader !== 'pdf') return
  const { title } = kind
  const { security, isRepaired } = readPdf({ kind, sourcePath, password: undefined })
  if (security !== 'none') throw new OperationError('source_locked', { title })
  if (isRepaired) throw new OperationError('source_needs_repair', { title })
}
