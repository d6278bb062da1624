import { corruptSource } from '../../../base/operation-error.ts'
import type { LegacyDocument } from '../../../packages/compound.ts'
import { addTo } from '../../../packages/limited-list.ts'
import { type PptRecord, readPptRecords, readRecord } from './ppt-records.ts'

/** Records of a presentation ([MS-PPT] 2.13.24). */
const PAGE = 0x3f3
const PAGES = 0xff0
const EDIT = 0xff5

/** Lists of pages, by what they are of. */
const LISTS = { slides: 0, masters: 1, notes: 2 } as const

/** Where the stream of the user says which edit was the last, and where an edit has what is needed of it. */
const LAST_EDIT = 16
const EDIT_BEFORE = 8
const PLACES = 12
const DOCUMENT = 16
/** More saves than anybody makes without saving the whole. */
const MOST_EDITS = 10_000

/** A slide, a master or a page of notes, as the document lists it. */
export interface PptPage {
  /** By which notes and masters are referred to. */
  readonly id: number
  /** By which its place is known. */
  readonly reference: number
  /** What follows in the list: the texts of its outline. */
  readonly records: PptRecord[]
}

/** A presentation of 1997 to 2003. */
export interface PptFile {
  /** The records of the document itself. */
  readonly document: Buffer
  /** Finds the records of something by its reference; undefined where there is nothing. */
  readonly find: (reference: number) => Buffer | undefined
  readonly list: (of: keyof typeof LISTS) => readonly PptPage[]
}

/**
 * Opens a presentation.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function openPpt({ streams }: LegacyDocument): PptFile {
  const stream = streams('PowerPoint Document') ?? Buffer.alloc(0)
  const user = streams('Current User') ?? Buffer.alloc(0)
  const { places, document: reference } = readPlaces(stream, user.readUInt32LE(LAST_EDIT))
  const find = (wanted: number): Buffer | undefined => {
    const place = places.get(wanted)
    return place === undefined ? undefined : readRecord(stream, place).data
  }
  const document = find(reference)
  if (document === undefined) throw corruptSource('PPT')
  const lists = Array.from(readPptRecords(document)).filter(({ type }) => type === PAGES)
  return { document, find, list: (of) => listPages(lists, LISTS[of]) }
}

/** Where everything is, after the last of all edits; the document is one of these. */
function readPlaces(
  stream: Buffer,
  lastEdit: number,
): { readonly places: ReadonlyMap<number, number>; readonly document: number } {
  const places = new Map<number, number>()
  let document: number | undefined
  let edit = lastEdit
  for (let count = 0; count < MOST_EDITS; count += 1) {
    const { type, data } = readRecord(stream, edit)
    if (type !== EDIT) throw corruptSource('PPT')
    document ??= data.readUInt32LE(DOCUMENT)
    for (const [reference, place] of readDirectory(stream, data.readUInt32LE(PLACES))) {
      // What was written later counts.
      if (!places.has(reference)) places.set(reference, place)
    }
    const before = data.readUInt32LE(EDIT_BEFORE)
    // Each edit is behind the one before it.
    if (before === 0 || before >= edit) break
    edit = before
  }
  if (document === undefined) throw corruptSource('PPT')
  return { places, document }
}

/** Reads runs of places, each with the first reference in 20 bits and how many there are in 12 ([MS-PPT] 2.3.5). */
function* readDirectory(stream: Buffer, at: number): Generator<[reference: number, place: number]> {
  const { data } = readRecord(stream, at)
  let next = 0
  while (next + 4 <= data.length) {
    const run = data.readUInt32LE(next)
    const [first, count] = [run & 0xfffff, run >>> 20]
    next += 4
    for (let index = 0; index < count; index += 1) {
      yield [first + index, data.readUInt32LE(next)]
      next += 4
    }
  }
}

function listPages(lists: readonly PptRecord[], of: number): PptPage[] {
  const pages: PptPage[] = []
  for (const { instance, data } of lists) {
    if (instance !== of) continue
    for (const record of readPptRecords(data)) {
      if (record.type !== PAGE) {
        pages.at(-1)?.records.push(record)
        continue
      }
      addTo(pages, {
        reference: record.data.readUInt32LE(0),
        id: record.data.readUInt32LE(12),
        records: [],
      })
    }
  }
  return pages
}
