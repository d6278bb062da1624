import { posix } from 'node:path'
import { corruptSource } from '../base/operation-error.ts'
import { addTo } from './limited-list.ts'
import { readAttribute } from './markup.ts'
import type { Package } from './package.ts'

/** A link from one part of an office document to another (ECMA-376, part 2). */
export interface Relationship {
  readonly id: string
  /** The last word of its type, such as `footnotes`; what comes before it depends on the edition of the standard. */
  readonly type: string
  /** The name of the part it leads to. */
  readonly target: string
}

/** Reads which parts a part links to, in their order; the package itself is the part ''. */
export async function readRelationships(parts: Package, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part)
  const name = posix.join(folder, '_rels', `${posix.basename(part)}.rels`)
  const found: Relationship[] = []
  if (!parts.has(name)) return found
  await parts.parse(name, {
    open(element, attributes) {
      if (element !== 'Relationship' || readAttribute(attributes, 'TargetMode') === 'External')
        return
      addTo(found, {
        id: readAttribute(attributes, 'Id') ?? '',
        type: posix.basename(readAttribute(attributes, 'Type') ?? ''),
        target: findTarget(parts, folder, readAttribute(attributes, 'Target') ?? ''),
      })
    },
  })
  return found
}

/** The name of a part, by the reference to it: some writers call it by what the reference means, others by its letters. */
function findTarget(parts: Package, folder: string, reference: string): string {
  const isAbsolute = reference.startsWith('/')
  const name = posix.join('/', isAbsolute ? '' : folder, reference).slice(1)
  if (parts.has(name) || !name.includes('%')) return name
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** The formats of documents whose parts refer to each other, by what the media type of their main part has. */
const FORMATS = [
  ['docx', /wordprocessingml|ms-word/],
  ['pptx', /presentationml|ms-powerpoint/],
  ['xlsb', /ms-excel\.sheet\.binary/],
  ['xlsx', /spreadsheetml|ms-excel/],
] as const

/** The part that an office document begins with. */
export interface MainPart {
  readonly name: string
  /** What kind of document it is, as its media type tells; undefined when it is none of these. */
  readonly format: (typeof FORMATS)[number][0] | undefined
  /** The media type of the document: templates, slide shows, and documents with macros have their own. */
  readonly mediaType: string
}

/**
 * Finds where an office document begins. Only relationships and media types tell; what parts are called is up to the writer.
 *
 * @returns undefined when the package is no office document
 * @throws {@link OperationError} when the part is not there
 */
export async function findMainPart(parts: Package): Promise<MainPart | undefined> {
  const name = await findPackagePart(parts, 'officeDocument')
  if (name === undefined) return undefined
  if (!parts.has(name)) throw corruptSource('DOCX, PPTX or XLSX')
  const type = (await readContentTypes(parts))(name)
  const format = FORMATS.find(([, pattern]) => pattern.test(type))?.[0]
  return { name, format, mediaType: toMediaType(type) }
}

/** The media type that documents are registered with, of that of their main part. */
function toMediaType(type: string): string {
  return type.replace(/\.main(?:\+xml)?$/, '').replace(/\.macroEnabled\w*$/, '.macroEnabled.12')
}

/** The name of the part that a package itself refers to for a purpose, such as `thumbnail` or `core-properties`. */
export async function findPackagePart(
  parts: Package,
  purpose: string,
): Promise<string | undefined> {
  return (await readRelationships(parts, '')).find(({ type }) => type === purpose)?.target
}

/**
 * Reads what tells the media type of each part of an office document: the type of its own, or else that of its extension; '' where
 * nothing is said.
 *
 * @throws {@link OperationError} when the package is none of those that have a list of types
 */
export async function readContentTypes(parts: Package): Promise<(part: string) => string> {
  const own = new Map<string, string>()
  const general = new Map<string, string>()
  await parts.parse('[Content_Types].xml', {
    open(element, attributes) {
      const type = readAttribute(attributes, 'ContentType') ?? ''
      const name = readAttribute(attributes, 'PartName')?.toLowerCase()
      const extension = readAttribute(attributes, 'Extension')?.toLowerCase()
      if (element === 'Override' && name !== undefined) own.set(name, type)
      if (element === 'Default' && extension !== undefined) general.set(extension, type)
    },
  })
  return (part) => {
    const name = `/${part}`.toLowerCase()
    return own.get(name) ?? general.get(posix.extname(name).slice(1)) ?? ''
  }
}
