import { boxesIn, findBox, wholeFile } from '../../src/sources/boxes.ts'

/** How an AVIF or HEIC file says that its picture is turned: by quarters to the left, and mirrored at a line. */
export interface HeifTurn {
  readonly quarters: 0 | 1 | 2 | 3
  /** 0 turns the top to the bottom, 1 the left to the right. */
  readonly mirrored?: 0 | 1 | undefined
}

/** What encoders say of how a picture is turned. */
const TURNS: ReadonlySet<string> = new Set(['irot', 'imir'])

/** The version and the flags of a box, and how many items the box `ipma` has. */
const FULL_BOX_BYTES = 4
const COUNT_BYTES = 4

function boxOf(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.length + head.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}

/**
 * Turns the first item of an AVIF or HEIC file, whatever it said of that before (ISO 23008-12, 6.5.10 and 6.5.12); its numbers of items
 * and properties have to be short ones. The box `meta` is written behind the rest, so that nothing else moves.
 */
export function turnHeif(file: Buffer, { quarters, mirrored }: HeifTurn): Buffer {
  const open = {
    size: file.length,
    read: (at: number, bytes: number) => file.subarray(at, at + bytes),
  }
  const inside = (outer: { readonly start: number; readonly end: number }, type: string) => {
    const box = findBox(open, outer, type)
    if (box === undefined) throw new Error(`there is no box ${type}`)
    return box
  }
  const meta = inside(wholeFile(open), 'meta')
  const metaContent = { start: meta.start + FULL_BOX_BYTES, end: meta.end }
  const properties = inside(metaContent, 'iprp')
  const container = inside(properties, 'ipco')
  const associations = inside(properties, 'ipma')

  const kinds = [...boxesIn(open, container)].map(({ type }) => type)
  const added = [
    boxOf('irot', Buffer.of(quarters)),
    ...(mirrored === undefined ? [] : [boxOf('imir', Buffer.of(mirrored))]),
  ]
  const own = associations.start + FULL_BOX_BYTES + COUNT_BYTES
  const count = file.readUInt8(own + 2)
  const kept = [...file.subarray(own + 3, own + 3 + count)].filter(
    (index) => !TURNS.has(kinds[(index & 0x7f) - 1] ?? ''),
  )
  const all = [...kept, ...added.map((_, index) => (kinds.length + 1 + index) | 0x80)]
  const rewritten = boxOf(
    'iprp',
    boxOf('ipco', file.subarray(container.start, container.end), ...added),
    boxOf(
      'ipma',
      file.subarray(associations.start, own + 2),
      Buffer.of(all.length, ...all),
      file.subarray(own + 3 + count, associations.end),
    ),
  )
  const others = [...boxesIn(open, metaContent)].filter(({ type }) => type !== 'iprp')
  const gone = Buffer.from(file)
  gone.write('free', meta.start - 4, 'latin1')
  return Buffer.concat([
    gone,
    boxOf(
      'meta',
      file.subarray(meta.start, metaContent.start),
      ...others.map(({ start, end }) => file.subarray(start - 8, end)),
      rewritten,
    ),
  ])
}

/** Says in the Exif data of a file, of which the tag is the first one, how its picture is turned. */
export function withExifOrientation(file: Buffer, orientation: number): Buffer {
  const tagged = Buffer.from(file)
  const [little, big] = [Buffer.from('12010300', 'hex'), Buffer.from('01120003', 'hex')]
  const at = [little, big].map((tag) => file.indexOf(tag)).find((found) => found !== -1)
  if (at === undefined) throw new Error('there is no orientation')
  if (file.subarray(at, at + 4).equals(little)) tagged.writeUInt16LE(orientation, at + 8)
  else tagged.writeUInt16BE(orientation, at + 8)
  return tagged
}
