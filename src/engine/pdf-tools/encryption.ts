import { randomBytes } from 'node:crypto'
import type { QpdfArgument } from '../pdf/qpdf/run-qpdf.ts'
import type { PdfChanges } from './pdf-changes.ts'

/** A document, and how it was opened. */
interface OpenedFile {
  readonly path: string
  readonly password: string | undefined
  readonly isEncrypted: boolean
}

/**
 * The arguments that say how the file is encrypted which qpdf writes: as it is told, or as the source is.
 *
 * @param source - that of the changes; what qpdf reads may be another file, which is not encrypted any more
 */
export function encryptionOf(
  source: OpenedFile,
  { encrypt, decrypt }: Pick<PdfChanges, 'encrypt' | 'decrypt'>,
): QpdfArgument[] {
  if (encrypt !== undefined) {
    // With that of everybody for an owner's, everybody would be one.
    const { password, ownerPassword = randomBytes(24).toString('base64url') } = encrypt
    const { allowExtract, allowAccessibility, allowModify, allowPrint } = encrypt
    return [
      '--encrypt',
      `--user-password=${password}`,
      `--owner-password=${ownerPassword}`,
      '--bits=256',
      // What may be done by those who have the first of the two only.
      ...(allowExtract === false ? ['--extract=n'] : []),
      ...(allowAccessibility === false ? ['--accessibility=n'] : []),
      ...(allowModify === false ? ['--modify=none'] : []),
      ...(allowPrint === false ? ['--print=none'] : []),
      '--',
    ]
  }
  if (decrypt === true) return ['--decrypt']
  if (!source.isEncrypted) return []
  const { path, password = '' } = source
  return [{ option: '--copy-encryption=', path }, `--encryption-file-password=${password}`]
}
