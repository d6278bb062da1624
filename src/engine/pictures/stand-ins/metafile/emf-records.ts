import type { Box } from './arc.ts'
import { decodeBitmap, toDataUrl } from './bitmap.ts'
import { RASTER_OPERATIONS } from './drawing.ts'
import type { EmfPlayer } from './emf-player.ts'
import { readExtendedPen, readFont, readPen, STOCK } from './emf-tools.ts'
import { compose, IDENTITY, type Matrix, type Point } from './matrix.ts'
import { ellipse, lines, rectangle, roundedRectangle, type Segment } from './outline.ts'
import { drawBeziers, drawLines } from './player.ts'
import type { RecordReader } from './records.ts'
import { decodeText } from './text-encoding.ts'
import { plainBrush, solidBrush, tiledBrush } from './tools.ts'
import { drawWords } from './words.ts'

/** Plays a record of one type; its reader is behind type and length. */
type PlayRecord = (record: RecordReader, player: EmfPlayer) => void

const BOUNDS_BYTES = 16

function readPoint(record: RecordReader): Point {
  return { x: record.long(), y: record.long() }
}

function readShortPoint(record: RecordReader): Point {
  return { x: record.short(), y: record.short() }
}

function readBox(record: RecordReader): Box {
  return { left: record.long(), top: record.long(), right: record.long(), bottom: record.long() }
}

/** As many points as the record has room for, whatever it says. */
function readPoints(record: RecordReader, isShort: boolean, told = record.double()): Point[] {
  const room = Math.floor((record.bytes.length - record.at()) / (isShort ? 4 : 8))
  return Array.from({ length: Math.min(told, room) }, () =>
    isShort ? readShortPoint(record) : readPoint(record),
  )
}

function withPoints(
  isShort: boolean,
  use: (player: EmfPlayer, points: readonly Point[]) => void,
): PlayRecord {
  return (record, player) => {
    record.skip(BOUNDS_BYTES)
    use(player, readPoints(record, isShort))
  }
}

function manyLines(isShort: boolean, isClosed: boolean): PlayRecord {
  return (record, player) => {
    record.skip(BOUNDS_BYTES)
    const count = record.double()
    record.double()
    const room = Math.floor((record.bytes.length - record.at()) / 4)
    const lengths = Array.from({ length: Math.min(count, room) }, () => record.double())
    const outline = lengths.flatMap((length) =>
      lines(readPoints(record, isShort, length), isClosed),
    )
    player.draw(outline, { line: true, fill: isClosed })
  }
}

function withState(
  change: (state: ReturnType<EmfPlayer['state']>, record: RecordReader) => void,
): PlayRecord {
  return (record, player) => change(player.state(), record)
}

function readMatrix(record: RecordReader): Matrix {
  const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => record.float())
  return { a: a ?? 1, b: b ?? 0, c: c ?? 0, d: d ?? 1, e: e ?? 0, f: f ?? 0 }
}

function scaled({ x, y }: Point, record: RecordReader): Point {
  const [xNumerator, xDenominator, yNumerator, yDenominator] = Array.from({ length: 4 }, () =>
    record.long(),
  )
  return {
    x: (x * (xNumerator ?? 1)) / (xDenominator || 1),
    y: (y * (yNumerator ?? 1)) / (yDenominator || 1),
  }
}

function withArc(kind: 'open' | 'chord' | 'pie'): PlayRecord {
  return (record, player) =>
    player.arc(readBox(record), [readPoint(record), readPoint(record)], kind)
}

/** A bitmap that a record has, by where it says that header and pixels are, from its beginning. */
function bitmapAt(
  { bytes }: RecordReader,
  [header, headerBytes, bits, bitsBytes]: readonly number[],
  hasAlpha = false,
) {
  if (header === undefined || headerBytes === undefined || headerBytes === 0) return undefined
  const start = bits ?? 0
  return decodeBitmap(
    bytes.subarray(header, header + headerBytes),
    bytes.subarray(start, start + (bitsBytes ?? 0)),
    { hasAlpha },
  )
}

/** Where a rectangle is by a corner and its extent. */
function boxOf({ x, y }: Point, { x: width, y: height }: Point): Box {
  return { left: x, top: y, right: x + width, bottom: y + height }
}

/** Fills a place without a picture. */
function fillBox(player: EmfPlayer, box: Box, operation: number): void {
  const state = player.state()
  const { brush } = state
  if (operation === RASTER_OPERATIONS.black) state.brush = solidBrush(0)
  else if (operation === RASTER_OPERATIONS.white) state.brush = solidBrush(0xff_ffff)
  else if (operation !== RASTER_OPERATIONS.brush) return
  player.draw(rectangle(box), { fill: true })
  state.brush = brush
}

/** How the number of such a record is read that says how a bitmap is laid: as an operation, as how much it covers, or not at all. */
type HowLaid = 'operation' | 'blend' | 'copy'

/** Records that lay a part of a bitmap into a rectangle; `hasExtent` tells whether the part has a size of its own. */
function withBitmap(hasExtent: boolean, how: HowLaid = 'operation'): PlayRecord {
  return (record, player) => {
    record.skip(BOUNDS_BYTES)
    const box = boxOf(readPoint(record), readPoint(record))
    const operation = record.double()
    const source = readPoint(record)
    // A matrix, a colour, and what the colours of a palette mean.
    record.skip(32)
    const places = Array.from({ length: 4 }, () => record.double())
    const extent = hasExtent
      ? readPoint(record)
      : { x: Math.abs(box.right - box.left), y: Math.abs(box.bottom - box.top) }
    const alphaFormat = operation >>> 24
    const bitmap = bitmapAt(record, places, how === 'blend' && alphaFormat === 1)
    if (bitmap === undefined) {
      fillBox(player, box, operation)
      return
    }
    const part = { x: source.x, y: source.y, width: Math.abs(extent.x), height: Math.abs(extent.y) }
    const opacity = how === 'blend' ? ((operation >> 16) & 255) / 255 : 1
    const laying = { operation: how === 'operation' ? operation : RASTER_OPERATIONS.copy, opacity }
    player.drawing.picture(player.state(), bitmap, { part, box }, laying)
  }
}

/** The words of a text record, which begin where its reader is ([MS-EMF], 2.2.5). */
function playText(record: RecordReader, player: EmfPlayer, isWide: boolean): void {
  record.skip(BOUNDS_BYTES + 12)
  const reference = readPoint(record)
  const count = record.double()
  const start = record.double()
  const options = record.double()
  const box = readBox(record)
  const spacing = record.double()
  const state = player.state()
  if ((options & OPAQUE) !== 0) fillBehind(player, box)
  // Numbers of glyphs, which only the font knows.
  if ((options & BY_GLYPHS) !== 0 || count === 0) return
  const bytes = record.bytes.subarray(start, start + count * (isWide ? 2 : 1))
  const text = isWide
    ? new TextDecoder('utf-16le').decode(bytes)
    : decodeText(bytes, state.font.charset)
  const step = (options & BOTH_WAYS) === 0 ? 4 : 8
  const room = spacing === 0 ? 0 : Math.floor((record.bytes.length - spacing) / step)
  const advances = Array.from({ length: Math.min(count, Math.max(0, room)) }, (_, index) =>
    record.bytes.readInt32LE(spacing + index * step),
  )
  drawWords(player, { text, at: reference, advances })
}

const OPAQUE = 2
const BY_GLYPHS = 16
const BOTH_WAYS = 0x2000

function fillBehind(player: EmfPlayer, box: Box): void {
  const state = player.state()
  const { brush } = state
  state.brush = solidBrush(state.backColour)
  player.draw(rectangle(box), { fill: true })
  state.brush = brush
}

/** The rectangles of a region, in units of the device ([MS-EMF], 2.2.24). */
function readRegion(record: RecordReader): Segment[] {
  record.skip(8)
  const count = record.double()
  record.skip(4 + BOUNDS_BYTES)
  const room = Math.floor((record.bytes.length - record.at()) / 16)
  return Array.from({ length: Math.min(count, Math.max(0, room)) }, () =>
    rectangle(readBox(record)),
  ).flat()
}

const COPY_REGION = 5

const playSmallText: PlayRecord = (record, player) => {
  const at = readPoint(record)
  const count = record.double()
  const options = record.double()
  record.skip(12)
  // A box that nothing is drawn out of, unless it says that there is none.
  if ((options & 0x100) === 0) record.skip(BOUNDS_BYTES)
  const isNarrow = (options & 0x200) !== 0
  const bytes = record.bytes.subarray(record.at(), record.at() + count * (isNarrow ? 1 : 2))
  const text = isNarrow
    ? decodeText(bytes, player.state().font.charset)
    : new TextDecoder('utf-16le').decode(bytes)
  player.text({ text, at, advances: [] })
}

/** Corners with colours, and pairs of them that are rectangles ([MS-EMF], 2.3.5.12). */
const playGradient: PlayRecord = (record, player) => {
  record.skip(BOUNDS_BYTES)
  const [corners, count, mode] = [record.double(), record.double(), record.double()]
  const room = Math.floor((record.bytes.length - record.at()) / 16)
  const vertices = Array.from({ length: Math.min(corners, room) }, () => {
    const at = readPoint(record)
    const [red, green, blue] = Array.from({ length: 4 }, () => record.word() >> 8)
    return { at, colour: (red ?? 0) | ((green ?? 0) << 8) | ((blue ?? 0) << 16) }
  })
  // Triangles, which SVG has no gradient for.
  if (mode > 1) return
  for (let index = 0; index < Math.min(count, room); index++) {
    const [first, second] = [vertices[record.double()], vertices[record.double()]]
    if (first === undefined || second === undefined) return
    const box = boxOf(first.at, { x: second.at.x - first.at.x, y: second.at.y - first.at.y })
    const colours = { from: first.colour, to: second.colour, isVertical: mode === 1 }
    player.drawing.gradient(player.state(), box, colours)
  }
}

/** Points with what each of them is: a beginning, the end of a line, a point of a curve. */
function playDraw(isShort: boolean): PlayRecord {
  return (record, player) => {
    record.skip(BOUNDS_BYTES)
    const points = readPoints(record, isShort)
    const kinds = record.bytes.subarray(record.at(), record.at() + points.length)
    for (let index = 0; index < points.length; index++) {
      const [point, kind] = [points[index], kinds[index] ?? 0]
      if (point === undefined) return
      if ((kind & 6) === 6) player.moveTo(point)
      else if ((kind & 6) === 2) player.lineTo([point])
      else if ((kind & 6) === 4) {
        player.bezierTo(points.slice(index, index + 3))
        index += 2
      }
      if (((kinds[index] ?? 0) & 1) !== 0) player.closeFigure()
    }
  }
}

/** The records that draw, or change how it is done, by their numbers ([MS-EMF], 2.1.1). */
export const EMF_RECORDS: Readonly<Record<number, PlayRecord>> = {
  2: withPoints(false, drawBeziers),
  3: withPoints(false, (player, points) => drawLines(player, points, true)),
  4: withPoints(false, (player, points) => drawLines(player, points, false)),
  5: withPoints(false, (player, points) => player.bezierTo(points)),
  6: withPoints(false, (player, points) => player.lineTo(points)),
  7: manyLines(false, false),
  8: manyLines(false, true),
  9: withState((state, record) => {
    state.windowExtent = readPoint(record)
  }),
  10: withState((state, record) => {
    state.windowOrigin = readPoint(record)
  }),
  11: withState((state, record) => {
    state.viewportExtent = readPoint(record)
  }),
  12: withState((state, record) => {
    state.viewportOrigin = readPoint(record)
  }),
  15(record, player) {
    const { x, y } = readPoint(record)
    const state = player.state()
    const { brush } = state
    state.brush = solidBrush(record.double())
    player.draw(rectangle({ left: x, top: y, right: x + 1, bottom: y + 1 }), { fill: true })
    state.brush = brush
  },
  17: withState((state, record) => {
    state.mapMode = record.double()
  }),
  18: withState((state, record) => {
    state.isOpaque = record.double() === 2
  }),
  19: withState((state, record) => {
    state.fillsWinding = record.double() === 2
  }),
  20: withState((state, record) => {
    state.rasterOperation = record.double()
  }),
  22: withState((state, record) => {
    state.textAlign = record.double()
  }),
  24: withState((state, record) => {
    state.textColour = record.double()
  }),
  25: withState((state, record) => {
    state.backColour = record.double()
  }),
  27: (record, player) => player.moveTo(readPoint(record)),
  30: (record, player) => player.clipToBox(readBox(record)),
  31: withState((state, record) => {
    state.viewportExtent = scaled(state.viewportExtent, record)
  }),
  32: withState((state, record) => {
    state.windowExtent = scaled(state.windowExtent, record)
  }),
  33: (_record, player) => player.save(),
  34: (record, player) => player.restore(record.long()),
  35: withState((state, record) => {
    state.world = readMatrix(record)
  }),
  36: withState((state, record) => {
    const matrix = readMatrix(record)
    const mode = record.double()
    if (mode === 1) state.world = IDENTITY
    else if (mode === 2) state.world = compose(matrix, state.world)
    else if (mode === 3) state.world = compose(state.world, matrix)
    else state.world = matrix
  }),
  37(record, player) {
    const number = record.double()
    player.select(number >= 0x8000_0000 ? STOCK[number - 0x8000_0000] : player.tools.get(number))
  },
  38: (record, player) => player.tools.set(record.double(), readPen(record)),
  39(record, player) {
    const [number, style, colour, hatch] = Array.from({ length: 4 }, () => record.double())
    player.tools.set(number ?? 0, plainBrush(style ?? 0, colour ?? 0, hatch ?? 0))
  },
  40: (record, player) => player.tools.delete(record.double()),
  41(record, player) {
    const centre = readPoint(record)
    const [radius, from, sweep] = [record.double(), record.float(), record.float()]
    const box = {
      left: centre.x - radius,
      top: centre.y - radius,
      right: centre.x + radius,
      bottom: centre.y + radius,
    }
    const at = (degrees: number): Point => ({
      x: centre.x + radius * Math.cos((degrees * Math.PI) / 180),
      y: centre.y - radius * Math.sin((degrees * Math.PI) / 180),
    })
    const state = player.state()
    const { isClockwise } = state
    state.isClockwise = sweep < 0
    player.arcTo(box, [at(from), at(from + sweep)])
    state.isClockwise = isClockwise
  },
  42: (record, player) => player.draw(ellipse(readBox(record)), { line: true, fill: true }),
  43: (record, player) => player.draw(rectangle(readBox(record)), { line: true, fill: true }),
  44(record, player) {
    const box = readBox(record)
    const corner = readPoint(record)
    player.draw(roundedRectangle(box, corner.x, corner.y), { line: true, fill: true })
  },
  45: withArc('open'),
  46: withArc('chord'),
  47: withArc('pie'),
  54: (record, player) => player.lineTo([readPoint(record)]),
  55: (record, player) => player.arcTo(readBox(record), [readPoint(record), readPoint(record)]),
  56: playDraw(false),
  57: withState((state, record) => {
    state.isClockwise = record.double() === 2
  }),
  58: withState((state, record) => {
    state.miterLimit = record.double()
  }),
  59: (_record, player) => player.beginPath(),
  60: (_record, player) => player.endPath(),
  61: (_record, player) => player.closeFigure(),
  62: (_record, player) => player.drawPath({ fill: true }),
  63: (_record, player) => player.drawPath({ fill: true, line: true }),
  64: (_record, player) => player.drawPath({ line: true }),
  67: (_record, player) => player.clipToPath(),
  68: (_record, player) => player.drawPath({}),
  71(record, player) {
    record.skip(BOUNDS_BYTES + 4)
    const brush = player.tools.get(record.double())
    const before = player.state().brush
    player.select(brush)
    player.drawing.shape(player.state(), readRegion(record), { fill: true })
    player.state().brush = before
  },
  75(record, player) {
    const bytes = record.double()
    const mode = record.double()
    const state = player.state()
    if (mode === COPY_REGION) state.clip = undefined
    if (bytes === 0) return
    // Of others it is not told what is left.
    if (mode === COPY_REGION || mode === 1) player.drawing.clip(state, readRegion(record), true)
  },
  76: withBitmap(false),
  77: withBitmap(true),
  78: withBitmap(false),
  80(record, player) {
    record.skip(BOUNDS_BYTES)
    const to = readPoint(record)
    const from = readPoint(record)
    const extent = readPoint(record)
    const bitmap = bitmapAt(
      record,
      Array.from({ length: 4 }, () => record.double()),
    )
    if (bitmap === undefined) return
    const part = {
      x: from.x,
      y: bitmap.height - from.y - extent.y,
      width: extent.x,
      height: extent.y,
    }
    const laying = { operation: RASTER_OPERATIONS.copy, opacity: 1 }
    player.drawing.picture(player.state(), bitmap, { part, box: boxOf(to, extent) }, laying)
  },
  81(record, player) {
    record.skip(BOUNDS_BYTES)
    const to = readPoint(record)
    const from = readPoint(record)
    const extent = readPoint(record)
    const places = Array.from({ length: 4 }, () => record.double())
    record.skip(4)
    const operation = record.double()
    const box = boxOf(to, readPoint(record))
    const bitmap = bitmapAt(record, places)
    if (bitmap === undefined) {
      fillBox(player, box, operation)
      return
    }
    const height = Math.abs(extent.y)
    // Its rows are counted from below.
    const part = {
      x: from.x,
      y: bitmap.height - from.y - height,
      width: Math.abs(extent.x),
      height,
    }
    player.drawing.picture(player.state(), bitmap, { part, box }, { operation, opacity: 1 })
  },
  82: (record, player) => player.tools.set(record.double(), readFont(record)),
  83: (record, player) => playText(record, player, false),
  84: (record, player) => playText(record, player, true),
  85: withPoints(true, drawBeziers),
  86: withPoints(true, (player, points) => drawLines(player, points, true)),
  87: withPoints(true, (player, points) => drawLines(player, points, false)),
  88: withPoints(true, (player, points) => player.bezierTo(points)),
  89: withPoints(true, (player, points) => player.lineTo(points)),
  90: manyLines(true, false),
  91: manyLines(true, true),
  92: playDraw(true),
  93: playTiledBrush,
  94: playTiledBrush,
  95: (record, player) => player.tools.set(record.double(), readExtendedPen(record)),
  108: playSmallText,
  114: withBitmap(true, 'blend'),
  116: withBitmap(true, 'copy'),
  118: playGradient,
}

function playTiledBrush(record: RecordReader, player: EmfPlayer): void {
  const number = record.double()
  record.skip(4)
  const bitmap = bitmapAt(
    record,
    Array.from({ length: 4 }, () => record.double()),
  )
  const url =
    bitmap && toDataUrl(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height })
  const tile = bitmap && url ? { width: bitmap.width, height: bitmap.height, url } : undefined
  player.tools.set(number, tiledBrush(tile))
}
