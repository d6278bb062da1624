import type { DocHeader, Range } from './doc-header.ts'

/** Text boxes of the main text, or of headers and footers. */
export interface Boxes {
  /** The text of the box that is anchored at a character, by the number of that. */
  readonly anchored: ReadonlyMap<number, Range>
  /** Those that are anchored nowhere, since they are in a group of shapes. */
  readonly others: readonly Range[]
}

/** As many bytes as a table has for each anchor and each box ([MS-DOC] 2.9.253 and 2.9.107), and where these have the shape. */
const ANCHOR_BYTES = 26
const BOX_BYTES = 22
const BOX_IS_FREE = 8
const BOX_SHAPE = 14

/** Finds the text boxes of a part of a document, and where they are anchored. */
export function findBoxes({ table, part }: DocHeader, of: 'main' | 'headers'): Boxes {
  const suffix = of === 'main' ? '' : ' in headers'
  const texts = part(`boxes${suffix}`)
  const boxes = new Map<number, Range>()
  for (const { start, end, data } of readTable(table(`boxes${suffix}`), BOX_BYTES)) {
    if (data.readUInt16LE(BOX_IS_FREE) > 0 || end <= start) continue
    boxes.set(data.readUInt32LE(BOX_SHAPE), { start: texts.start + start, end: texts.start + end })
  }
  const anchored = new Map<number, Range>()
  for (const { start, data } of readTable(table(`anchors${suffix}`), ANCHOR_BYTES)) {
    const shape = data.readUInt32LE(0)
    const box = boxes.get(shape)
    if (box === undefined) continue
    boxes.delete(shape)
    anchored.set(part(of).start + start, box)
  }
  return { anchored, others: Array.from(boxes.values()) }
}

/** The entries of a table of characters and what there is at each ([MS-DOC] 2.2.2). */
function* readTable(
  table: Buffer,
  entryBytes: number,
): Generator<Range & { readonly data: Buffer }> {
  const count = Math.floor((table.length - 4) / (4 + entryBytes))
  for (let index = 0; index < count; index += 1) {
    const at = (count + 1) * 4 + index * entryBytes
    yield {
      start: table.readUInt32LE(index * 4),
      end: table.readUInt32LE((index + 1) * 4),
      data: table.subarray(at, at + entryBytes),
    }
  }
}
