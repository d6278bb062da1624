import type { PptRecord } from '../../text/legacy/ppt-records.ts'
import type { PptText, StandIn } from './ppt-context.ts'

/** Records with texts and what belongs to them ([MS-PPT] 2.13.24). */
const KIND = 0xf9f
const WIDE = 0xfa0
const NARROW = 0xfa8
const STYLE = 0xfa1
const RULER = 0xfa6

/** Characters that stand for others: where each is, comes first. */
const STAND_INS: ReadonlyMap<number, StandIn> = new Map<number, StandIn>([
  [0xfd8, 'number'],
  [0xff7, 'date'],
  [0xff8, 'date'],
  [0x1015, 'date'],
  [0xff9, 'header'],
  [0xffa, 'footer'],
])

/** More letters than a text on a slide has. */
const MOST_LETTERS = 50_000

/** Reads the texts of a list of records: those of an outline, or of a shape. */
export function readPptTexts(records: Iterable<PptRecord>): readonly PptText[] {
  interface OpenText extends PptText {
    text: string
    style: Buffer | undefined
    ruler: Buffer | undefined
    readonly standIns: Map<number, StandIn>
  }
  const texts: OpenText[] = []
  for (const { type, data } of records) {
    if (type === KIND) {
      const kind = data.length >= 4 ? data.readUInt32LE(0) : 4
      texts.push({ kind, text: '', style: undefined, ruler: undefined, standIns: new Map() })
    }
    const current = texts.at(-1)
    if (current === undefined) continue
    if (type === WIDE) current.text = data.toString('utf16le').slice(0, MOST_LETTERS)
    if (type === NARROW) current.text = data.toString('latin1').slice(0, MOST_LETTERS)
    if (type === STYLE) current.style = data
    if (type === RULER) current.ruler = data
    const standIn = STAND_INS.get(type)
    if (standIn !== undefined && data.length >= 4) {
      current.standIns.set(data.readUInt32LE(0), standIn)
    }
  }
  return texts
}
