import { type Box, boxesIn, findBox, wholeFile } from '../../../sources/boxes.ts'
import { readItemPlaces } from './heif-metadata.ts'
import type { KeptMetadata } from './kept-metadata.ts'
import type { Piece, PiecedFile } from './pieces.ts'

/** Type and length, and the version and flags that some boxes have behind them (ISO 14496-12, 4.2). */
const BOX_BYTES = 8
const FULL_BOX_BYTES = 4

const XMP_TYPE = 'application/rdf+xml'

/** An item that is added: what it is, and what is in it. */
interface Item {
  readonly info: Buffer
  readonly content: Buffer
}

/**
 * Has metadata in an AVIF that libheif has written (ISO 23008-12, annex A): items of their own that describe the picture, and
 * the profile a property of it. There is no place for those of the IPTC.
 *
 * @throws RangeError for a file that is built in another way
 */
export function intoAvif(file: PiecedFile, { exif, xmp, profile }: KeptMetadata): Piece[] {
  const meta = findBox(file, wholeFile(file), 'meta')
  if (meta === undefined) throw new RangeError('an AVIF file was written that has no items')
  const boxes = [...boxesIn(file, { start: meta.start + FULL_BOX_BYTES, end: meta.end })]
  const contentOf = (type: string): Buffer => {
    const found = boxes.find((each) => each.type === type)
    return found === undefined ? Buffer.alloc(0) : file.read(found.start, found.end - found.start)
  }
  const primary = contentOf('pitm').readUInt16BE(FULL_BOX_BYTES)
  const places = readItemPlaces(contentOf('iloc'))
  const first = Math.max(...places.keys()) + 1
  const items = [
    // Behind how far it is to the header, there are the data.
    ...(exif
      ? [{ type: 'Exif', mediaType: '', content: Buffer.concat([number(0, 4), exif]) }]
      : []),
    ...(xmp ? [{ type: 'mime', mediaType: `${XMP_TYPE}\0`, content: xmp }] : []),
  ].map(({ type, mediaType, content }, index): Item => {
    const info = [
      number(first + index, 2),
      number(0, 2),
      Buffer.from(`${type}\0${mediaType}`, 'latin1'),
    ]
    return { info: fullBox('infe', 2, 0, ...info), content }
  })
  const ids = items.map((_, index) => first + index)

  /** All of them, told where the metadata begin and how much further the pictures are. */
  const write = (moved: number, start: number): Buffer => {
    const added = items.map(({ content }, index) => {
      const before = items.slice(0, index).reduce((sum, item) => sum + item.content.length, 0)
      return { id: first + index, start: start + before, length: content.length }
    })
    const kept = [...places].map(([id, { start: at, length }]) => ({
      id,
      start: at + moved,
      length,
    }))
    const changed: Readonly<Record<string, () => Buffer>> = {
      iloc: () => locations([...kept, ...added]),
      iinf: () => withInfos(contentOf('iinf'), items),
      iref: () => references(contentOf('iref'), ids, primary),
      iprp: () => withProfile(file, boxes, { profile, primary }),
    }
    const all = boxes.some(({ type }) => type === 'iref') ? boxes : [...boxes, NO_REFERENCES]
    const written = all.map(
      (each) =>
        changed[each.type]?.() ??
        file.read(each.start - BOX_BYTES, each.end - each.start + BOX_BYTES),
    )
    return fullBox('meta', 0, 0, ...written)
  }
  const moved = write(0, 0).length - (meta.end - meta.start + BOX_BYTES)
  const mediaAt = file.size + moved
  return [
    { start: 0, end: meta.start - BOX_BYTES },
    write(moved, mediaAt + BOX_BYTES),
    { start: meta.end, end: file.size },
    ...(items.length === 0 ? [] : [box('mdat', ...items.map(({ content }) => content))]),
  ]
}

const NO_REFERENCES: Box = { type: 'iref', start: 0, end: 0 }

function locations(items: readonly { id: number; start: number; length: number }[]): Buffer {
  const told = items.map(({ id, start, length }) =>
    Buffer.concat([number(id, 2), number(0, 2), number(1, 2), number(start, 4), number(length, 4)]),
  )
  // Places and lengths have four bytes, and there is nothing that they are to be added to.
  return fullBox('iloc', 0, 0, number(0x4400, 2), number(items.length, 2), ...told)
}

function withInfos(iinf: Buffer, items: readonly Item[]): Buffer {
  const at = FULL_BOX_BYTES
  const count = number(iinf.readUInt16BE(at) + items.length, 2)
  return box(
    'iinf',
    iinf.subarray(0, at),
    count,
    iinf.subarray(at + 2),
    ...items.map((item) => item.info),
  )
}

/** Each item is said to describe the picture. */
function references(iref: Buffer, ids: readonly number[], primary: number): Buffer {
  const described = ids.map((id) => box('cdsc', number(id, 2), number(1, 2), number(primary, 2)))
  const before = iref.length === 0 ? number(0, FULL_BOX_BYTES) : iref
  return box('iref', before, ...described)
}

/** Puts a profile behind the properties that there are, and has the picture have it. */
function withProfile(
  file: PiecedFile,
  boxes: readonly Box[],
  { profile, primary }: { readonly profile: Buffer | undefined; readonly primary: number },
): Buffer {
  const properties = boxes.find(({ type }) => type === 'iprp')
  const container = properties && findBox(file, properties, 'ipco')
  const associations = properties && findBox(file, properties, 'ipma')
  if (properties === undefined || container === undefined || associations === undefined) {
    throw new RangeError('an AVIF file was written that has no properties')
  }
  const bytesOf = ({ start, end }: Box): Buffer => file.read(start, end - start)
  if (profile === undefined) return box('iprp', bytesOf(properties))
  const index = [...boxesIn(file, container)].length + 1
  const colours = box('colr', Buffer.from('prof', 'latin1'), profile)
  return box(
    'iprp',
    box('ipco', bytesOf(container), colours),
    box('ipma', associate(bytesOf(associations), primary, index)),
  )
}

/** ISO 23008-12, 9.3.1: each item with its properties by their numbers, in a byte each as long as there are few. */
function associate(ipma: Buffer, primary: number, property: number): Buffer {
  const isPlain = ipma.readUInt32BE(0) === 0
  if (!isPlain) throw new RangeError('an AVIF file was written with very many properties')
  let at = FULL_BOX_BYTES + 4
  for (let left = ipma.readUInt32BE(FULL_BOX_BYTES); left > 0; left -= 1) {
    const [id, count] = [ipma.readUInt16BE(at), ipma.readUInt8(at + 2)]
    const end = at + 3 + count
    if (id === primary) {
      const told = [number(count + 1, 1), ipma.subarray(at + 3, end), number(property, 1)]
      return Buffer.concat([ipma.subarray(0, at + 2), ...told, ipma.subarray(end)])
    }
    at = end
  }
  throw new RangeError('an AVIF file was written of which the picture has no properties')
}

function fullBox(type: string, version: number, flags: number, ...content: Buffer[]): Buffer {
  return box(type, number(version, 1), number(flags, 3), ...content)
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, each) => sum + each.length, BOX_BYTES)
  return Buffer.concat([number(length, 4), Buffer.from(type, 'latin1'), ...content])
}

function number(value: number, bytes: number): Buffer {
  const written = Buffer.alloc(bytes)
  written.writeUIntBE(value, 0, bytes)
  return written
}
