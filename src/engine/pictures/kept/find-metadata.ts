import type { ReadBytes } from '../../../sources/open-file.ts'
import { withOpenFile } from '../../../sources/open-file.ts'
import type { Content } from '../../../sources/signatures.ts'
import { openTiff, TIFF_TYPE_BYTES } from '../../../sources/tiff-directory.ts'
import { findTiffPages } from '../../../sources/tiff-pages.ts'
import { sharp } from '../libvips.ts'
import { readHeifMetadata } from './heif-metadata.ts'
import { MOST_KEPT_BYTES } from './kept-metadata.ts'
import { findResource, isIptc, RESOURCES } from './photoshop-resources.ts'

/** What a file says of its picture, as it stands there. */
export interface FoundMetadata {
  /** Where there are Exif data: in a TIFF file the file itself, from the directory of the picture on. */
  readonly exif?: { readonly read: ReadBytes; readonly at?: number | undefined } | undefined
  readonly xmp?: Buffer | undefined
  readonly iptc?: Buffer | undefined
}

const TAGS = { xmp: 700, iptc: 33_723 } as const

/**
 * Finds what the file of a picture says of it.
 *
 * @param page - of a TIFF file, counted from 1
 * @returns nothing where nothing is found, damaged or not: whether the picture can be made does not depend on it
 */
export async function findMetadata(
  { path, content }: { readonly path: string; readonly content: Content | undefined },
  page: number,
): Promise<FoundMetadata> {
  const find = content && FINDERS[content]
  if (find === undefined) return {}
  try {
    return await find(path, page)
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    return {}
  }
}

/** How metadata are found in files of a format. */
const FINDERS: Readonly<
  Partial<Record<Content, (path: string, page: number) => FoundMetadata | Promise<FoundMetadata>>>
> = {
  jpeg: askLibvips,
  png: askLibvips,
  webp: askLibvips,
  gif: askLibvips,
  avif: readHeif,
  heic: readHeif,
  tiff: readTiff,
  raw: readTiff,
  psd: readPsd,
}

function readHeif(path: string): FoundMetadata {
  return withOpenFile(path, (file) => fromExif(readHeifMetadata(file)))
}

async function askLibvips(path: string): Promise<FoundMetadata> {
  const { exif, xmp, iptc } = await sharp(path, { limitInputPixels: false }).metadata()
  return fromExif({ exif, xmp, iptc: iptc && datasetsIn(iptc) })
}

/** The mark before Exif data in JPEG, which other formats may have as well. */
const EXIF_MARK = 'Exif\0\0'

function fromExif({
  exif,
  ...others
}: {
  readonly exif: Buffer | undefined
  readonly xmp: Buffer | undefined
  readonly iptc?: Buffer | undefined
}): FoundMetadata {
  if (exif === undefined) return others
  const start = exif.toString('latin1', 0, 6) === EXIF_MARK ? EXIF_MARK.length : 0
  const read: ReadBytes = (at, length) => exif.subarray(start + at, start + at + length)
  return { ...others, exif: { read } }
}

/** JPEG has them in a resource of Photoshop, TIFF may have them as they are. */
function datasetsIn(bytes: Buffer): Buffer | undefined {
  const found = isIptc(bytes) ? bytes : findResource(bytes, RESOURCES.iptc)
  return found && isIptc(found) ? found : undefined
}

function readTiff(path: string, page: number): FoundMetadata {
  const found = withOpenFile(path, (file) => {
    const tiff = openTiff(file.read)
    const at = findTiffPages(file)[page - 1]?.directory.at ?? tiff?.first
    if (tiff === undefined || at === undefined) return undefined
    const { fields } = tiff.directoryAt(at)
    const bytesOf = (tag: number): Buffer | undefined => {
      const field = fields.get(tag)
      if (field === undefined) return undefined
      const length = field.count * (TIFF_TYPE_BYTES[field.type] ?? 0)
      return length > MOST_KEPT_BYTES ? undefined : file.read(field.position, length)
    }
    const iptc = bytesOf(TAGS.iptc)
    return { at, xmp: bytesOf(TAGS.xmp), iptc: iptc && datasetsIn(iptc) }
  })
  if (found === undefined) return {}
  const { at, ...others } = found
  const read: ReadBytes = (position, length) =>
    withOpenFile(path, (file) => file.read(position, length))
  return { ...others, exif: { read, at } }
}

/** Where the lengths of a PSD file begin, and what is read of its resources (Photoshop File Formats, "File header section"). */
const PSD_HEADER_BYTES = 26

function readPsd(path: string): FoundMetadata {
  return withOpenFile(path, ({ read }) => {
    const lengthAt = (at: number): number => read(at, 4).readUInt32BE(0)
    const resourcesAt = PSD_HEADER_BYTES + 4 + lengthAt(PSD_HEADER_BYTES)
    const bytes = read(resourcesAt + 4, Math.min(lengthAt(resourcesAt), 4 * MOST_KEPT_BYTES))
    const iptc = findResource(bytes, RESOURCES.iptc)
    return fromExif({
      exif: findResource(bytes, RESOURCES.exif),
      xmp: findResource(bytes, RESOURCES.xmp),
      iptc: iptc && datasetsIn(iptc),
    })
  })
}
