import { writeFileSync } from 'node:fs'
import { corruptSource, OperationError } from '../../base/operation-error.ts'
import { readCompound } from '../../packages/compound.ts'
import { identifyPackage } from '../../packages/package-format.ts'
import { withPackage } from '../../packages/package.ts'
import { readSmallPart } from '../../packages/small-part.ts'
import { formatOfExtension } from '../../sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../sources/formats.ts'
import { identifySource } from '../../sources/identify.ts'
import {
  isOfficeSourceId,
  OFFICE_SOURCES,
  type OfficeSourceId,
} from '../../sources/office-formats.ts'
import type { JobSource } from '../operation.ts'
import { writePlainText } from './plain-text.ts'

/** A source that LibreOffice is to open. */
export interface OfficeSource {
  readonly id: OfficeSourceId
  /** The source itself, or what it is without its encryption. */
  readonly path: string
  /** Whether LibreOffice needs the password for it. */
  readonly isLocked: boolean
}

const MANIFEST = 'META-INF/manifest.xml'

/** What makes an entry of a manifest that of an encrypted part (OpenDocument 1.2, part 3, 4.4). */
const ENCRYPTED_ENTRY = 'encryption-data'

/**
 * Tells what an office file is, by its content first: many a file named .doc is RTF or a web page, and Office opens it.
 *
 * @param openPath - where the file is written that is in an encrypted one, or a text that LibreOffice can read
 * @throws {@link OperationError} when it is none, is damaged, or `password` does not open it
 */
export async function openSource(
  { path, name = '', mediaType }: JobSource,
  openPath: string,
  password: string | undefined,
): Promise<OfficeSource> {
  const { content } = await identifySource(path, { name, mimetype: mediaType })
  const named = formatOfExtension(/\.(\w+)$/.exec(name.toLowerCase())?.[1] ?? '')
  if (content === 'package') return openPackage(path, named)
  if (content === 'compound') return openCompound(path, openPath, password)
  if (named !== undefined && !isText(named) && (content === undefined || content === 'text')) {
    throw corruptSource(KNOWN_FORMATS[named].title)
  }
  // Markdown and data are texts to an office.
  const id =
    content === 'markdown' || content === 'xml' || content === 'xmp' || content === 'json'
      ? 'text'
      : content
  if (!isOfficeSourceId(id)) {
    const kind = id === undefined ? undefined : `a ${KNOWN_FORMATS[id].title} file`
    throw new OperationError('source_no_office', { kind, taken: takenTitles() })
  }
  if (id !== 'text' && id !== 'csv') return { id, path, isLocked: false }
  writePlainText(path, id, openPath)
  return { id, path: openPath, isLocked: false }
}

/** Whether files of a format are texts, so that another text of such a name is none that is damaged. */
function isText(id: FormatId): boolean {
  return KNOWN_FORMATS[id].group === 'text' || id === 'rtf'
}

async function openPackage(path: string, named: string | undefined): Promise<OfficeSource> {
  const id = await identifyPackage(path).catch((error: unknown) => {
    // What is damaged cannot say what it was.
    const isCorrupt = error instanceof OperationError && error.code === 'source_corrupt'
    throw isCorrupt && isOfficeSourceId(named)
      ? corruptSource(KNOWN_FORMATS[named].title, { cause: error })
      : error
  })
  if (!isOfficeSourceId(id)) {
    const kind =
      id === undefined ? 'a zip file that is no document' : `an ${KNOWN_FORMATS[id].title} file`
    throw new OperationError('source_no_office', { kind, taken: takenTitles() })
  }
  const manifest = await withPackage(path, (parts) => readSmallPart(parts, MANIFEST))
  const isLocked = manifest?.includes(ENCRYPTED_ENTRY) ?? false
  return { id, path, isLocked }
}

async function openCompound(
  path: string,
  openPath: string,
  password: string | undefined,
): Promise<OfficeSource> {
  try {
    const document = await readCompound(path, password)
    if (document.kind === 'legacy') {
      const { id, isLocked } = document
      return { id, path, isLocked }
    }
    writeFileSync(openPath, document.bytes, { mode: 0o600 })
    return await openPackage(openPath, undefined)
  } catch (error) {
    if (!(error instanceof OperationError) || error.code !== 'source_no_text') throw error
    const { kind } = Object(error.fields)
    throw new OperationError('source_no_office', { kind: String(kind), taken: takenTitles() })
  }
}

function takenTitles(): string[] {
  return OFFICE_SOURCES.map((id) => KNOWN_FORMATS[id].title)
}
