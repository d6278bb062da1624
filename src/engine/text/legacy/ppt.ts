import { corruptSource } from '../../../base/operation-error.ts'
import type { LegacyDocument } from '../../../packages/compound.ts'
import type { Flow } from '../flow.ts'
import { openPpt } from './ppt-file.ts'
import { readPptRecords } from './ppt-records.ts'
import { readSlideText, readTexts } from './ppt-text.ts'

/** What a slide says of itself ([MS-PPT] 2.13.24), and where in it which its notes are. */
const SLIDE_FACTS = 0x3ef
const NOTES_OF_SLIDE = 16

/**
 * Writes the text of a presentation of 1997 to 2003 as that of a PPTX is: its slides in the order they are shown, each with its
 * speaker's notes.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function readPpt(source: LegacyDocument, flow: Flow): void {
  const file = openPpt(source)
  const find = (reference: number): Buffer => {
    const found = file.find(reference)
    if (found === undefined) throw corruptSource('PPT')
    return found
  }
  const notes = new Map(file.list('notes').map((page) => [page.id, page]))
  for (const [index, { reference, records }] of file.list('slides').entries()) {
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

/** The notes of a slide; 0 is for none. */
function notesOf(slide: Buffer): number {
  for (const { type, data } of readPptRecords(slide)) {
    if (type === SLIDE_FACTS) return data.readUInt32LE(NOTES_OF_SLIDE)
  }
  return 0
}
