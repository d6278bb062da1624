/** Writes a record of a workbook of Excel 97: its type, and its bytes. */
export function record(type: number, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts)
  return Buffer.concat([u16(type), u16(data.length), data])
}

/** Numbers in two bytes each. */
export function u16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2)
  for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number, index * 2)
  return bytes
}

/** Numbers in four bytes each. */
export function u32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4)
  return bytes
}

/** Bytes one by one. */
export function u8(...numbers: readonly number[]): Buffer {
  return Buffer.from(numbers)
}

/** Numbers in eight bytes each. */
export function doubles(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 8)
  for (const [index, number] of numbers.entries()) bytes.writeDoubleLE(number, index * 8)
  return bytes
}

/** A text of letters of a byte, of whose length a number of one byte or two tells. */
export function string(text: string, countBytes: 1 | 2 = 2): Buffer {
  const count = countBytes === 1 ? u8(text.length) : u16(text.length)
  return Buffer.concat([count, u8(0), Buffer.from(text, 'latin1')])
}

const BEGIN = (kind: number): Buffer => record(0x809, u16(0x600, kind, 0, 0), u32(0, 0))
const END = record(0x0a)

/** A font by its size in points, with flags of it. */
export function font(
  points: number,
  { name = 'Arial', bold = false, italic = false, colour = 0x7fff } = {},
): Buffer {
  return record(
    0x31,
    u16(points * 20, italic ? 2 : 0, colour, bold ? 700 : 400, 0),
    u8(0, 0, 0, 0),
    string(name, 1),
  )
}

/** The look of a cell, by the numbers of its font and its format, and by its bits. */
export function look({
  font: of = 0,
  format = 0,
  place = 0x20,
  turn = 0,
  sides = 0,
  others = 0,
  colours = 0,
} = {}): Buffer {
  return record(0xe0, u16(of, format, 0), u8(place, turn, 0, 0), u32(sides, others), u16(colours))
}

/** A sheet of a workbook. */
export interface BiffSheet {
  readonly name: string
  readonly records: Buffer
  readonly isHidden?: boolean
}

/** Writes the stream of a workbook, with what its sheets have in common besides. */
export function workbook(shared: Buffer, sheets: readonly BiffSheet[]): Buffer {
  const listed = (starts: readonly number[]): Buffer =>
    Buffer.concat([
      BEGIN(5),
      shared,
      ...sheets.map(({ name, isHidden }, index) =>
        record(0x85, u32(starts[index] ?? 0), u8(isHidden ? 1 : 0, 0), string(name, 1)),
      ),
      END,
    ])
  const bodies = sheets.map(({ records }) => Buffer.concat([BEGIN(0x10), records, END]))
  let start = listed(sheets.map(() => 0)).length
  const starts = bodies.map((body) => {
    const at = start
    start += body.length
    return at
  })
  return Buffer.concat([listed(starts), ...bodies])
}

/** A cell with a text of its own. */
export function label(row: number, column: number, text: string, of = 0): Buffer {
  return record(0x204, u16(row, column, of), string(text))
}

/** A cell with a number. */
export function numeral(row: number, column: number, value: number, of = 0): Buffer {
  return record(0x203, u16(row, column, of), doubles(value))
}
