import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'

/** A picture that is being read. */
export interface RtfPicture {
  /** Whether it is of a format that can be shown. */
  isShown: boolean
  /** The letters of its bytes. */
  readonly hex: string[]
  letters: number
  /** In twentieths of a point, and in percents of that. */
  width: number
  height: number
  scaleX: number
  scaleY: number
}

/** The largest picture that is read, in letters. */
const MOST_LETTERS = 60_000_000

/** A picture that nothing is said of. */
export function newPicture(): RtfPicture {
  return { isShown: false, hex: [], letters: 0, width: 0, height: 0, scaleX: 100, scaleY: 100 }
}

/** Takes a control word that is about a picture. */
export function changePicture(picture: RtfPicture, word: string, parameter = 0): void {
  if (word === 'pngblip' || word === 'jpegblip') picture.isShown = true
  if (word === 'picwgoal') picture.width = parameter
  if (word === 'pichgoal') picture.height = parameter
  if (word === 'picscalex') picture.scaleX = parameter
  if (word === 'picscaley') picture.scaleY = parameter
}

/** Takes letters of the bytes of a picture. */
export function addToPicture(picture: RtfPicture, text: string): void {
  if (!picture.isShown || picture.letters > MOST_LETTERS) return
  picture.hex.push(text.replaceAll(/[^\da-f]/gi, ''))
  picture.letters += text.length
}

/** English metric units of a twentieth of a point. */
const UNIT = 635

/** The bytes of a picture; undefined for one that cannot be shown. */
export function bytesOf(picture: RtfPicture): Buffer | undefined {
  const bytes = Buffer.from(picture.hex.join(''), 'hex')
  return picture.isShown && bytes.length > 0 ? bytes : undefined
}

/**
 * Writes a picture as Word has it, by the id of the link to it.
 *
 * @param box - where it is; undefined for one that stands in a line
 */
export function writeRtfPicture(
  picture: RtfPicture,
  link: string,
  box: RtfBox | undefined,
): Element | undefined {
  const fill = makeElement('blipFill', {}, [makeElement('blip', { 'r:embed': link })])
  const thing = makeElement('pic', {}, [fill])
  if (box !== undefined) return writeAnchored(box, thing)
  const [cx, cy] = [side(picture.width, picture.scaleX), side(picture.height, picture.scaleY)]
  if (cx <= 0 || cy <= 0) return undefined
  return makeElement('drawing', {}, [
    makeElement('inline', {}, [
      makeElement('extent', { cx: String(cx), cy: String(cy) }),
      toGraphic(thing),
    ]),
  ])
}

/** A side of a picture in English metric units. */
function side(length: number, scale: number): number {
  return Math.round(Math.min(32_000, Math.abs(length) * (scale / 100)) * UNIT)
}

function toGraphic(thing: Element): Element {
  return makeElement('graphic', {}, [makeElement('graphicData', {}, [thing])])
}

/** Where a box of text is, by its edges in twentieths of a point. */
export interface RtfBox {
  left: number
  top: number
  right: number
  bottom: number
  across: string
  down: string
  /** What the text does, by its number. */
  wrap: number
}

/** A box that nothing is said of. */
export function newBox(): RtfBox {
  return { left: 0, top: 0, right: 2000, bottom: 500, across: 'column', down: 'paragraph', wrap: 2 }
}

/** Takes a control word that is about a box. */
export function changeBox(box: RtfBox, word: string, parameter = 0): void {
  if (word === 'shpleft') box.left = parameter
  if (word === 'shptop') box.top = parameter
  if (word === 'shpright') box.right = parameter
  if (word === 'shpbottom') box.bottom = parameter
  if (word === 'shpwr') box.wrap = parameter
  if (word === 'shpbxpage') box.across = 'page'
  if (word === 'shpbxmargin') box.across = 'margin'
  if (word === 'shpbypage') box.down = 'page'
  if (word === 'shpbymargin') box.down = 'margin'
}

/** What a text does where something is, as Word calls it. */
const WRAPS: ReadonlyMap<number, string> = new Map([
  [1, 'wrapTopAndBottom'],
  [3, 'wrapNone'],
])

function writeAnchored(box: RtfBox, thing: Element): Element {
  const [width, height] = [Math.max(1, box.right - box.left), Math.max(1, box.bottom - box.top)]
  const place = (name: string, from: string, offset: number): Element =>
    makeElement(name, { relativeFrom: from }, [
      makeElement('posOffset', {}, [], String(offset * UNIT)),
    ])
  return makeElement('drawing', {}, [
    makeElement('anchor', {}, [
      place('positionH', box.across, box.left),
      place('positionV', box.down, box.top),
      makeElement('extent', { cx: String(width * UNIT), cy: String(height * UNIT) }),
      makeElement(WRAPS.get(box.wrap) ?? 'wrapSquare'),
      toGraphic(thing),
    ]),
  ])
}

/** Writes a box of text as Word has it. */
export function writeRtfBox(box: RtfBox, blocks: readonly Element[]): Element {
  const shape = makeElement('wsp', {}, [
    makeElement('spPr', {}, [makeElement('prstGeom', { prst: 'rect' })]),
    makeElement('txbx', {}, [makeElement('txbxContent', {}, blocks)]),
    makeElement('bodyPr'),
  ])
  return writeAnchored(box, shape)
}
