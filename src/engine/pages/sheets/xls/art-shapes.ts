/** Records of drawings of Office ([MS-ODRAW] 2.2): containers, and what shapes are and where. */
const GROUP = 0xf003
const SHAPE = 0xf004
const KIND = 0xf00a
const PROPERTIES = 0xf00b
const CHILD_PLACE = 0xf00f
const GROUP_PLACE = 0xf009
const CELL_PLACE = 0xf010
const CLIENT_DATA = 0xf011

const HEAD_BYTES = 8

/** The version of a record that has others in it. */
const CONTAINER = 0xf

/** As many records of a drawing are looked at. */
const MOST_RECORDS = 100_000

/** Flags of a shape ([MS-ODRAW] 2.2.40). */
const FLAGS = { group: 0x01, background: 0x04 | 0x400 }

/** Corners of a shape on a sheet: the numbers of a column and a row, and parts of these, in 1024ths and 256ths. */
export interface ArtPlace {
  readonly from: ArtCorner
  readonly to: ArtCorner
}

interface ArtCorner {
  readonly column: number
  readonly across: number
  readonly row: number
  readonly down: number
}

/** A shape of a drawing. */
export interface ArtShape {
  /** Its number among those that the sheet has objects for. */
  readonly place: number
  readonly kind: number
  readonly at: ArtPlace
  /** Where it is in the box of its group, in shares of that; undefined for one that is in none. */
  readonly within:
    | { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
    | undefined
  /** Its properties by their numbers. */
  readonly properties: ReadonlyMap<number, number>
}

interface Rectangle {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

interface OpenShape {
  kind: number
  flags: number
  at: ArtPlace | undefined
  child: Rectangle | undefined
  rectangle: Rectangle | undefined
  hasData: boolean
  readonly properties: Map<number, number>
}

/** Reads the shapes of a drawing that are on cells, or in a group that is. What is damaged ends it. */
export function readArtShapes(drawing: Buffer): readonly ArtShape[] {
  const shapes: ArtShape[] = []
  let count = 0
  let open: OpenShape | undefined
  let group: { readonly at: ArtPlace; readonly rectangle: Rectangle } | undefined

  function close(): void {
    if (open === undefined) return
    const { kind, flags, at, child, rectangle, hasData, properties } = open
    open = undefined
    const place = hasData ? count : undefined
    if (hasData) count += 1
    if ((flags & FLAGS.group) > 0) {
      if (at && rectangle) group = { at, rectangle }
      return
    }
    if (place === undefined || (flags & FLAGS.background) === FLAGS.background) return
    if (at) shapes.push({ place, kind, at, within: undefined, properties })
    else if (child && group) {
      const within = shareOf(child, group.rectangle)
      if (within) shapes.push({ place, kind, at: group.at, within, properties })
    }
  }

  let at = 0
  for (let record = 0; record < MOST_RECORDS && at + HEAD_BYTES <= drawing.length; record += 1) {
    const version = drawing.readUInt16LE(at)
    const type = drawing.readUInt16LE(at + 2)
    const end = at + HEAD_BYTES + drawing.readUInt32LE(at + 4)
    if (type === SHAPE || type === GROUP) close()
    if (type === SHAPE) open = newShape()
    if ((version & 0xf) === CONTAINER) {
      at += HEAD_BYTES
      continue
    }
    const data = drawing.subarray(at + HEAD_BYTES, end)
    if (open) readPart(open, type, version >> 4, data)
    at = end
  }
  close()
  return shapes
}

function newShape(): OpenShape {
  const nothing = { at: undefined, child: undefined, rectangle: undefined }
  return { kind: 0, flags: 0, ...nothing, hasData: false, properties: new Map() }
}

function readPart(shape: OpenShape, type: number, instance: number, data: Buffer): void {
  if (type === KIND && data.length >= 8) {
    shape.kind = instance
    shape.flags = data.readUInt32LE(4)
  }
  if (type === PROPERTIES) readProperties(shape.properties, instance, data)
  if (type === CELL_PLACE && data.length >= 18) shape.at = readPlace(data)
  if (type === CHILD_PLACE && data.length >= 16) shape.child = readRectangle(data)
  if (type === GROUP_PLACE && data.length >= 16) shape.rectangle = readRectangle(data)
  if (type === CLIENT_DATA) shape.hasData = true
}

const PROPERTY_BYTES = 6

/** The part of a property that is its number. */
const PROPERTY = 0x3fff

function readProperties(properties: Map<number, number>, count: number, data: Buffer): void {
  for (let nth = 0; nth < count && (nth + 1) * PROPERTY_BYTES <= data.length; nth += 1) {
    const at = nth * PROPERTY_BYTES
    properties.set(data.readUInt16LE(at) & PROPERTY, data.readUInt32LE(at + 2))
  }
}

function readPlace(data: Buffer): ArtPlace {
  const corner = (at: number): ArtCorner => ({
    column: data.readUInt16LE(at),
    across: data.readUInt16LE(at + 2),
    row: data.readUInt16LE(at + 4),
    down: data.readUInt16LE(at + 6),
  })
  return { from: corner(2), to: corner(10) }
}

function readRectangle(data: Buffer): Rectangle {
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((at) => data.readInt32LE(at))
  return { left, top, right, bottom }
}

function shareOf(child: Rectangle, of: Rectangle): ArtShape['within'] {
  const [width, height] = [of.right - of.left, of.bottom - of.top]
  if (width <= 0 || height <= 0) return undefined
  return {
    x: (child.left - of.left) / width,
    y: (child.top - of.top) / height,
    width: (child.right - child.left) / width,
    height: (child.bottom - child.top) / height,
  }
}
