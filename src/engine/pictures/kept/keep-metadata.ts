import type { Orientation, Size } from '../dimensions.ts'
import type { WrittenFormat } from '../options.ts'
import { cleanExif } from './clean-exif.ts'
import { cleanXmp } from './clean-xmp.ts'
import type { FoundMetadata } from './find-metadata.ts'
import { type KeptMetadata, MOST_EXIF_BYTES } from './kept-metadata.ts'
import { type Piece, type PiecedFile, rewriteFile } from './pieces.ts'
import { intoAvif } from './write-avif.ts'
import { intoJpeg } from './write-jpeg.ts'
import { intoPng } from './write-png.ts'
import { intoTiff } from './write-tiff.ts'
import { intoWebp } from './write-webp.ts'

/** How metadata get into a file of a format, and which of them it has a place for. */
interface Keeper {
  readonly iptc: boolean
  into(file: PiecedFile, metadata: KeptMetadata, shown: Size): readonly Piece[]
}

/** The formats that can have metadata. */
const KEEPERS: Readonly<Partial<Record<WrittenFormat, Keeper>>> = {
  jpeg: { iptc: true, into: intoJpeg },
  png: { iptc: false, into: intoPng },
  webp: { iptc: false, into: intoWebp },
  tiff: { iptc: true, into: intoTiff },
  avif: { iptc: false, into: intoAvif },
}

/** Whether files of a format can have metadata, and a colour profile. */
export function keepsMetadata(format: WrittenFormat): boolean {
  return KEEPERS[format] !== undefined
}

/**
 * What of the metadata of a source can be said of a picture made of it.
 *
 * @param pixels.profile - what is to be written as the profile of its pixels
 * @param pixels.isSrgb - whether they are in sRGB
 * @param pixels.orientation - how they lie; upright unless given
 */
export function cleanMetadata(
  { exif, xmp, iptc }: FoundMetadata,
  {
    profile,
    ...pixels
  }: {
    readonly profile: Buffer | undefined
    readonly isSrgb: boolean
    readonly orientation?: Orientation
  },
): KeptMetadata {
  return {
    exif: exif && cleanExif(exif.read, { at: exif.at, ...pixels }),
    xmp: xmp && cleanXmp(xmp),
    iptc: iptc && iptc.length <= MOST_EXIF_BYTES ? iptc : undefined,
    profile,
  }
}

/** Writes metadata into a file of a format that {@link keepsMetadata has} a place for them. */
export function writeMetadata(
  path: string,
  format: WrittenFormat,
  metadata: KeptMetadata,
  shown: Size,
): void {
  const keeper = KEEPERS[format]
  if (keeper === undefined) return
  rewriteFile(path, (file) => keeper.into(file, metadata, shown))
}

/** About how many bytes metadata take in a file. */
export function sizeOfMetadata({ exif, xmp, iptc, profile }: KeptMetadata): number {
  return [exif, xmp, iptc, profile].reduce((sum, each) => sum + (each ? each.length + 64 : 0), 0)
}

/** Says what of the metadata a picture lacks though they were to be kept, a sentence each. */
export function tellUnkept(
  format: WrittenFormat,
  title: string,
  { exif, xmp, iptc }: KeptMetadata,
): string[] {
  if (exif === undefined && xmp === undefined && iptc === undefined) {
    return [
      'There were no metadata to keep: the source has none, or is a page, a drawing or a video, of which they are not those of the picture.',
    ]
  }
  if (iptc === undefined || KEEPERS[format]?.iptc !== false) return []
  return [
    `What its metadata of the IPTC say is not there, as ${title} files have no place for them.`,
  ]
}
