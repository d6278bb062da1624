import CFB from 'cfb'
import { corruptSource } from '../base/operation-error.ts'
import { readPart } from '../sources/open-file.ts'
import { encryptedDocument, tooLarge, unreadKind } from './document-errors.ts'
import { decryptOffice } from './office-encryption.ts'

/** The largest compound file that is read, in bytes: all of it is in memory then, and once more when it is opened. */
const MAX_COMPOUND_BYTES = 256_000_000

/** Office documents of before 2007, by the stream that makes them one, and what they can be saved as. */
const LEGACY = [
  { stream: 'WordDocument', title: 'Word 97–2003 document (.doc)', modern: '.docx' },
  { stream: 'Workbook', title: 'Excel 97–2003 workbook (.xls)', modern: '.xlsx' },
  { stream: 'Book', title: 'Excel 5.0 workbook (.xls)', modern: '.xlsx' },
  {
    stream: 'PowerPoint Document',
    title: 'PowerPoint 97–2003 presentation (.ppt)',
    modern: '.pptx',
  },
] as const

/**
 * Opens an encrypted office document, which is a package within a compound file.
 *
 * @returns the package
 * @throws {@link OperationError} when it is encrypted and `password` does not open it, or when it is
 *   something else, which old office documents are, or is damaged
 */
export async function openCompound(path: string, password: string | undefined): Promise<Buffer> {
  const bytes = readPart(path, 0, MAX_COMPOUND_BYTES + 1)
  if (bytes.length > MAX_COMPOUND_BYTES) {
    throw tooLarge(MAX_COMPOUND_BYTES, 'that are read of its kind')
  }
  const streams = readStreams(bytes)
  const encrypted = streams('EncryptedPackage')
  if (encrypted === undefined) {
    const legacy = LEGACY.find(({ stream }) => streams(stream) !== undefined)
    if (legacy === undefined) throw unreadKind('a compound file that is no office document')
    throw unreadKind(`a ${legacy.title}`, legacy.modern)
  }
  const info = streams('EncryptionInfo')
  if (info === undefined) throw unreadKind('an office document that only its rights service opens')
  if (password === undefined) throw encryptedDocument('office', password)
  return decryptOffice(info, encrypted, password)
}

function readStreams(bytes: Buffer): (name: string) => Buffer | undefined {
  try {
    const container = CFB.read(bytes, { type: 'buffer' })
    return (name) => {
      const entry = CFB.find(container, `/${name}`)
      return entry === null || entry.content === undefined ? undefined : Buffer.from(entry.content)
    }
  } catch (error) {
    throw corruptSource('compound (OLE)', { cause: error })
  }
}
