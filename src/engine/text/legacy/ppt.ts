import { corruptSource } from '../../../base/operation-error.ts'
import type { LegacyDocument } from '../../../packages/compound.ts'
import { addTo } from '../../../packages/limited-list.ts'
import type { Flow } from '../flow.ts'
import { type PptRecord, readPptRecords, readRecord } from './ppt-records.ts'
import { readSlideText, readTexts } from './ppt-text.ts'

/** Records of a presentation ([MS-PPT] 2.13.24). */
const SLIDE_FACTS = 0x3ef
const PAGE = 0x3f3
const PAGES = 0xff0
const EDIT = 0xff5

/** Lists of pages, by what they are of. */
const SLIDES = 0
const NOTES = 2

/** Where the stream of the user says which edit was the last, and where an edit has what is needed of it. */
const LAST_EDIT = 16
const EDIT_BEFORE = 8
const PLACES = 12
const DOCUMENT = 16
/** More saves than anybody makes without saving the whole. */
const MOST_EDITS = 10_000

/** Where a slide says which its notes are. */
const NOTES_OF_SLIDE = 16

/** A slide or a page of notes, as the document lists it. */
interface Page {
  /** By which notes are referred to. */
  readonly id: number
  /** By which its place is known. */
  readonly reference: number
  /** What follows in the list: the texts of its outline. */
  readonly records: PptRecord[]
}

/**
 * Writes the text of a presentation of 1997 to 2003 as that of a PPTX is: its slides in the order they are shown, each with its
 * speaker's notes.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function readPpt({ streams }: LegacyDocument, flow: Flow): void {
  const stream = streams('PowerPoint Document') ?? Buffer.alloc(0)
  const user = streams('Current User') ?? Buffer.alloc(0)
  const { places, document } = readPlaces(stream, user.readUInt32LE(LAST_EDIT))
  const find = (reference: number): Buffer => {
    const place = places.get(reference)
    if (place === undefined) throw corruptSource('PPT')
    return readRecord(stream, place).data
  }
  const lists = Array.from(readPptRecords(find(document))).filter(({ type }) => type === PAGES)
  const notes = new Map(listPages(lists, NOTES).map((page) => [page.id, page]))
  for (const [index, { reference, records }] of listPages(lists, SLIDES).entries()) {
    const slide = find(reference)
    flow.section()
    flow.name(`Slide ${index + 1}`)
    readSlideText(slide, 'slide', readTexts(records), flow)
    const page = notes.get(notesOf(slide))
    if (page !== undefined) {
      readSlideText(find(page.reference), 'notes', readTexts(page.records), flow)
    }
  }
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

function listPages(lists: readonly PptRecord[], of: number): Page[] {
  const pages: Page[] = []
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

/** The notes of a slide; 0 is for none. */
function notesOf(slide: Buffer): number {
  for (const { type, data } of readPptRecords(slide)) {
    if (type === SLIDE_FACTS) return data.readUInt32LE(NOTES_OF_SLIDE)
  }
  return 0
}
