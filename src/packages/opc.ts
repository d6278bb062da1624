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
      const target = readAttribute(attributes, 'Target') ?? ''
      addTo(found, {
        id: readAttribute(attributes, 'Id') ?? '',
        type: posix.basename(readAttribute(attributes, 'Type') ?? ''),
        target: posix.join('/', folder, target).slice(1),
        ...(target.startsWith('/') && { target: posix.normalize(target).slice(1) }),
      })
    },
  })
  return found
}

/** The part that an office document begins with. */
export interface MainPart {
  readonly name: string
  /** Its media type, which tells the kind of document. */
  readonly type: string
}

/** @returns undefined when the package is no office document */
export async function findMainPart(parts: Package): Promise<MainPart | undefined> {
  const links = await readRelationships(parts, '')
  const name = links.find(({ type }) => type === 'officeDocument')?.target
  if (name === undefined) return undefined
  if (!parts.has(name)) throw corruptSource('DOCX, PPTX or XLSX')
  return { name, type: await readContentType(parts, name) }
}

/** Reads the media type of a part: its own, or else that of its extension. */
async function readContentType(parts: Package, part: string): Promise<string> {
  const wantedName = `/${part}`.toLowerCase()
  const wantedExtension = posix.extname(part).slice(1).toLowerCase()
  let own: string | undefined
  let general = ''
  await parts.parse('[Content_Types].xml', {
    open(element, attributes) {
      const type = readAttribute(attributes, 'ContentType') ?? ''
      const name = readAttribute(attributes, 'PartName')?.toLowerCase()
      const extension = readAttribute(attributes, 'Extension')?.toLowerCase()
      if (element === 'Override' && name === wantedName) own = type
      if (element === 'Default' && extension === wantedExtension) general = type
    },
  })
  return own ?? general
}
