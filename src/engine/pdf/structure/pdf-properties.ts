import { withOpenFile } from '../../../sources/open-file.ts'
import { openStructure, type PdfStructure } from './open-structure.ts'
import { countPages } from './page-count.ts'
import { decodeTextString } from './text-string.ts'
import { nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** What a PDF says of itself. */
export interface PdfProperties {
  /** As its beginning or its catalog has it, such as `1.7`. */
  readonly version: string | undefined
  /** Whether its pages come in an order for slow connections. */
  readonly isLinearized: boolean
  /** As many as there are, whatever is said of them. */
  readonly pages: number
  /** How it is encrypted: not, so that it could be opened, so that it could not, or in a way that no password opens. */
  readonly security: PdfStructure['security']
  /** Whether its tables lead nowhere, so that its objects had to be looked for. */
  readonly isRepaired: boolean
  /** The dictionary `Info`, names as texts among it, without what is empty. */
  readonly texts: ReadonlyMap<string, string>
  /** How it wants to be opened (`PageMode`, `PageLayout`), in which language it is (`Lang`), as its catalog has it. */
  readonly catalog: ReadonlyMap<'PageMode' | 'PageLayout' | 'Lang', string>
  /** Whether it says which of its contents are headings, paragraphs and so on. */
  readonly isTagged: boolean
  /** Its packet of XMP. */
  readonly packet: Buffer | undefined
  /** What there is and could not be read. */
  readonly unread: readonly ('properties' | 'packet')[]
}

const IN_CATALOG = ['PageMode', 'PageLayout', 'Lang'] as const

/** The most that a packet may hold, in bytes. */
const MOST_PACKET_BYTES = 64_000_000

/** Where the version and the mark of a linearized file stand, in bytes. */
const HEAD_BYTES = 8192

/**
 * Reads what a PDF says of itself: of its objects only those, decrypted if need be, and whatever is damaged elsewhere.
 *
 * @param password - of its owner, or of everybody else
 * @returns undefined when it is damaged beyond repair
 */
export function readProperties(
  path: string,
  password: string | undefined,
): PdfProperties | undefined {
  return withOpenFile(path, (file) => {
    const structure = openStructure(file, password)
    const { catalog, security, isRepaired } = structure
    if (catalog === undefined) return undefined
    const head = file.read(0, HEAD_BYTES).toString('latin1')
    const pages = countPages(structure)
    // Without its password a file may keep its pages for itself.
    if (pages === 0 && (security === 'none' || security === 'open')) return undefined
    const info = readInfo(structure)
    const packet = readPacket(structure, catalog)
    return {
      version:
        nameOf(catalog.get('Version')) ?? /%(?:!PS-Adobe-\S{1,8} )?PDF-(\d\.\d)/.exec(head)?.[1],
      isLinearized: /\/Linearized\s/.test(head) && !isRepaired,
      pages,
      security,
      isRepaired,
      texts: info ?? new Map(),
      catalog: new Map(
        IN_CATALOG.map(
          (name) => [name, toText(structure.resolve(catalog.get(name)))] as const,
        ).filter(([, text]) => text !== ''),
      ),
      isTagged: structure.dictionary(catalog.get('MarkInfo'))?.get('Marked') === true,
      packet: packet === 'unread' ? undefined : packet,
      unread: [
        ...(info === undefined ? (['properties'] as const) : []),
        ...(packet === 'unread' ? (['packet'] as const) : []),
      ],
    }
  })
}

/** @returns undefined when there is one that cannot be read */
function readInfo(structure: PdfStructure): ReadonlyMap<string, string> | undefined {
  const { trailer, dictionary, resolve, security } = structure
  const said = trailer.get('Info')
  const info = dictionary(said)
  if (info === undefined) return said instanceof PdfReference ? undefined : new Map()
  // Its texts are encrypted.
  if (security === 'locked' || security === 'unknown') return undefined
  return new Map(
    Array.from(info, ([name, value]) => [name, toText(resolve(value))] as const).filter(
      ([, text]) => text !== '',
    ),
  )
}

function toText(value: PdfValue | undefined): string {
  if (Buffer.isBuffer(value)) return decodeTextString(value)
  return nameOf(value) ?? ''
}

function readPacket(
  { stream, resolve, security }: PdfStructure,
  catalog: PdfDictionary,
): Buffer | undefined | 'unread' {
  const metadata = catalog.get('Metadata')
  // A writer that has nothing to say may say that.
  if (metadata === undefined || metadata === null || resolve(metadata) === null) return undefined
  if (security === 'unknown') return 'unread'
  return stream(metadata, MOST_PACKET_BYTES) ?? 'unread'
}
