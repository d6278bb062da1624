import { boxesIn, findBox, wholeFile } from '../../../sources/boxes.ts'
import type { OpenFile } from '../../../sources/open-file.ts'
import { MOST_KEPT_BYTES } from './kept-metadata.ts'

/** The version and the flags that some boxes begin with (ISO 14496-12, 4.2.2). */
const FULL_BOX_BYTES = 4

/** Where the bytes of an item are, of one piece. */
export interface ItemPlace {
  readonly start: number
  readonly length: number
}

/**
 * Reads the Exif data and the XMP packet of an AVIF or HEIC file, which are items of their own (ISO 23008-12, annex A).
 *
 * @throws RangeError for boxes that end too soon
 */
export function readHeifMetadata(file: OpenFile): {
  readonly exif: Buffer | undefined
  readonly xmp: Buffer | undefined
} {
  const meta = findBox(file, wholeFile(file), 'meta')
  const within = meta && { start: meta.start + FULL_BOX_BYTES, end: meta.end }
  const infos = within && findBox(file, within, 'iinf')
  const locations = within && findBox(file, within, 'iloc')
  if (infos === undefined || locations === undefined) return { exif: undefined, xmp: undefined }
  const versionBytes = file.read(infos.start, 1)[0] === 0 ? 2 : 4
  const entries = { start: infos.start + FULL_BOX_BYTES + versionBytes, end: infos.end }
  const items = Array.from(boxesIn(file, entries), ({ start, end }) =>
    readItemInfo(file.read(start, Math.min(end - start, 512))),
  )
  const places = readItemPlaces(
    file.read(locations.start, Math.min(locations.end - locations.start, 65_536)),
  )
  const bytesOf = (isMeant: (item: ItemInfo) => boolean): Buffer | undefined => {
    const item = items.find(isMeant)
    const place = item && places.get(item.id)
    if (place === undefined || place.length > MOST_KEPT_BYTES) return undefined
    return file.read(place.start, place.length)
  }
  const exif = bytesOf(({ type }) => type === 'Exif')
  return {
    // It begins with how far it is to the TIFF header.
    exif: exif?.subarray(4 + exif.readUInt32BE(0)),
    xmp: bytesOf(({ type, mediaType }) => type === 'mime' && mediaType === 'application/rdf+xml'),
  }
}

interface ItemInfo {
  readonly id: number
  readonly type: string
  readonly mediaType: string
}

/** ISO 14496-12, 8.11.6.2; versions 0 and 1 know no types. */
function readItemInfo(infe: Buffer): ItemInfo {
  const isLong = infe[0] === 3
  const id = isLong ? infe.readUInt32BE(FULL_BOX_BYTES) : infe.readUInt16BE(FULL_BOX_BYTES)
  const typeAt = FULL_BOX_BYTES + (isLong ? 4 : 2) + 2
  // A name and a media type, each ended by a zero.
  const [, mediaType = ''] = infe.toString('latin1', typeAt + 4).split('\0')
  return { id, type: infe.toString('latin1', typeAt, typeAt + 4), mediaType }
}

/** Where items are that are in the file as such, and in one piece (ISO 14496-12, 8.11.3.2). */
export function readItemPlaces(iloc: Buffer): ReadonlyMap<number, ItemPlace> {
  const version = iloc[0] ?? 0
  let at = FULL_BOX_BYTES
  const next = (bytes: number): number => {
    at += bytes
    if (bytes === 8) return Number(iloc.readBigUInt64BE(at - 8))
    return bytes === 0 ? 0 : iloc.readUIntBE(at - bytes, bytes)
  }
  const [sizes, more] = [next(1), next(1)]
  const [offsetBytes, lengthBytes] = [sizes >> 4, sizes & 15]
  const [baseBytes, indexBytes] = [more >> 4, version === 0 ? 0 : more & 15]
  const places = new Map<number, ItemPlace>()
  for (let left = next(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const id = next(version < 2 ? 2 : 4)
    const method = version === 0 ? 0 : next(2) & 15
    next(2)
    const base = next(baseBytes)
    const extents = Array.from({ length: next(2) }, () => {
      next(indexBytes)
      return { start: base + next(offsetBytes), length: next(lengthBytes) }
    })
    const [only, ...others] = extents
    if (method === 0 && only !== undefined && others.length === 0) places.set(id, only)
  }
  return places
}
