import CFB from 'cfb'
import { corruptSource, type OperationError } from '../base/operation-error.ts'
import { readPart } from '../sources/open-file.ts'
import { encryptedDocument, tooLarge, unreadKind } from './document-errors.ts'
import { isLocked, type LegacyFormat, type Streams } from './legacy-encryption.ts'
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
export type CompoundDocument = LegacyDocument | { readonly kind: 'package'; readonly bytes: Buffer }

/** An office document of before 2007. */
export interface LegacyDocument {
  readonly kind: 'legacy'
  readonly id: LegacyFormat
  /** The name people use, for sentences, and the extension of what it can be saved as. */
  readonly title: string
  readonly modern: string
  /** Whether it takes a password to read it. */
  readonly isLocked: boolean
  readonly streams: Streams
}

/**
 * Tells what a compound file is, and opens it if that takes a password and it is no document of before 2007.
 *
 * @throws {@link OperationError} when it is encrypted and `password` does not open it, or when it is no office document, or
 *   is damaged
 */
export async function readCompound(
  path: string,
  password: string | undefined,
): Promise<CompoundDocument> {
  const streams = readStreams(path)
  return findLegacy(streams) ?? { kind: 'package', bytes: await openEncrypted(streams, password) }
}

/**
 * A document of before 2007, as its compound file has it.
 *
 * @returns undefined for an encrypted package, and for what is no office document
 * @throws {@link OperationError} when it is damaged
 */
export function readLegacy(path: string): LegacyDocument | undefined {
  return findLegacy(readStreams(path))
}

/** The error for a document of before 2007 that is not read; `kind` goes before its title, such as "an encrypted". */
export function unreadLegacy({ title, modern }: LegacyDocument, kind: string): OperationError {
  return unreadKind(`${kind} ${title}`, modern)
}

function findLegacy(streams: Streams): LegacyDocument | undefined {
  if (streams('EncryptedPackage') !== undefined) return undefined
  const legacy = LEGACY.find(({ stream }) => streams(stream) !== undefined)
  if (legacy === undefined) return undefined
  const { id, title, modern } = legacy
  return { kind: 'legacy', id, title, modern, isLocked: isLocked(id, streams), streams }
}

async function openEncrypted(streams: Streams, password: string | undefined): Promise<Buffer> {
  const [info, encrypted] = [streams('EncryptionInfo'), streams('EncryptedPackage')]
  if (encrypted === undefined) throw unreadKind('a compound file that is no office document')
  if (info === undefined) {
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
