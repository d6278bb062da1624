import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { borderOf, paddingOf } from '../borders.ts'
import { writeCrop } from '../crops.ts'
import { blipFill, pictureOpacity, solidFill, writeFill } from '../drawing/fill.ts'
import { readForm } from '../drawing/geometry.ts'
import { writeLine } from '../drawing/line.ts'
import { readPlace, type ShapePlace, writePlace } from '../drawing/place.ts'
import { emu, lengthOf, toHex, toShare } from '../measures.ts'
import { imageOf } from '../part-links.ts'
import { type Look, valueOf } from '../styles.ts'
import { MOST_LEVELS, type OdtContext, type WriteBlocks } from './odt-context.ts'

/** More shapes than are in a group. */
const MOST_SHAPES = 500

/** What is drawn that is no text, wherever it stands. */
export function isDrawn({ name }: Element): boolean {
  return DRAWN.has(name)
}

const DRAWN: ReadonlySet<string> = new Set(
  'frame custom-shape rect ellipse circle line connector path polygon polyline caption measure g'.split(
    ' ',
  ),
)

/**
 * Writes a frame or a shape as Word has it (ECMA-376, part 1, 20.4): in its line, or anchored.
 *
 * @param isOnPage - whether it is in no paragraph
 */
export function writeDrawings(
  drawn: Element,
  context: OdtContext,
  writeBlocks: WriteBlocks,
  isOnPage = false,
): readonly Element[] {
  const look = context.styles.look('graphic', attributeOf(drawn, 'style-name'))
  const anchor = isOnPage ? 'page' : (attributeOf(drawn, 'anchor-type') ?? 'paragraph')
  return [...shapesOf(drawn)].slice(0, MOST_SHAPES).flatMap((shape) => {
    const written = writeThing(shape, context, writeBlocks)
    if (written === undefined) return []
    const { place, thing } = written
    const extent = makeElement('extent', { cx: emu(place.width), cy: emu(place.height) })
    const graphic = makeElement('graphic', {}, [makeElement('graphicData', {}, [thing])])
    if (anchor === 'as-char') {
      return [makeElement('drawing', {}, [makeElement('inline', {}, [extent, graphic])])]
    }
    const holder = makeElement(
      'anchor',
      { behindDoc: valueOf(look, 'graphic', 'run-through') === 'background' ? '1' : '0' },
      [...placesOf(look, place, anchor), extent, wrapOf(look), graphic],
    )
    return [makeElement('drawing', {}, [holder])]
  })
}

function* shapesOf(drawn: Element): Generator<Element> {
  if (drawn.name !== 'g') yield drawn
  else for (const child of drawn.children) if (isDrawn(child)) yield* shapesOf(child)
}

/** Something that is drawn, as Word has it. */
interface Thing {
  readonly place: ShapePlace
  readonly thing: Element
}

function writeThing(
  shape: Element,
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Thing | undefined {
  return shape.name === 'frame'
    ? writeFrame(shape, context, writeBlocks)
    : writeShape(shape, context, writeBlocks)
}

function writeFrame(
  frame: Element,
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Thing | undefined {
  const place = sizedPlace(frame, context)
  const look = context.styles.look('graphic', attributeOf(frame, 'style-name'))
  const box = childOf(frame, 'text-box')
  if (box !== undefined) {
    const border = borderOf(look, 'graphic', 'top')
    const fill = writeFill(look, context, {}) ?? groundOf(look)
    const line =
      border === undefined || border === 'none' ? makeElement('noFill') : solidFill(border.colour)
    const width = border === undefined || border === 'none' ? 0 : border.width
    const properties = makeElement('spPr', {}, [
      writePlace(place),
      makeElement('prstGeom', { prst: 'rect' }),
      fill,
      makeElement('ln', { w: emu(width) }, [line]),
    ])
    const inset = (side: 'left' | 'top' | 'right' | 'bottom'): string =>
      emu(paddingOf(look, 'graphic', side) ?? 0)
    const insets = {
      lIns: inset('left'),
      tIns: inset('top'),
      rIns: inset('right'),
      bIns: inset('bottom'),
    }
    return { place, thing: writeTextShape(box.children, properties, insets, context, writeBlocks) }
  }
  const image = imageOf(frame)
  const id = context.links.addPicture(image)
  if (id === undefined) return undefined
  const picture = makeElement('pic', {}, [
    blipFill(id, pictureOpacity(look), writeCrop(look, image, context.sizes)),
    makeElement('spPr', {}, [writePlace(place)]),
  ])
  return { place, thing: picture }
}

/** The colour behind a frame. */
function groundOf(look: Look): Element {
  const colour = toHex(valueOf(look, 'graphic', 'background-color'))
  return colour === undefined ? makeElement('noFill') : solidFill(colour)
}

/** A frame may be as wide as a share of the text, and at least as high as something. */
function sizedPlace(frame: Element, { room }: OdtContext): ShapePlace {
  const place = readPlace(frame)
  const box = childOf(frame, 'text-box')
  const share = toShare(attributeOf(frame, 'rel-width'))
  const width =
    place.width || (share === undefined ? lengthOf(box, 'min-width') : share * room) || room / 2
  const height = place.height || (lengthOf(box, 'min-height') ?? 0)
  return { ...place, width, height }
}

function writeShape(
  shape: Element,
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Thing | undefined {
  const form = readForm(shape)
  if (form === undefined) return undefined
  const { place, geometry, isLine } = form
  const look = context.styles.look('graphic', attributeOf(shape, 'style-name'))
  const properties = makeElement('spPr', {}, [
    writePlace(place),
    geometry,
    isLine ? makeElement('noFill') : writeFill(look, context, { usual: 'solid' }),
    writeLine(look, context.styles, 'solid'),
  ])
  const text = shape.children.filter(({ name }) => ['p', 'list', 'h'].includes(name))
  const inset = (side: 'left' | 'top' | 'right' | 'bottom'): string =>
    emu(paddingOf(look, 'graphic', side) ?? (side === 'left' || side === 'right' ? 7.1 : 3.55))
  const anchors: Readonly<Record<string, string>> = { middle: 'ctr', bottom: 'b', top: 't' }
  const body = {
    anchor: anchors[valueOf(look, 'graphic', 'textarea-vertical-align') ?? ''] ?? 'ctr',
    lIns: inset('left'),
    tIns: inset('top'),
    rIns: inset('right'),
    bIns: inset('bottom'),
  }
  return { place, thing: writeTextShape(text, properties, body, context, writeBlocks) }
}

function writeTextShape(
  text: readonly Element[],
  properties: Element,
  body: Readonly<Record<string, string>>,
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Element {
  const within = { ...context, level: context.level + 1 }
  const isWritten = text.length > 0 && context.level < MOST_LEVELS
  return makeElement('wsp', {}, [
    properties,
    isWritten
      ? makeElement('txbx', {}, [makeElement('txbxContent', {}, writeBlocks(text, within))])
      : undefined,
    makeElement('bodyPr', body),
  ])
}

const ACROSS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    page: 'page',
    'page-start-margin': 'page',
    'page-content': 'margin',
  }),
)

const DOWN: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ page: 'page', 'page-content': 'margin' }),
)

const WAYS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    left: 'left',
    inside: 'left',
    center: 'center',
    right: 'right',
    outside: 'right',
    top: 'top',
    middle: 'center',
    bottom: 'bottom',
  }),
)

function placesOf(look: Look, place: ShapePlace, anchor: string): readonly Element[] {
  const isOnPage = anchor === 'page'
  const along = (
    name: 'positionH' | 'positionV',
    axis: 'horizontal' | 'vertical',
    frames: ReadonlyMap<string, string>,
    usual: string,
    offset: number,
  ): Element => {
    const relative = valueOf(look, 'graphic', `${axis}-rel`) ?? ''
    const way = WAYS.get(valueOf(look, 'graphic', `${axis}-pos`) ?? '')
    return makeElement(
      name,
      { relativeFrom: frames.get(relative) ?? (isOnPage ? 'page' : usual) },
      [
        way === undefined
          ? makeElement('posOffset', {}, [], emu(offset))
          : makeElement('align', {}, [], way),
      ],
    )
  }
  return [
    along('positionH', 'horizontal', ACROSS, 'column', place.x),
    along('positionV', 'vertical', DOWN, 'paragraph', place.y),
  ]
}

function wrapOf(look: Look): Element {
  const wrap = valueOf(look, 'graphic', 'wrap') ?? 'none'
  if (wrap === 'run-through') return makeElement('wrapNone')
  return makeElement(wrap === 'none' ? 'wrapTopAndBottom' : 'wrapSquare')
}
