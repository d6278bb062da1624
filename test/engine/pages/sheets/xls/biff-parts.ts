import { record, u16, u32, u8 } from './biff.ts'

/** A place of a sheet that a name of the workbook is of, such as what is printed. */
export const named = (code: number, [top, bottom, left, right]: readonly number[]): Buffer =>
  record(
    0x18,
    u16(0x20),
    u8(0, 1),
    u16(11, 0, 1),
    u8(0, 0, 0, 0, 0, code, 0x3b),
    u16(0, top ?? 0, bottom ?? 0, left ?? 0, right ?? 0),
  )

/** What a drawing of Office is made of. */
export const art = (type: number, instance: number, data: Buffer, version = 0): Buffer =>
  Buffer.concat([u16((instance << 4) | version, type), u32(data.length), data])
export const holder = (type: number, ...parts: readonly Buffer[]): Buffer =>
  art(type, 0, Buffer.concat(parts), 0xf)

/** A shape on cells, with properties by their numbers. */
export const shape = (
  kind: number,
  corners: readonly number[],
  properties: readonly (readonly [number, number])[],
): Buffer =>
  holder(
    0xf004,
    art(0xf00a, kind, u32(1, 0xa00)),
    art(
      0xf00b,
      properties.length,
      Buffer.concat(properties.map(([number, value]) => Buffer.concat([u16(number), u32(value)]))),
    ),
    art(0xf010, 0, u16(0, ...corners)),
    art(0xf011, 0, Buffer.alloc(0)),
  )

export const drawing = (...shapes: readonly Buffer[]): Buffer =>
  record(0xec, holder(0xf002, holder(0xf003, holder(0xf004, art(0xf00a, 0, u32(1, 5))), ...shapes)))
export const object = (kind: number): Buffer =>
  record(0x5d, u16(0x15, 0x12, kind, 1, 0), Buffer.alloc(12))

/** A link of a series to cells: the number of what of it, and the place. */
export const link = (of: number, ...place: readonly number[]): Buffer =>
  record(0x1051, u8(of, 2), u16(0, 0, 11), u8(0x3b), u16(0, ...place))
