import { type FormatId, KNOWN_FORMATS } from '../sources/formats.ts'
import { findMainPart } from './opc.ts'
import { type Package, readWhole, withPackage } from './package.ts'

/** Formats whose packages name their media type. */
const NAMED = ['odt', 'ods', 'odp', 'odg', 'odf', 'odc', 'epub', 'kra', 'ora'] as const

/** Documents of programs that draw, by the parts that each of them has. */
const DESIGNS: readonly (readonly [format: FormatId, parts: readonly string[]])[] = [
  ['xd', ['manifest', 'artwork/']],
  ['sketch', ['document.json', 'meta.json', 'pages/']],
  ['fig', ['canvas.fig']],
  ['procreate', ['Document.archive', 'QuickLook/']],
]

/** A media type is no longer, in bytes. */
const MEDIA_TYPE_BYTES = 255

/**
 * Tells what a package is by its parts.
 *
 * @param source - its path or its bytes
 * @returns undefined when it is no document
 * @throws {@link OperationError} when it is damaged
 */
export function identifyPackage(source: string | Buffer): Promise<FormatId | undefined> {
  return withPackage(source, async (parts) => {
    // Templates, master documents and pages have suffixes, and are of the same kind for whoever reads them.
    const mediaType = (await readMediaType(parts)).replace(/(?:-(?:template|master|web))+$/, '')
    return (
      NAMED.find((id) => KNOWN_FORMATS[id].mediaType === mediaType) ??
      (await findMainPart(parts))?.format ??
      DESIGNS.find(([, marks]) => marks.every((mark) => hasPart(parts.names, mark)))?.[0]
    )
  })
}

/** The media type that OpenDocument and EPUB files have a part for; '' of others. */
export async function readMediaType(parts: Package): Promise<string> {
  if (!parts.has('mimetype')) return ''
  const named = await readWhole(parts, 'mimetype', MEDIA_TYPE_BYTES)
  return named?.toString('latin1').trim() ?? ''
}

/** Whether there is a part of a name, or one in a folder, which a slash tells. */
function hasPart(names: readonly string[], mark: string): boolean {
  return names.some((name) => (mark.endsWith('/') ? name.startsWith(mark) : name === mark))
}
