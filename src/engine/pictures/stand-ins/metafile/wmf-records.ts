import type { Box } from './arc.ts'
import { decodeBitmap, toDataUrl } from './bitmap.ts'
import { RASTER_OPERATIONS } from './drawing.ts'
import type { Point } from './matrix.ts'
import { ellipse, lines, rectangle, roundedRectangle } from './outline.ts'
import { type ArcKind, drawLines, type Player } from './player.ts'
import type { RecordReader } from './records.ts'
import type { State } from './state.ts'
import { decodeText } from './text-encoding.ts'
import { type Font, OTHER, plainBrush, solidBrush, type Tool, tiledBrush } from './tools.ts'
import { drawWords } from './words.ts'

/** What plays the records of a WMF file, which name what they draw with by the first free place. */
export interface WmfPlayer extends Player {
  readonly tools: (Tool | undefined)[]
  /** Whether its windows are laid into a size that is known. */
  readonly isPlaced: boolean
}

/** Plays a record of one function; its reader is behind length and function. */
type PlayRecord = (record: RecordReader, player: WmfPlayer) => void

/** Most numbers stand the last one first. */
function readBackwards(record: RecordReader): Point {
  const y = record.short()
  return { x: record.short(), y }
}

function readBoxBackwards(record: RecordReader): Box {
  const [bottom, right, top, left] = [
    record.short(),
    record.short(),
    record.short(),
    record.short(),
  ]
  return { left, top, right, bottom }
}

function readPoints(record: RecordReader, count: number): Point[] {
  const room = Math.floor((record.bytes.length - record.at()) / 4)
  return Array.from({ length: Math.max(0, Math.min(count, room)) }, () => ({
    x: record.short(),
    y: record.short(),
  }))
}

function withState(
  change: (state: State, record: RecordReader, player: WmfPlayer) => void,
): PlayRecord {
  return (record, player) => change(player.state(), record, player)
}

function withArc(kind: ArcKind): PlayRecord {
  return (record, player) => {
    const [last, first] = [readBackwards(record), readBackwards(record)]
    player.arc(readBoxBackwards(record), [first, last], kind)
  }
}

function create({ tools }: WmfPlayer, tool: Tool): void {
  const free = tools.findIndex((each) => each === undefined)
  if (free === -1) tools.push(tool)
  else tools[free] = tool
}

/** Of some nothing is drawn, but they take a place. */
const createOther: PlayRecord = (_record, player) => create(player, OTHER)

function boxOf({ x, y }: Point, { x: width, y: height }: Point): Box {
  return { left: x, top: y, right: x + width, bottom: y + height }
}

function fillBox(player: WmfPlayer, box: Box, operation: number): void {
  const state = player.state()
  const { brush } = state
  if (operation === RASTER_OPERATIONS.black) state.brush = solidBrush(0)
  else if (operation === RASTER_OPERATIONS.white) state.brush = solidBrush(0xff_ffff)
  else if (operation !== RASTER_OPERATIONS.brush) return
  player.draw(rectangle(box), { fill: true })
  state.brush = brush
}

/** A part of a bitmap that ends a record, counted from its top or from its bottom. */
function layBitmap(
  record: RecordReader,
  player: WmfPlayer,
  place: {
    readonly from: Point
    readonly extent: Point
    readonly box: Box
    readonly isFromBelow: boolean
  },
  operation: number,
): void {
  const bitmap = decodeBitmap(record.bytes.subarray(record.at()))
  if (bitmap === undefined) return
  const { from, extent, box, isFromBelow } = place
  const [width, height] = [Math.abs(extent.x), Math.abs(extent.y)]
  const y = isFromBelow ? bitmap.height - from.y - height : from.y
  const part = { x: from.x, y, width, height }
  player.drawing.picture(player.state(), bitmap, { part, box }, { operation, opacity: 1 })
}

/** Words are in the character set of the font. */
function textOf(player: WmfPlayer, bytes: Buffer): string {
  return decodeText(bytes, player.state().font.charset)
}

const OPAQUE = 2
const CLIPPED = 4

const playExtendedText: PlayRecord = (record, player) => {
  const at = readBackwards(record)
  const count = record.word()
  const options = record.word()
  if ((options & (OPAQUE | CLIPPED)) !== 0) {
    const [left, top, right, bottom] = [
      record.short(),
      record.short(),
      record.short(),
      record.short(),
    ]
    if ((options & OPAQUE) !== 0) {
      const state = player.state()
      const { brush } = state
      state.brush = solidBrush(state.backColour)
      player.draw(rectangle({ left, top, right, bottom }), { fill: true })
      state.brush = brush
    }
  }
  const start = record.at()
  const bytes = record.bytes.subarray(start, start + count)
  record.skip(count + (count % 2))
  const room = Math.floor((record.bytes.length - record.at()) / 2)
  const advances = Array.from({ length: room >= count ? count : 0 }, () => record.short())
  drawWords(player, { text: textOf(player, bytes), at, advances })
}

function readFont(record: RecordReader): Font {
  const height = record.short()
  record.skip(2)
  const escapement = record.short()
  record.skip(2)
  const weight = record.short()
  const at = record.at()
  const { bytes } = record
  const charset = bytes.readUInt8(at + 3)
  const face = decodeText(bytes.subarray(at + 8, at + 40), charset)
  return {
    kind: 'font',
    height,
    escapement,
    weight,
    isItalic: bytes.readUInt8(at) !== 0,
    isUnderlined: bytes.readUInt8(at + 1) !== 0,
    isStruckOut: bytes.readUInt8(at + 2) !== 0,
    charset,
    face: face.split('\0')[0] ?? '',
  }
}

/** Functions that lay a bitmap independent of a device, or only fill where they have none: how their numbers stand. */
function withBitmap(isStretched: boolean): PlayRecord {
  return (record, player) => {
    const operation = record.double()
    const told = isStretched ? readBackwards(record) : undefined
    const from = readBackwards(record)
    const header = isStretched ? 26 : 22
    const isBare = record.bytes.length <= header + 4
    if (isBare) record.skip(2)
    const size = readBackwards(record)
    const box = boxOf(readBackwards(record), size)
    if (isBare) fillBox(player, box, operation)
    else
      layBitmap(record, player, { from, extent: told ?? size, box, isFromBelow: false }, operation)
  }
}

/** The records that draw, or change how it is done, by their functions ([MS-WMF], 2.1.1.1). */
export const WMF_RECORDS: Readonly<Record<number, PlayRecord>> = {
  0x001e: (_record, player) => player.save(),
  0x0127: (record, player) => player.restore(record.short()),
  0x0102: withState((state, record) => {
    state.isOpaque = record.word() === 2
  }),
  0x0104: withState((state, record) => {
    state.rasterOperation = record.word()
  }),
  0x0106: withState((state, record) => {
    state.fillsWinding = record.word() === 2
  }),
  0x012e: withState((state, record) => {
    state.textAlign = record.word()
  }),
  0x0201: withState((state, record) => {
    state.backColour = record.double()
  }),
  0x0209: withState((state, record) => {
    state.textColour = record.double()
  }),
  0x020b: withState((state, record) => {
    state.windowOrigin = readBackwards(record)
  }),
  0x020c: withState((state, record, { isPlaced }) => {
    const extent = readBackwards(record)
    if (isPlaced && extent.x !== 0 && extent.y !== 0) state.windowExtent = extent
  }),
  0x020f: withState((state, record) => {
    const { x, y } = readBackwards(record)
    state.windowOrigin = { x: state.windowOrigin.x + x, y: state.windowOrigin.y + y }
  }),
  0x0410: withState((state, record) => {
    const [yd, yn, xd, xn] = [record.short(), record.short(), record.short(), record.short()]
    const { x, y } = state.windowExtent
    state.windowExtent = { x: (x * xn) / (xd || 1), y: (y * yn) / (yd || 1) }
  }),
  0x012d: (record, player) => player.select(player.tools[record.word()]),
  0x01f0(record, player) {
    const place = record.word()
    if (place < player.tools.length) player.tools[place] = undefined
  },
  0x0213: (record, player) => player.lineTo([readBackwards(record)]),
  0x0214: (record, player) => player.moveTo(readBackwards(record)),
  0x0324: (record, player) => drawLines(player, readPoints(record, record.word()), true),
  0x0325: (record, player) => drawLines(player, readPoints(record, record.word()), false),
  0x0538(record, player) {
    const count = record.word()
    const room = Math.floor((record.bytes.length - record.at()) / 2)
    const lengths = Array.from({ length: Math.min(count, room) }, () => record.word())
    const outline = lengths.flatMap((length) => lines(readPoints(record, length), true))
    player.draw(outline, { line: true, fill: true })
  },
  0x0416: (record, player) => player.clipToBox(readBoxBackwards(record)),
  // A region, or none: of regions nobody knows here what is in them.
  0x012c: withState((state) => {
    state.clip = undefined
  }),
  0x0418: (record, player) =>
    player.draw(ellipse(readBoxBackwards(record)), { line: true, fill: true }),
  0x041b: (record, player) =>
    player.draw(rectangle(readBoxBackwards(record)), { line: true, fill: true }),
  0x061c(record, player) {
    const corner = readBackwards(record)
    const box = readBoxBackwards(record)
    player.draw(roundedRectangle(box, corner.x, corner.y), { line: true, fill: true })
  },
  0x041f(record, player) {
    const colour = record.double()
    const { x, y } = readBackwards(record)
    const state = player.state()
    const { brush } = state
    state.brush = solidBrush(colour)
    player.draw(rectangle({ left: x, top: y, right: x + 1, bottom: y + 1 }), { fill: true })
    state.brush = brush
  },
  0x0817: withArc('open'),
  0x081a: withArc('pie'),
  0x0830: withArc('chord'),
  0x0521(record, player) {
    const count = record.word()
    const start = record.at()
    const bytes = record.bytes.subarray(start, start + count)
    record.skip(count + (count % 2))
    drawWords(player, { text: textOf(player, bytes), at: readBackwards(record), advances: [] })
  },
  0x0a32: playExtendedText,
  0x061d(record, player) {
    const operation = record.double()
    const size = readBackwards(record)
    fillBox(player, boxOf(readBackwards(record), size), operation)
  },
  0x0940: withBitmap(false),
  0x0b41: withBitmap(true),
  0x0f43(record, player) {
    const operation = record.double()
    record.skip(2)
    const [extent, from, size] = [
      readBackwards(record),
      readBackwards(record),
      readBackwards(record),
    ]
    const box = boxOf(readBackwards(record), size)
    layBitmap(record, player, { from, extent, box, isFromBelow: true }, operation)
  },
  0x0d33(record, player) {
    record.skip(6)
    const [from, extent] = [readBackwards(record), readBackwards(record)]
    const box = boxOf(readBackwards(record), extent)
    layBitmap(record, player, { from, extent, box, isFromBelow: true }, RASTER_OPERATIONS.copy)
  },
  0x02fa(record, player) {
    const style = record.word()
    const width = Math.abs(record.short())
    record.skip(2)
    create(player, { kind: 'pen', style, width, colour: record.double(), dashes: [] })
  },
  0x02fb: (record, player) => create(player, readFont(record)),
  0x02fc(record, player) {
    const style = record.word()
    const colour = record.double()
    create(player, plainBrush(style, colour, record.word()))
  },
  0x0142(record, player) {
    record.skip(4)
    const bitmap = decodeBitmap(record.bytes.subarray(record.at()))
    const url =
      bitmap && toDataUrl(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height })
    const tile = bitmap && url ? { width: bitmap.width, height: bitmap.height, url } : undefined
    create(player, tiledBrush(tile))
  },
  0x00f7: createOther,
  0x01f9: createOther,
  0x06ff: createOther,
}
