import type { LetterColour } from '../../typesetting/text-content.ts'
import type { Sides } from '../drawing/page.ts'
import { attributeOf, childOf, descend, type Element, linkOf, outermostOf } from '../element.ts'
import type { Border, Float, FloatContent, FloatPlace } from '../flow/blocks.ts'
import { makeElement } from '../slides/make-element.ts'
import type { DocxContext, ReadBlocks } from './docx-context.ts'
import { colourOf, emuIn, emuOf, numberOf } from './measures.ts'

/** A picture that stands in a line, and what stands beside it. */
export interface ReadDrawing {
  readonly inset: PlacedPicture | undefined
  readonly floats: readonly Float[]
}

/** A picture of a size, in points. */
export interface PlacedPicture {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly crop: Sides | undefined
}

/** As many pictures and boxes as are read of one drawing. */
const MOST_THINGS = 200

/** Inside of a box, in points, where nothing is said. */
const BOX_MARGINS = { left: 7.2, top: 3.6, right: 7.2, bottom: 3.6 }

/** Below what is anchored, which leaves its height free. */
const BELOW = {
  horizontal: { from: 'column', offset: 0 },
  vertical: { from: 'paragraph', offset: 0 },
  wrap: 'clear',
} as const

/** In the middle of the page, behind the text. */
const STAMPED = {
  horizontal: { from: 'margin', offset: 0, align: 0.5 },
  vertical: { from: 'margin', offset: 0, align: 0.5 },
  wrap: 'behind',
} as const

/** Reads what is drawn at a place (ECMA-376, part 1, 20.4): pictures, charts, diagrams, shapes and boxes of text, in a line or anchored. */
export function readDrawing(
  drawing: Element,
  context: DocxContext,
  readBlocks: ReadBlocks,
): ReadDrawing {
  const holder = childOf(drawing, 'inline') ?? childOf(drawing, 'anchor')
  if (holder === undefined) return { inset: undefined, floats: [] }
  const extent = childOf(holder, 'extent')
  const size = { width: emuOf(extent, 'cx') ?? 0, height: emuOf(extent, 'cy') ?? 0 }
  const content = descend(holder, 'graphic', 'graphicData')
  const things = content === undefined ? [] : readThings(content, size, context, readBlocks)
  const [only] = things
  if (holder.name === 'inline') {
    if (things.length === 1 && only?.content.kind === 'picture') {
      const { name, crop } = only.content
      return { inset: { name, crop, ...size }, floats: [] }
    }
    return { inset: undefined, floats: things.map((each) => toFloat(each, BELOW)) }
  }
  const frame: FloatFrame = {
    horizontal: readPlace(childOf(holder, 'positionH'), ACROSS, 'column'),
    vertical: readPlace(childOf(holder, 'positionV'), DOWN, 'paragraph'),
    wrap: readWrap(holder),
  }
  return { inset: undefined, floats: things.map((each) => toFloat(each, frame)) }
}

type FloatFrame = Pick<Float, 'horizontal' | 'vertical' | 'wrap'>

/** Something in a drawing, in points from its upper left. */
interface Thing {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly content: FloatContent
}

function toFloat({ x, y, width, height, content }: Thing, frame: FloatFrame): Float {
  const { horizontal, vertical, wrap } = frame
  return {
    width,
    height,
    horizontal: { ...horizontal, offset: horizontal.offset + x },
    vertical: { ...vertical, offset: vertical.offset + y },
    wrap,
    content,
  }
}

function readThings(
  content: Element,
  size: { readonly width: number; readonly height: number },
  context: DocxContext,
  readBlocks: ReadBlocks,
): readonly Thing[] {
  const group = childOf(content, 'wgp') ?? childOf(content, 'wpc')
  const frame = descend(group, 'grpSpPr', 'xfrm')
  const start = childOf(frame, 'chOff')
  const inner = {
    x: emuOf(start, 'x') ?? 0,
    y: emuOf(start, 'y') ?? 0,
    width: emuOf(childOf(frame, 'chExt'), 'cx') ?? size.width,
    height: emuOf(childOf(frame, 'chExt'), 'cy') ?? size.height,
  }
  const scale = { x: size.width / (inner.width || 1), y: size.height / (inner.height || 1) }
  const things: Thing[] = []
  for (const each of thingsIn(group ?? content)) {
    if (things.length >= MOST_THINGS) break
    const read = readContents(each, context, readBlocks)
    if (group === undefined) {
      things.push(...read.map((one) => ({ x: 0, y: 0, ...size, content: one })))
      continue
    }
    const own = descend(each, 'spPr', 'xfrm') ?? childOf(each, 'xfrm')
    const [offset, reach] = [childOf(own, 'off'), childOf(own, 'ext')]
    const place = {
      x: ((emuOf(offset, 'x') ?? 0) - inner.x) * scale.x,
      y: ((emuOf(offset, 'y') ?? 0) - inner.y) * scale.y,
      width: (emuOf(reach, 'cx') ?? 0) * scale.x,
      height: (emuOf(reach, 'cy') ?? 0) * scale.y,
    }
    things.push(...read.map((one) => ({ ...place, content: one })))
  }
  return things
}

/** Pictures, shapes, frames of what has parts of its own, charts and diagrams. */
const DRAWN: ReadonlySet<string> = new Set('pic wsp graphicFrame chart relIds'.split(' '))

function* thingsIn(element: Element): Generator<Element> {
  for (const child of element.children) {
    if (DRAWN.has(child.name)) yield child
    else yield* thingsIn(child)
  }
}

/** What a thing is made of, from behind. */
function readContents(
  thing: Element,
  context: DocxContext,
  readBlocks: ReadBlocks,
): readonly FloatContent[] {
  if (thing.name === 'pic') {
    const fill = childOf(thing, 'blipFill')
    const name = context.links.get(linkOf(childOf(fill, 'blip'), 'embed') ?? '')?.target
    if (name === undefined) return []
    return [{ kind: 'picture', name, crop: readCrop(childOf(fill, 'srcRect')) }]
  }
  if (thing.name === 'wsp') return readShape(thing, context, readBlocks)
  const frame =
    thing.name === 'graphicFrame'
      ? thing
      : makeElement('graphicFrame', {}, [
          makeElement('graphic', {}, [makeElement('graphicData', {}, [thing])]),
        ])
  return [toPicture(frame, context)]
}

/** What is drawn later. */
function toPicture(element: Element, { addGraphic, links }: DocxContext): FloatContent {
  return { kind: 'picture', name: addGraphic({ element, links }), crop: undefined }
}

function readShape(
  shape: Element,
  context: DocxContext,
  readBlocks: ReadBlocks,
): readonly FloatContent[] {
  const properties = childOf(shape, 'spPr')
  const body = childOf(shape, 'bodyPr')
  const style = childOf(shape, 'style')
  const text = descend(shape, 'txbx', 'txbxContent')
  const isPlain = style === undefined && isPlainBox(properties)
  const fill = solidColour(properties)
  const border = isPlain ? readOutline(childOf(properties, 'ln')) : undefined
  const looks = [properties, style].filter((each) => each !== undefined)
  const drawn = isPlain ? [] : [toPicture(makeElement('sp', {}, looks), context)]
  if (text === undefined && (!isPlain || (fill === undefined && border === undefined))) return drawn
  const ground = fill ?? (isLight(childOf(style, 'fontRef')) ? DARK : undefined)
  const within = { ...context, level: context.level + 1, ground, table: undefined }
  const side = (name: string, usual: number): number => emuOf(body, name) ?? usual
  const box: FloatContent = {
    kind: 'box',
    blocks: readBlocks(text?.children ?? [], within),
    margins: {
      left: side('lIns', BOX_MARGINS.left),
      top: side('tIns', BOX_MARGINS.top),
      right: side('rIns', BOX_MARGINS.right),
      bottom: side('bIns', BOX_MARGINS.bottom),
    },
    anchor: ANCHORS.get(attributeOf(body, 'anchor') ?? '') ?? 0,
    fill: isPlain ? fill : undefined,
    border,
  }
  return [...drawn, box]
}

/** How much of the room that a text leaves in its box is above it. */
const ANCHORS: ReadonlyMap<string, 0 | 0.5 | 1> = new Map(
  Object.entries<0 | 0.5 | 1>({ t: 0, ctr: 0.5, b: 1 }),
)

/** Whether a shape is a box of plain colours, which becomes as high as its text. */
function isPlainBox(properties: Element | undefined): boolean {
  const form = childOf(properties, 'prstGeom')
  const isBox =
    childOf(properties, 'custGeom') === undefined &&
    (attributeOf(form, 'prst') ?? 'rect') === 'rect'
  return isBox && [properties, childOf(properties, 'ln')].every((holder) => isPlainFill(holder))
}

function isPlainFill(holder: Element | undefined): boolean {
  const fill = holder?.children.find(({ name }) => name.endsWith('Fill'))
  return fill === undefined || fill.name === 'noFill' || childOf(fill, 'srgbClr') !== undefined
}

/** Behind letters that are light unless they say otherwise. */
const DARK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }

function isLight(reference: Element | undefined): boolean {
  const name = attributeOf(childOf(reference, 'schemeClr'), 'val') ?? ''
  return ['lt1', 'lt2', 'bg1', 'bg2'].includes(name)
}

function solidColour(properties: Element | undefined): LetterColour | undefined {
  return colourOf(descend(properties, 'solidFill', 'srgbClr'), 'val')
}

function readOutline(line: Element | undefined): Border | undefined {
  const colour = solidColour(line)
  if (colour === undefined) return undefined
  return { colour, width: Math.min(20, emuOf(line, 'w') ?? 0.75), style: 'single', space: 0 }
}

/** In hundred thousandths of the picture. */
function readCrop(rectangle: Element | undefined): Sides | undefined {
  if (rectangle === undefined) return undefined
  const part = (name: string): number => {
    const value = (numberOf(rectangle, name) ?? 0) / 100_000
    return Math.min(0.99, Math.max(-5, value))
  }
  const crop = { left: part('l'), top: part('t'), right: part('r'), bottom: part('b') }
  return Object.values(crop).every((each) => each === 0) ? undefined : crop
}

const ACROSS: ReadonlyMap<string, 'page' | 'margin' | 'column'> = new Map(
  Object.entries<'page' | 'margin' | 'column'>({
    page: 'page',
    margin: 'margin',
    leftMargin: 'page',
    column: 'column',
    character: 'column',
  }),
)
const DOWN: ReadonlyMap<string, 'page' | 'margin' | 'paragraph'> = new Map(
  Object.entries<'page' | 'margin' | 'paragraph'>({
    page: 'page',
    topMargin: 'page',
    margin: 'margin',
    paragraph: 'paragraph',
    line: 'paragraph',
  }),
)
const ALIGNS: ReadonlyMap<string, 0 | 0.5 | 1> = new Map(
  Object.entries<0 | 0.5 | 1>({
    left: 0,
    top: 0,
    inside: 0,
    center: 0.5,
    right: 1,
    bottom: 1,
    outside: 1,
  }),
)

function readPlace<Frame extends string>(
  place: Element | undefined,
  frames: ReadonlyMap<string, Frame>,
  usual: Frame,
): FloatPlace<Frame> {
  return {
    from: frames.get(attributeOf(place, 'relativeFrom') ?? '') ?? usual,
    offset: emuIn(childOf(place, 'posOffset')?.text) ?? 0,
    align: ALIGNS.get(childOf(place, 'align')?.text.trim() ?? ''),
  }
}

const AROUND = ['wrapSquare', 'wrapTight', 'wrapThrough']

function readWrap(anchor: Element): Float['wrap'] {
  if (childOf(anchor, 'wrapTopAndBottom')) return 'clear'
  if (AROUND.some((name) => childOf(anchor, name))) return 'around'
  return attributeOf(anchor, 'behindDoc') === '1' ? 'behind' : 'over'
}

/** Reads what older programs draw (ECMA-376, part 4, 14): a picture in its line, and text of boxes below it. */
export function readPict(pict: Element, context: DocxContext, readBlocks: ReadBlocks): ReadDrawing {
  let inset: PlacedPicture | undefined
  const floats: Float[] = []
  for (const shape of pict.children.slice(0, MOST_THINGS)) {
    const style = attributeOf(shape, 'style') ?? ''
    const size = { width: readLength(style, 'width'), height: readLength(style, 'height') }
    const name = context.links.get(linkOf(childOf(shape, 'imagedata'), 'id') ?? '')?.target
    if (name !== undefined && size.width > 0 && size.height > 0) {
      const content = { kind: 'picture', name, crop: undefined } as const
      if (/position:absolute/.test(style)) floats.push({ ...size, ...STAMPED, content })
      else inset ??= { name, ...size, crop: undefined }
    }
    for (const box of outermostOf(shape, 'txbxContent')) {
      const within = { ...context, level: context.level + 1, table: undefined }
      const content = {
        kind: 'box',
        blocks: readBlocks(box.children, within),
        margins: BOX_MARGINS,
        anchor: 0,
        fill: undefined,
        border: undefined,
      } as const
      floats.push({ ...size, ...BELOW, content })
    }
  }
  return { inset, floats }
}

/** Points a unit of a style. */
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({ pt: 1, in: 72, cm: 28.35, mm: 2.835, px: 0.75 }),
)

/** A length of a style, in points; 0 when there is none. */
function readLength(style: string, name: 'width' | 'height'): number {
  const pattern =
    name === 'width'
      ? /(?:^|;)\s*width:\s*([\d.]+)([a-z]*)/
      : /(?:^|;)\s*height:\s*([\d.]+)([a-z]*)/
  const [, value, unit = ''] = pattern.exec(style) ?? []
  const length = Number(value) * (UNITS.get(unit) ?? 0.75)
  return Number.isFinite(length) ? Math.min(2000, length) : 0
}
