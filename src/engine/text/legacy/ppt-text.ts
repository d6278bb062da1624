import type { Flow } from '../flow.ts'
import { type PptRecord, readPptTree } from './ppt-records.ts'

/** Records with texts and what belongs to them ([MS-PPT] 2.13.24). */
const TEXT_KIND = 0xf9f
const WIDE_TEXT = 0xfa0
const NARROW_TEXT = 0xfa8
const OUTLINE_PLACE = 0xf9e
const PLACEHOLDER = 0xbc3
/** A shape of drawings ([MS-ODRAW] 2.2.14). */
const SHAPE = 0xf004

/** Characters that stand for numbers of slides, dates, headers and footers: where each is, comes first. */
const STAND_INS: ReadonlySet<number> = new Set([0xfd8, 0xff7, 0xff8, 0xff9, 0xffa, 0x1015])

/** Where a placeholder says which one it is; dates and numbers of slides say nothing of one, headers and footers nothing of notes. */
const PLACEHOLDER_KIND = 4
const NUMBERS_AND_DATES: ReadonlySet<number> = new Set([7, 8])
const NOT_NOTES: ReadonlySet<number> = new Set([7, 8, 9, 10])

/** A text, and where in it there are characters that stand for others. */
interface Text {
  readonly text: string
  readonly standIns: readonly number[]
}

/** The texts of a list of records: those of an outline, or of a shape. */
export function readTexts(records: Iterable<PptRecord>): Text[] {
  const texts: { text: string; standIns: number[] }[] = []
  for (const { type, data } of records) {
    if (type === TEXT_KIND) texts.push({ text: '', standIns: [] })
    const current = texts.at(-1)
    if (current === undefined) continue
    if (type === WIDE_TEXT) current.text += data.toString('utf16le')
    // The lower bytes of characters whose upper ones are all zero.
    if (type === NARROW_TEXT) current.text += data.toString('latin1')
    if (STAND_INS.has(type)) current.standIns.push(data.readUInt32LE(0))
  }
  return texts
}

/**
 * Writes the text of a slide, or of a page of notes: what its shapes have, in their order.
 *
 * @param outline - texts that shapes refer to by their number
 */
export function readSlideText(
  slide: Buffer,
  of: 'slide' | 'notes',
  outline: readonly Text[],
  flow: Flow,
): void {
  const skipped = of === 'slide' ? NUMBERS_AND_DATES : NOT_NOTES
  let shape: PptRecord[] = []
  let isSkipped = false

  function endShape(): void {
    if (!isSkipped) for (const text of readTexts(shape)) writeText(text, flow)
    shape = []
    isSkipped = false
  }

  for (const record of readPptTree(slide)) {
    const { type, data } = record
    if (type === SHAPE) endShape()
    if (type === PLACEHOLDER) isSkipped = skipped.has(data.readUInt8(PLACEHOLDER_KIND))
    if (type === OUTLINE_PLACE) {
      const text = outline[data.readUInt32LE(0)]
      if (text !== undefined && !isSkipped) writeText(text, flow)
    }
    if (!record.isContainer) shape.push(record)
  }
  endShape()
}

function writeText({ text, standIns }: Text, flow: Flow): void {
  const left = new Set(standIns)
  const shown =
    left.size === 0
      ? text
      : Array.from({ length: text.length }, (_, at) => (left.has(at) ? '' : text.charAt(at))).join(
          '',
        )
  flow.lines(shown.replace(/[\r\v]/g, '\n'))
}
