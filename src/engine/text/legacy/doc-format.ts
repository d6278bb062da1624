import { findLast } from './find-last.ts'

/** The properties of a run or of a paragraph: operands by the numbers of their modifiers ([MS-DOC] 2.6). */
export type Modifiers = ReadonlyMap<number, Buffer>

/** What holds at a byte of the stream of a document, and up to which one. */
interface Formatted {
  /** Where something else begins to hold, in bytes. */
  readonly end: number
  readonly modifiers: Modifiers
}

/** Tells what holds at a byte of the stream. */
export type Formatting = (at: number) => Formatted

/** How the pages of a table say where the properties of a run, or those of a paragraph, are ([MS-DOC] 2.9.55 and 2.9.175). */
export type Target = 'runs' | 'paragraphs'

const PAGE_BYTES = 512
/** What each entry of a page has, in bytes: where its properties are, and of a paragraph how high it was. */
const ENTRY_BYTES = { runs: 1, paragraphs: 13 } as const

const NOTHING: Modifiers = new Map()

/**
 * Makes what tells the formatting of text. Pages of it are read as they are asked for, since a damaged document may name one
 * without end.
 *
 * @param stream - the text and the pages
 * @param table - where each page begins to hold, then which one it is ([MS-DOC] 2.8.5)
 */
export function createFormatting(stream: Buffer, table: Buffer, target: Target): Formatting {
  const count = Math.max(Math.floor((table.length - 4) / 8), 0)
  let page: readonly Formatted[] = []
  let pageNumber = -1

  return (at) => {
    const entry = findLast(count, (index) => table.readUInt32LE(index * 4) <= at)
    if (entry < 0) return { end: count > 0 ? table.readUInt32LE(0) : Infinity, modifiers: NOTHING }
    const number = table.readUInt32LE((count + 1 + entry) * 4) & 0x3fffff
    if (number !== pageNumber) page = readPage(stream, number * PAGE_BYTES, target)
    pageNumber = number
    const end = table.readUInt32LE((entry + 1) * 4)
    const found = page.find((run) => run.end > at)
    return found ?? { end: end > at ? end : Infinity, modifiers: NOTHING }
  }
}

function readPage(stream: Buffer, start: number, target: Target): Formatted[] {
  const page = stream.subarray(start, start + PAGE_BYTES)
  const count = page.readUInt8(PAGE_BYTES - 1)
  return Array.from({ length: count }, (_, index) => {
    const end = page.readUInt32LE((index + 1) * 4)
    const at = page.readUInt8((count + 1) * 4 + index * ENTRY_BYTES[target]) * 2
    return { end, modifiers: at === 0 ? NOTHING : readEntry(page, at, target) }
  })
}

function readEntry(page: Buffer, at: number, target: Target): Modifiers {
  const size = page.readUInt8(at)
  if (target === 'runs') return readModifiers(page.subarray(at + 1, at + 1 + size))
  // The style of the paragraph goes before what differs from it.
  const [start, end] =
    size > 0 ? [at + 1, at + size * 2] : [at + 2, at + 2 + page.readUInt8(at + 1) * 2]
  return readModifiers(page.subarray(start + 2, end))
}

/** Sizes of operands in bytes, by the upper three bits of a modifier; 6 is for those that say how long they are. */
const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, undefined, 3] as const
/** The definition of a table, whose size takes two bytes and is one more than there are. */
const TABLE_DEFINITION = 0xd608

function readModifiers(bytes: Buffer): Modifiers {
  const modifiers = new Map<number, Buffer>()
  let at = 0
  while (at + 2 < bytes.length) {
    const code = bytes.readUInt16LE(at)
    at += 2
    let size: number | undefined = OPERAND_BYTES[code >> 13]
    if (code === TABLE_DEFINITION) {
      if (at + 2 > bytes.length) break
      size = bytes.readUInt16LE(at) - 1
      at += 2
    } else if (size === undefined) {
      size = bytes.readUInt8(at)
      at += 1
    }
    modifiers.set(code, bytes.subarray(at, at + size))
    at += Math.max(size, 0)
  }
  return modifiers
}
