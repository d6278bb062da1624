import { corruptSource } from '../../../base/operation-error.ts'
import { type LegacyDocument, unreadLegacy } from '../../../packages/compound.ts'

/** The first number of a document ([MS-DOC] 2.5.2), and the first version that is written like this. */
const MARK = 0xa5ec
const WORD_97 = 0xc1

/** The flags, of which one tells which of two streams has the tables. */
const FLAGS = 10
const HAS_SECOND_TABLE = 0x0200

/** Where the numbers of characters and the places of the tables are ([MS-DOC] 2.5.4 and 2.5.6). */
const COUNTS = 76
const PLACES = 154

/** The tables that text is read with, by their numbers. */
const TABLES = {
  headers: 11,
  runs: 12,
  paragraphs: 13,
  fonts: 15,
  pieces: 33,
  anchors: 40,
  'anchors in headers': 41,
  boxes: 56,
  'boxes in headers': 58,
} as const

/** The parts of a document, in the order in which their characters follow each other. */
const PARTS = [
  'main',
  'footnotes',
  'headers',
  'macros',
  'comments',
  'endnotes',
  'boxes',
  'boxes in headers',
] as const

/** A range of characters of a document. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What a document says first: where all else is. */
export interface DocHeader {
  /** The stream with the text. */
  readonly stream: Buffer
  readonly table: (name: keyof typeof TABLES) => Buffer
  readonly part: (name: (typeof PARTS)[number]) => Range
}

/** @throws {@link OperationError} when it is older than Word 97, or damaged */
export function readDocHeader(document: LegacyDocument): DocHeader {
  const stream = document.streams('WordDocument') ?? Buffer.alloc(0)
  if (stream.readUInt16LE(0) !== MARK) throw corruptSource('DOC')
  if (stream.readUInt16LE(2) < WORD_97) throw unreadLegacy(document, 'older than a')
  const hasSecond = (stream.readUInt16LE(FLAGS) & HAS_SECOND_TABLE) > 0
  const tables = document.streams(hasSecond ? '1Table' : '0Table')
  if (tables === undefined) throw corruptSource('DOC')
  return {
    stream,
    table(name) {
      const at = PLACES + TABLES[name] * 8
      const start = stream.readUInt32LE(at)
      return tables.subarray(start, start + stream.readUInt32LE(at + 4))
    },
    part(name) {
      let start = 0
      for (const [index, part] of PARTS.entries()) {
        const end = start + stream.readUInt32LE(COUNTS + index * 4)
        if (part === name) return { start, end }
        start = end
      }
      return { start, end: start }
    },
  }
}
