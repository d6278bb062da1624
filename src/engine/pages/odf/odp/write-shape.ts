import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { paddingOf, type Side } from '../borders.ts'
import { writeCrop } from '../crops.ts'
import { blipFill, pictureOpacity, writeFill } from '../drawing/fill.ts'
import { readForm } from '../drawing/geometry.ts'
import { writeLine } from '../drawing/line.ts'
import { readPlace, type ShapePlace, writePlace } from '../drawing/place.ts'
import { emu } from '../measures.ts'
import { imageOf } from '../part-links.ts'
import { joinLooks, type Look, partOf, readLook, valueOf } from '../styles.ts'
import type { SlideContext } from './slide-context.ts'
import { writeSlideTable } from './write-table.ts'
import { type TextGround, writeParagraphs } from './write-text.ts'

/** Groups within groups that are written, and shapes of a page. */
const MOST_WITHIN = 30
const MOST_SHAPES = 20_000

/** The shapes of a page or a master page as a slide has them. */
export function writeShapes(
  shapes: readonly Element[],
  context: SlideContext,
  isShown: (shape: Element) => boolean = () => true,
): Element[] {
  const written: Element[] = []
  function add(shape: Element, level: number): void {
    if (level > MOST_WITHIN || written.length >= MOST_SHAPES) return
    if (shape.name === 'g' || shape.name === 'a') {
      for (const child of shape.children) add(child, level + 1)
      return
    }
    if (attributeOf(shape, 'display') === 'none' || !isShown(shape)) return
    const element = shape.name === 'frame' ? writeFrame(shape, context) : writeAuto(shape, context)
    if (element !== undefined) written.push(element)
  }
  for (const shape of shapes) add(shape, 0)
  return written
}

/** The family and the name of the style of a shape. */
function styleOf(shape: Element): readonly [family: string, name: string | undefined] {
  const own = shape.attributes['presentation:style-name']
  return own === undefined ? ['graphic', attributeOf(shape, 'style-name')] : ['presentation', own]
}

/** How paragraphs of a shape look that say nothing themselves. */
function groundOf(shape: Element, look: Look, { styles }: SlideContext): TextGround {
  const paragraph = attributeOf(shape, 'text-style-name')
  const withText = (under: Look): Look =>
    styles
      .chain('paragraph', paragraph)
      .toReversed()
      .reduce((sum, style) => joinLooks(sum, readLook(style)), under)
  const own = withText(look)
  const chain = styles.chain(...styleOf(shape))
  const at = chain.findIndex((style) => (attributeOf(style, 'name') ?? '').endsWith('outline1'))
  const outline = attributeOf(chain[at], 'name')
  const above = chain.slice(0, Math.max(0, at)).toReversed()
  return {
    look: own,
    list: partOf(look, 'graphic', 'list-style'),
    ofLevel(level) {
      if (outline === undefined || level === 0) return own
      const base = styles.look('presentation', outline.replace(/1$/, String(level + 1)))
      return withText(above.reduce((sum, style) => joinLooks(sum, readLook(style)), base))
    },
  }
}

const ANCHORS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ middle: 'ctr', bottom: 'b', top: 't', justify: 'ctr' }),
)

/** A text as a shape of a slide has it; undefined when there is none. */
function writeBody(
  shape: Element,
  elements: readonly Element[],
  look: Look,
  context: SlideContext,
): Element | undefined {
  const paragraphs = writeParagraphs(elements, groundOf(shape, look, context), context)
  if (paragraphs.length === 0) return undefined
  const value = (name: string): string | undefined => valueOf(look, 'graphic', name)
  const inset = (side: Side): string => emu(paddingOf(look, 'graphic', side) ?? 0)
  const shrinks = value('fit-to-size') === 'shrink-to-fit' || value('shrink-to-fit') === 'true'
  // Of a text in a frame it counts whether that grows with it.
  const isWide =
    shape.name === 'frame'
      ? value('auto-grow-width') === 'true'
      : value('wrap-option') === 'no-wrap'
  const isUpright = valueOf(look, 'paragraph', 'writing-mode')?.startsWith('tb') ?? false
  return makeElement('txBody', {}, [
    makeElement(
      'bodyPr',
      {
        lIns: inset('left'),
        tIns: inset('top'),
        rIns: inset('right'),
        bIns: inset('bottom'),
        anchor: ANCHORS.get(value('textarea-vertical-align') ?? '') ?? 't',
        anchorCtr: isWide && value('textarea-horizontal-align') === 'center' ? '1' : undefined,
        wrap: isWide ? 'none' : 'square',
        vert: isUpright ? 'vert' : undefined,
      },
      [shrinks ? makeElement('normAutofit', { fontScale: '100000' }) : undefined],
    ),
    ...paragraphs,
  ])
}

function writeAuto(shape: Element, context: SlideContext): Element | undefined {
  const form = readForm(shape)
  if (form === undefined) return undefined
  const { place, geometry, isLine } = form
  const look = context.styles.look(...styleOf(shape))
  return makeElement('sp', {}, [
    makeElement('spPr', {}, [
      writePlace(place),
      geometry,
      isLine ? makeElement('noFill') : writeFill(look, context, { usual: 'solid' }),
      writeLine(look, context.styles, 'solid'),
    ]),
    writeBody(shape, shape.children, look, context),
  ])
}

function writeFrame(frame: Element, context: SlideContext): Element | undefined {
  // What says where something may be put is not shown.
  if (attributeOf(frame, 'placeholder') === 'true') return undefined
  const place = readPlace(frame)
  const look = context.styles.look(...styleOf(frame))
  const box = childOf(frame, 'text-box')
  if (box !== undefined) {
    return makeElement('sp', {}, [
      makeElement('spPr', {}, [
        writePlace(place),
        makeElement('prstGeom', { prst: 'rect' }),
        writeFill(look, context, { usual: 'none' }),
        writeLine(look, context.styles, 'none'),
      ]),
      writeBody(frame, box.children, look, context),
    ])
  }
  const table = childOf(frame, 'table')
  if (table !== undefined) return writeGraphicFrame(place, writeSlideTable(table, context))
  const image = imageOf(frame)
  const id = context.links.addPicture(image)
  if (id === undefined) return undefined
  return makeElement('pic', {}, [
    blipFill(id, pictureOpacity(look), writeCrop(look, image, context.sizes)),
    makeElement('spPr', {}, [
      writePlace(place),
      makeElement('prstGeom', { prst: 'rect' }),
      writeFill(look, context, { usual: 'none' }),
      writeLine(look, context.styles, 'none'),
    ]),
  ])
}

function writeGraphicFrame(place: ShapePlace, content: Element): Element {
  const transform = writePlace(place)
  return makeElement('graphicFrame', {}, [
    transform,
    makeElement('graphic', {}, [makeElement('graphicData', {}, [content])]),
  ])
}
