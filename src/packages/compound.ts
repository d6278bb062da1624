import CFB from 'cfb'
import { corruptSource } from '../base/operation-error.ts'
import { readPart } from '../sources/open-file.ts'
import { encryptedDocument, tooLarge, unreadKind } from './document-errors.ts'
import { isLocked, type LegacyFormat } from './legacy-encryption.ts'
import { decryptOffice } from './office-encryption.ts'

/** The largest compound file that is read, in bytes: all of it is in memory then, and once more when it is opened. */
const MAX_COMPOUND_BYTES = 256_000_000

/** Office documents of before 2007, by the stream that makes them one, and what they can be saved as. */
const LEGACY = [
  { id: 'doc', stream: 'WordDocument', title: 'Word 97–2003 document (.doc)', modern: '.docx' },
  { id: 'xls', stream: 'Workbook', title: 'Excel 97–2003 workbook (.xls)', modern: '.xlsx' },
  { id: 'xls', stream: 'Book', title: 'Excel 5.0 workbook (.xls)', modern: '.xlsx' },
  {
    id: 'ppt',
    stream: 'PowerPoint Document',
    title: 'PowerPoint 97–2003 presentation (.ppt)',
    modern: '.pptx',
  },
] as const

/** What a compound file of an office is: a document of before 2007, or an encrypted package, which then is open. */
export type CompoundDocument =
  | { readonly kind: 'legacy'; readonly id: LegacyFormat; readonly isLocked: boolean }
  | { readonly kind: 'package'; readonly bytes: Buffer }

/**
 * Opens an encrypted office document, which is a package within a compound file.
 *
 * @returns the package
 * @throws {@link OperationError} when it is encrypted and `password` does not open it, or when it is
 *   something else, which old office documents are, or is damaged
 */
export async function openCompound(path: string, password: string | undefined): Promise<Buffer> {
  const streams = readStreams(path)
  const legacy = findLegacy(streams)
  if (legacy !== undefined) throw unreadKind(`a ${legacy.title}`, legacy.modern)
  return openEncrypted(streams, password)
}

/**
 * Tells what a compound file is, and opens it if that takes a password and it is no document of before 2007.
 *
 * @throws {@link OperationError} as {@link openCompound} does
 */
export async function readCompound(
  path: string,
  password: string | undefined,
): Promise<CompoundDocument> {
  const streams = readStreams(path)
  const legacy = findLegacy(streams)
  if (legacy === undefined) {
    return { kind: 'package', bytes: await openEncrypted(streams, password) }
  }
  return { kind: 'legacy', id: legacy.id, isLocked: isLocked(legacy.id, streams) }
}

type Streams = (name: string) => Buffer | undefined

function findLegacy(streams: Streams): (typeof LEGACY)[number] | undefined {
  if (streams('EncryptedPackage') !== undefined) return undefined
  const legacy = LEGACY.find(({ stream }) => streams(stream) !== undefined)
  if (legacy === undefined) throw unreadKind('a compound file that is no office document')
  return legacy
}

async function openEncrypted(streams: Streams, password: string | undefined): Promise<Buffer> {
  const [info, encrypted] = [streams('EncryptionInfo'), streams('EncryptedPackage')]
  if (info === undefined || encrypted === undefined) {
    throw unreadKind('an office document that only its rights service opens')
  }
  if (password === undefined) throw encryptedDocument('office', password)
  return decryptOffice(info, encrypted, password)
}

function readStreams(path: string): Streams {
  const bytes = readPart(path, 0, MAX_COMPOUND_BYTES + 1)
  if (bytes.length > MAX_COMPOUND_BYTES) {
    throw tooLarge(MAX_COMPOUND_BYTES, 'that are read of its kind')
  }
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
