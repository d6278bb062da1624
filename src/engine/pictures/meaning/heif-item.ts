import { type Box, boxesIn, findBox, wholeFile } from '../../../sources/boxes.ts'
import type { ReadableFile } from '../../../sources/open-file.ts'
import { readAv1Codes } from './av1-codes.ts'
import { type Codes, type ColourSpace, colourSpaceOf, isSrgb } from './colour-space.ts'

/** What AVIF and HEIC files say of their picture that is not in its pixels. */
export interface HeifItem {
  /** Undefined when the colours mean sRGB, or what a profile says. */
  readonly colours: ColourSpace | undefined
  /** Whether the colours have been multiplied with how much they cover. */
  readonly premultiplied: boolean
}

/** The version and the flags that some boxes begin with (ISO 14496-12, 4.2.2). */
const FULL_BOX_BYTES = 4

/** The most that is read of a box, in bytes. */
const MOST_BYTES = 65_536

const NOTHING_SAID: HeifItem = { colours: undefined, premultiplied: false }

/** Reads what an AVIF or HEIC file says of its primary picture (ISO 23008-12, 6.5.5; ISO 23000-22, 7.3.5.2). */
export function readHeifItem(file: ReadableFile): HeifItem {
  const meta = findBox(file, wholeFile(file), 'meta')
  if (meta === undefined) return NOTHING_SAID
  try {
    return readItem(file, { start: meta.start + FULL_BOX_BYTES, end: meta.end })
  } catch (error) {
    // A box that ends too soon: whoever decodes the picture will say more.
    if (error instanceof RangeError) return NOTHING_SAID
    throw error
  }
}

function readItem(file: ReadableFile, meta: Pick<Box, 'start' | 'end'>): HeifItem {
  const contentOf = (box: Box | undefined): Buffer | undefined =>
    box && file.read(box.start, Math.min(box.end - box.start, MOST_BYTES))
  const primary = readPrimary(contentOf(findBox(file, meta, 'pitm')))
  if (primary === undefined) return NOTHING_SAID
  const properties = findBox(file, meta, 'iprp')
  const container = properties && findBox(file, properties, 'ipco')
  const associations = properties && contentOf(findBox(file, properties, 'ipma'))
  const all = container === undefined ? [] : [...boxesIn(file, container)]
  const own = associations === undefined ? [] : readAssociations(associations, primary)
  const of = own.flatMap((index) => all[index - 1] ?? [])
  return {
    colours: readColours(of, contentOf, () => {
      const data = readStart(file, contentOf(findBox(file, meta, 'iloc')), primary)
      return data && readAv1Codes(data)
    }),
    premultiplied: isPremultiplied(file, findBox(file, meta, 'iref'), primary),
  }
}

function readPrimary(pitm: Buffer | undefined): number | undefined {
  if (pitm === undefined) return undefined
  return pitm[0] === 0 ? pitm.readUInt16BE(FULL_BOX_BYTES) : pitm.readUInt32BE(FULL_BOX_BYTES)
}

/** The properties that an item has, by their numbers from 1. */
function readAssociations(ipma: Buffer, item: number): readonly number[] {
  const [isLong, isWide] = [ipma[0] !== 0, ((ipma[3] ?? 0) & 1) === 1]
  let at = FULL_BOX_BYTES
  const next = (bytes: 1 | 2 | 4): number => {
    at += bytes
    return ipma.readUIntBE(at - bytes, bytes)
  }
  for (let left = next(4); left > 0; left -= 1) {
    const id = next(isLong ? 4 : 2)
    // The highest bit says that whoever does not know the property must not show the picture.
    const properties = Array.from({ length: next(1) }, () =>
      isWide ? next(2) & 0x7fff : next(1) & 0x7f,
    )
    if (id === item) return properties
  }
  return []
}

function readColours(
  properties: readonly Box[],
  contentOf: (box: Box) => Buffer | undefined,
  codesOfData: () => Codes | undefined,
): ColourSpace | undefined {
  const contents = (type: string) =>
    properties.filter((box) => box.type === type).flatMap((box) => contentOf(box) ?? [])
  const told = contents('colr')
  if (told.some((content) => ['prof', 'rICC'].includes(kindOf(content)))) return undefined
  const box = told.find((content) => kindOf(content) === 'nclx')
  const isAv1 = properties.some(({ type }) => type === 'av1C')
  const codes = box
    ? { primaries: box.readUInt16BE(4), transfer: box.readUInt16BE(6) }
    : isAv1
      ? codesOfData()
      : undefined
  if (codes === undefined) return undefined
  const [light] = contents('clli')
  const most = light?.readUInt16BE(0)
  const space = colourSpaceOf(codes, {
    television: { kind: 'srgb' },
    mostNits: most === 0 ? undefined : most,
  })
  return space === undefined || isSrgb(space) ? undefined : space
}

/** How much is read of the data of an item: what it begins with says what its colours mean. */
const MOST_DATA_BYTES = 1024

/** The start of the data of an item that is in the file itself (ISO 14496-12, 8.11.3). */
function readStart(file: ReadableFile, iloc: Buffer | undefined, item: number): Buffer | undefined {
  if (iloc === undefined) return undefined
  const version = iloc.readUInt8(0)
  let at = FULL_BOX_BYTES
  const next = (bytes: number): number => {
    let value = 0
    for (const end = at + bytes; at < end; at += 1) value = value * 256 + iloc.readUInt8(at)
    return value
  }
  const sizes = next(2)
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15]
  const indexBytes = version === 0 ? 0 : sizes & 15
  for (let left = next(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const id = next(version < 2 ? 2 : 4)
    const isInFile = version === 0 || (next(2) & 15) === 0
    next(2)
    const base = next(baseBytes)
    const extents = next(2)
    if (id !== item) {
      at += extents * (indexBytes + offsetBytes + lengthBytes)
      continue
    }
    if (!isInFile) return undefined
    next(indexBytes)
    const offset = base + next(offsetBytes)
    const length = next(lengthBytes)
    return file.read(offset, Math.min(length || MOST_DATA_BYTES, MOST_DATA_BYTES))
  }
  return undefined
}

/** In which way a box `colr` tells colours. */
function kindOf(content: Buffer): string {
  return content.toString('latin1', 0, 4)
}

/** Whether the item refers to another as that with which it has been multiplied. */
function isPremultiplied(file: ReadableFile, references: Box | undefined, item: number): boolean {
  if (references === undefined) return false
  const [version] = file.read(references.start, 1)
  const idBytes = version === 0 ? 2 : 4
  const inside = { start: references.start + FULL_BOX_BYTES, end: references.end }
  return [...boxesIn(file, inside)].some(
    ({ type, start }) =>
      type === 'prem' && file.read(start, idBytes).readUIntBE(0, idBytes) === item,
  )
}
