import { type PptRecord, readPptRecords, readPptTree } from '../../text/legacy/ppt-records.ts'
import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { writeFreeForm } from './free-form.ts'
import type { PptContext, PptText } from './ppt-context.ts'
import { readPptTexts } from './read-text.ts'
import { LINES, SHAPE_KINDS } from './shape-kinds.ts'
import {
  fixed,
  PROPERTIES,
  type PropertyName,
  readProperties,
  type ShapeProperties,
} from './shape-properties.ts'
import { blip, writePptFill, writePptLine } from './write-fill.ts'
import { writePptText } from './write-text.ts'

/** Records of drawings ([MS-ODRAW] 2.2 and [MS-PPT] 2.13.24). */
const DRAWING = 0x40c
const CONTAINER = 0xf002
const GROUP = 0xf003
const SHAPE = 0xf004
const GROUP_SPACE = 0xf009
const FACTS = 0xf00a
const CHILD_ANCHOR = 0xf00f
const ANCHOR = 0xf010
const TEXT_BOX = 0xf00d
const PLACEHOLDER = 0xbc3
const OUTLINE_TEXT = 0xf9e

/** Flags of a shape. */
const IS_FLIPPED_ACROSS = 0x40
const IS_FLIPPED_DOWN = 0x80
const IS_BACKGROUND = 0x400

const PICTURE = 75
const ROUNDED = 2
const TEXT = 202

/** English metric units of a 576th of an inch. */
const UNIT = 914_400 / 576

/** Groups within groups that are written. */
const MOST_WITHIN = 30

/** A shape, by its records. */
interface ReadShape {
  readonly kind: number
  readonly id: number
  readonly flags: number
  readonly properties: ShapeProperties
  readonly anchor: Anchor | undefined
  /** What a placeholder is for; undefined for none. */
  readonly placeholder: number | undefined
  readonly space: Anchor | undefined
  readonly text: readonly PptRecord[]
}

interface Anchor {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What a slide or a master shows. */
export interface WrittenShapes {
  readonly shapes: readonly Element[]
  /** What is behind all; undefined where nothing says so. */
  readonly background: Element | undefined
}

/** What placeholders of a master are shown on slides, by their kinds: dates, numbers, footers and headers. */
export type ShownPlaceholders = (kind: number) => boolean

/** Writes the shapes of a slide or a master as a slide has them. */
export function writePptShapes(
  slide: Buffer,
  context: PptContext,
  isShown: ShownPlaceholders,
): WrittenShapes {
  const shapes: Element[] = []
  let background: Element | undefined
  for (const drawing of drawingsOf(slide)) {
    for (const record of readPptRecords(drawing)) {
      if (record.type === GROUP) {
        // The first is the group of all, which has no place.
        for (const each of Array.from(readPptRecords(record.data)).slice(1)) {
          shapes.push(...writeRecord(each, context, isShown, 0))
        }
      }
      if (record.type === SHAPE) {
        const shape = readShape(record.data, context)
        if (shape.flags & IS_BACKGROUND) {
          background = writePptFill(shape.properties, context, true)
        }
      }
    }
  }
  return { shapes, background }
}

function* drawingsOf(slide: Buffer): Generator<Buffer> {
  for (const { type, data } of readPptRecords(slide)) {
    if (type !== DRAWING) continue
    for (const each of readPptRecords(data)) if (each.type === CONTAINER) yield each.data
  }
}

/** What shapes of a master say, by their numbers: those of slides are made after them. */
export function readMasterShapes(
  master: Buffer,
  context: PptContext,
): ReadonlyMap<number, ShapeProperties> {
  const found = new Map<number, ShapeProperties>()
  for (const drawing of drawingsOf(master)) {
    for (const { type, data } of readPptTree(drawing)) {
      if (type !== SHAPE) continue
      const { id, properties } = readShape(data, context)
      found.set(id, properties)
    }
  }
  return found
}

function readShape(data: Buffer, { usual, ofMaster }: PptContext): ReadShape {
  const records = Array.from(readPptRecords(data))
  const find = (type: number): PptRecord | undefined => records.find((each) => each.type === type)
  const facts = find(FACTS)
  const own = readProperties(find(PROPERTIES), undefined)
  const model = ofMaster.get(own.value('master') ?? -1)
  const placeholder = records
    .filter(({ isContainer }) => isContainer)
    .flatMap((each) => Array.from(readPptRecords(each.data)))
    .find(({ type }) => type === PLACEHOLDER)
  return {
    kind: facts?.instance ?? 0,
    id: facts?.data.readUInt32LE(0) ?? 0,
    flags: facts?.data.readUInt32LE(4) ?? 0,
    properties: readProperties(find(PROPERTIES), model ?? usual),
    anchor: readAnchor(find(ANCHOR)) ?? readLongAnchor(find(CHILD_ANCHOR)),
    placeholder: placeholder?.data.readUInt8(4),
    space: readLongAnchor(find(GROUP_SPACE)),
    text: Array.from(readPptRecords(find(TEXT_BOX)?.data ?? Buffer.alloc(0))),
  }
}

/** Places on a slide begin with the top. */
function readAnchor(record: PptRecord | undefined): Anchor | undefined {
  const data = record?.data
  if (data === undefined || data.length < 8) return undefined
  const isLong = data.length >= 16
  const at = (index: number): number =>
    isLong ? data.readInt32LE(index * 4) : data.readInt16LE(index * 2)
  return { top: at(0), left: at(1), right: at(2), bottom: at(3) }
}

/** Places in a group begin with the left. */
function readLongAnchor(record: PptRecord | undefined): Anchor | undefined {
  const data = record?.data
  if (data === undefined || data.length < 16) return undefined
  const at = (index: number): number => data.readInt32LE(index * 4)
  return { left: at(0), top: at(1), right: at(2), bottom: at(3) }
}

function writeRecord(
  record: PptRecord,
  context: PptContext,
  isShown: ShownPlaceholders,
  level: number,
): readonly Element[] {
  if (record.type === GROUP) return writeGroup(record.data, context, isShown, level)
  if (record.type !== SHAPE) return []
  const shape = readShape(record.data, context)
  const isLeftOut =
    shape.flags & IS_BACKGROUND || (shape.placeholder !== undefined && !isShown(shape.placeholder))
  const element = isLeftOut ? undefined : writeShape(shape, context)
  return element === undefined ? [] : [element]
}

function writeGroup(
  data: Buffer,
  context: PptContext,
  isShown: ShownPlaceholders,
  level: number,
): readonly Element[] {
  const [first, ...records] = readPptRecords(data)
  if (first === undefined || level > MOST_WITHIN) return []
  const { anchor, space, properties, flags } = readShape(first.data, context)
  const children = records.flatMap((each) => writeRecord(each, context, isShown, level + 1))
  if (anchor === undefined) return children
  const inside = space ?? anchor
  return [
    makeElement('grpSp', {}, [
      makeElement('grpSpPr', {}, [
        writeTransform(anchor, properties, flags, [
          makeElement('chOff', { x: emu(inside.left), y: emu(inside.top) }),
          makeElement('chExt', {
            cx: emu(inside.right - inside.left),
            cy: emu(inside.bottom - inside.top),
          }),
        ]),
      ]),
      ...children,
    ]),
  ]
}

function emu(units: number): string {
  return String(Math.round(units * UNIT))
}

function writeTransform(
  { left, top, right, bottom }: Anchor,
  properties: ShapeProperties,
  flags: number,
  more: readonly Element[] = [],
): Element {
  const turned = fixed(properties.value('rotation') ?? 0)
  const degrees = ((turned % 360) + 360) % 360
  // What stands on its side is told by the box that it takes.
  const isOnSide = (degrees >= 45 && degrees < 135) || (degrees >= 225 && degrees < 315)
  const [width, height] = [right - left, bottom - top]
  const [wide, high] = isOnSide ? [height, width] : [width, height]
  return makeElement(
    'xfrm',
    {
      rot: degrees === 0 ? undefined : String(Math.round(degrees * 60_000)),
      flipH: flags & IS_FLIPPED_ACROSS ? '1' : undefined,
      flipV: flags & IS_FLIPPED_DOWN ? '1' : undefined,
    },
    [
      makeElement('off', {
        x: emu(left + (width - wide) / 2),
        y: emu(top + (height - high) / 2),
      }),
      makeElement('ext', { cx: emu(wide), cy: emu(high) }),
      ...more,
    ],
  )
}

function writeShape(shape: ReadShape, context: PptContext): Element | undefined {
  const { kind, properties, anchor, flags, placeholder } = shape
  if (anchor === undefined) return undefined
  const transform = writeTransform(anchor, properties, flags)
  const picture = properties.value('picture')
  const form = kind === 0 || properties.long('vertices') ? writeFreeForm(properties) : undefined
  const name = SHAPE_KINDS.get(kind) ?? 'rect'
  const geometry =
    form ?? makeElement('prstGeom', { prst: name }, [writeAdjustments(kind, properties)])
  const isBare = kind === TEXT || kind === PICTURE || placeholder !== undefined
  const isLine = form === undefined && LINES.has(name)
  const look = [
    transform,
    geometry,
    isLine ? makeElement('noFill') : writePptFill(properties, context, !isBare),
    writePptLine(properties, context, !isBare),
  ]
  if (kind === PICTURE && picture !== undefined) {
    const id = context.pictureLink(picture)
    if (id === undefined) return undefined
    return makeElement('pic', {}, [blip(id, writeCrop(properties)), makeElement('spPr', {}, look)])
  }
  const text = textOf(shape, context)
  const paragraphs = text === undefined ? [] : writePptText(text, context)
  // A placeholder in which nothing is says where something may be put.
  if (placeholder !== undefined && (text?.text ?? '') === '') return undefined
  return makeElement('sp', {}, [
    makeElement('spPr', {}, look),
    paragraphs.length === 0
      ? undefined
      : makeElement('txBody', {}, [writeBody(properties), ...paragraphs]),
  ])
}

function writeAdjustments(kind: number, properties: ShapeProperties): Element {
  const told = properties.value('adjust')
  const guides =
    kind === ROUNDED && told !== undefined
      ? [makeElement('gd', { name: 'adj', fmla: `val ${Math.round((told / 21_600) * 100_000)}` })]
      : []
  return makeElement('avLst', {}, guides)
}

function writeCrop(properties: ShapeProperties): Element {
  const share = (name: PropertyName): string =>
    String(Math.round(Math.min(0.95, Math.max(-5, fixed(properties.value(name) ?? 0))) * 100_000))
  return makeElement('srcRect', {
    l: share('cropLeft'),
    t: share('cropTop'),
    r: share('cropRight'),
    b: share('cropBottom'),
  })
}

/** The text of a shape itself, or that of the outline which it refers to. */
function textOf({ text }: ReadShape, { outline }: PptContext): PptText | undefined {
  const reference = text.find(({ type }) => type === OUTLINE_TEXT)
  const own = readPptTexts(text)[0]
  if (reference === undefined) return own
  const told = outline[reference.data.readUInt32LE(0)]
  const ruler = own?.ruler ?? told?.ruler
  return told && { ...told, ruler }
}

const ANCHORS = ['t', 'ctr', 'b', 't', 'ctr', 'b'] as const
const FIRST_CENTRED = 3
const NOT_WRAPPED = 2

/** What is between a shape and its text in English metric units where nothing is said. */
const INSETS = { textLeft: 91_440, textTop: 45_720, textRight: 91_440, textBottom: 45_720 } as const

function writeBody(properties: ShapeProperties): Element {
  const inset = (name: keyof typeof INSETS): string =>
    String(properties.value(name) ?? INSETS[name])
  const anchor = properties.value('anchor') ?? 0
  const flow = properties.value('flow') ?? 0
  return makeElement('bodyPr', {
    lIns: inset('textLeft'),
    tIns: inset('textTop'),
    rIns: inset('textRight'),
    bIns: inset('textBottom'),
    anchor: ANCHORS[anchor] ?? 't',
    anchorCtr: anchor >= FIRST_CENTRED && anchor < ANCHORS.length ? '1' : undefined,
    wrap: properties.value('wrap') === NOT_WRAPPED ? 'none' : 'square',
    vert: flow === 2 ? 'vert270' : [1, 3, 5].includes(flow) ? 'vert' : undefined,
  })
}
