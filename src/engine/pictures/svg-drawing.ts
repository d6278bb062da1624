import { type Document, Element, isTag } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { type Matrix, multiply, type Point, transform } from '../../base/affine.ts'
import { localName } from './svg-document.ts'
import { toSignedPixels } from './svg-lengths.ts'
import { around, NOWHERE, readTransform } from './svg-matrix.ts'
import { type Box, boxAround, type LengthOf, type Outline, outlinesOf } from './svg-outlines.ts'
import { readPosition } from './svg-position.ts'

/** The size of a drawing that says nothing of it (CSS Images 3, section 4.1). */
const USUAL: Point = [300, 150]

/** What has an effect on where an element is, by its property. */
const MOVING = ['translate', 'rotate', 'scale'] as const

/** Elements that are as large as what is in them. */
const GROUPS: ReadonlySet<string> = new Set(['g', 'a', 'switch'])

/** What is in a drawing and has no place of its own. */
const UNPLACED: ReadonlySet<string> = new Set([
  'defs',
  'style',
  'title',
  'desc',
  'metadata',
  'symbol',
  'clipPath',
  'mask',
  'linearGradient',
  'radialGradient',
  'pattern',
  'marker',
  'filter',
  'script',
])

/** A drawing whose elements have their styles, and what can be told of their places. */
export class Drawing {
  readonly document: Document
  readonly styles: ReadonlyMap<Element, Map<string, string>>
  readonly #byId = new Map<string, Element>()
  readonly #added: Element[] = []
  readonly #boxes = new Map<Element, Box | undefined>()

  constructor(document: Document, styles: ReadonlyMap<Element, Map<string, string>>) {
    this.document = document
    this.styles = styles
    for (const element of styles.keys()) {
      const { id } = element.attribs
      if (id !== undefined && !this.#byId.has(id)) this.#byId.set(id, element)
    }
  }

  /** The element that a link within the drawing leads to. */
  linked(element: Element): Element | undefined {
    const link = element.attribs['href'] ?? element.attribs['xlink:href'] ?? ''
    return link.startsWith('#') ? this.#byId.get(link.slice(1)) : undefined
  }

  /** What a property of an element is told to be, by CSS or by an attribute. */
  told(element: Element, property: string): string | undefined {
    return this.styles.get(element)?.get(property) ?? element.attribs[property]
  }

  /** The same, or what the elements that it is in are told. */
  inherited(element: Element, property: string): string | undefined {
    for (let at: Element | undefined = element; at !== undefined; at = parentOf(at)) {
      const value = this.told(at, property)
      if (value !== undefined && value !== 'inherit') return value
    }
    return undefined
  }

  /** What tells the lengths of an element. */
  lengthsOf(element: Element): LengthOf {
    return (name) => {
      const told = this.told(element, name)
      return told === undefined ? undefined : toSignedPixels(told, this.wholeOf(element, name))
    }
  }

  /** What a length in per cent is of. */
  wholeOf(element: Element, property: string): number {
    const [width, height] = this.viewOf(element)
    if (/^(?:x|cx|rx|x1|x2|width|dx)$/.test(property)) return width
    if (/^(?:y|cy|ry|y1|y2|height|dy)$/.test(property)) return height
    return Math.hypot(width, height) / Math.SQRT2
  }

  /** How large the view is that an element is in, in its units. */
  viewOf(element: Element): Point {
    for (let at = parentOf(element); at !== undefined; at = parentOf(at)) {
      const view = viewIn(at)
      if (view !== undefined) return view
    }
    return USUAL
  }

  /** The outlines of a shape; undefined for what is none. */
  outlinesOf(element: Element): readonly Outline[] | undefined {
    return outlinesOf(element, this.lengthsOf(element))
  }

  /**
   * The box around an element in its own units (SVG 2, section 8.10), without its lines.
   *
   * @returns undefined when nobody knows it, such as that of a text
   */
  boxOf(element: Element): Box | undefined {
    if (this.#boxes.has(element)) return this.#boxes.get(element)
    // Nobody knows the box of what is in itself.
    this.#boxes.set(element, undefined)
    const found = this.#findBox(element)
    this.#boxes.set(element, found)
    return found
  }

  #findBox(element: Element): Box | undefined {
    const outlines = this.outlinesOf(element)
    if (outlines !== undefined) return boxAround(outlines)
    const name = localName(element)
    if (name === 'use') {
      const used = this.linked(element)
      const lengthOf = this.lengthsOf(element)
      const box = used && this.#boxIn(used)
      return box && { ...box, x: box.x + (lengthOf('x') ?? 0), y: box.y + (lengthOf('y') ?? 0) }
    }
    if (!GROUPS.has(name)) return undefined
    const corners: Point[] = []
    for (const child of element.children) {
      if (!isTag(child) || UNPLACED.has(localName(child))) continue
      const box = this.#boxIn(child)
      if (box === undefined) return undefined
      corners.push([box.x, box.y], [box.x + box.width, box.y + box.height])
    }
    return boxAround([corners])
  }

  /** The box around an element in the units of what it is in. */
  #boxIn(element: Element): Box | undefined {
    const box = this.boxOf(element)
    const matrix = this.matrixOf(element)
    if (box === undefined || matrix === undefined) return undefined
    const { x, y, width, height } = box
    const corners: readonly Point[] = [
      [x, y],
      [x + width, y],
      [x, y + height],
      [x + width, y + height],
    ]
    return boxAround([corners.map((corner) => transform(matrix, corner))])
  }

  /**
   * Where an element is put by all that transforms it (CSS Transforms 2, section 9).
   *
   * @returns undefined when nobody knows it
   */
  matrixOf(element: Element): Matrix | undefined {
    const told = this.told(element, 'transform') ?? ''
    const origin = this.told(element, 'transform-origin')
    const moves = MOVING.map((property) => this.styles.get(element)?.get(property))
    const isPlain =
      origin === undefined && !isRoot(element) && moves.every((move) => move === undefined)
    if (isPlain && !told.includes('%')) return readTransform(told, USUAL)
    const box = this.referenceBox(element, this.told(element, 'transform-box') ?? 'view-box')
    if (box === undefined) return undefined
    const size: Point = [box.width, box.height]
    const [translate = 'none', rotate = 'none', scale = 'none'] = moves
    const parts = [
      readMove(translate, (text) => readTransform(`translate(${text})`, size)),
      readMove(rotate, readRotation),
      readMove(scale, (text) => readTransform(`scale(${text})`, size)),
      readTransform(told, size),
    ]
    const from = readPosition(origin ?? (isRoot(element) ? 'center' : '0 0'), box)
    if (from === undefined) return undefined
    let matrix = NOWHERE
    for (const part of parts) {
      if (part === undefined) return undefined
      matrix = multiply(matrix, part)
    }
    return around(from, matrix)
  }

  /** The box that a value of CSS is about; undefined when nobody knows it. */
  referenceBox(element: Element, name: string): Box | undefined {
    if (isRoot(element)) {
      const [x = 0, y = 0] = (element.attribs['viewBox'] ?? '')
        .trim()
        .split(/[\s,]+/)
        .map(Number)
      const [width, height] = viewIn(element) ?? USUAL
      return { x, y, width, height }
    }
    if (name === 'view-box') {
      const [width, height] = this.viewOf(element)
      return { x: 0, y: 0, width, height }
    }
    if (name === 'fill-box' || name === 'content-box') return this.boxOf(element)
    const lined = name === 'stroke-box' || name === 'border-box'
    const box = lined ? this.boxOf(element) : undefined
    if (box === undefined) return undefined
    const stroke = this.inherited(element, 'stroke') ?? 'none'
    const width =
      stroke === 'none' ? 0 : toSignedPixels(this.inherited(element, 'stroke-width') ?? '1', 0)
    if (width === undefined) return undefined
    const { x, y } = box
    return {
      x: x - width / 2,
      y: y - width / 2,
      width: box.width + width,
      height: box.height + width,
    }
  }

  /**
   * Adds an element to the drawing that others refer to.
   *
   * @returns the name by which they do
   */
  add(
    name: string,
    attributes: Readonly<Record<string, string>>,
    children: readonly Element[],
  ): string {
    const id = `darkroom-${name}-${this.#added.length + 1}`
    this.#added.push(new Element(name, { xmlns: SVG, id, ...attributes }, [...children]))
    return id
  }

  /** Puts what was added behind all else, so that rules that count elements mean the same. */
  finish(): void {
    const root = this.document.children.find(isTag)
    if (root === undefined) return
    for (const element of this.#added) DomUtils.appendChild(root, element)
  }
}

const SVG = 'http://www.w3.org/2000/svg'

/** How large the view is that an element makes for what is in it; undefined when it makes none, or nobody knows. */
function viewIn(element: Element): Point | undefined {
  const name = localName(element)
  if (name !== 'svg' && name !== 'symbol') return undefined
  const { attribs } = element
  const [, , width, height] = (attribs['viewBox'] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number)
  if (width !== undefined && height !== undefined && width > 0 && height > 0) return [width, height]
  const [wide, high] = ['width', 'height'].map((side) =>
    toSignedPixels(attribs[side] ?? '', Number.NaN),
  )
  return wide && high ? [wide, high] : undefined
}

/** The element of the document has a box, as those of pages have. */
function isRoot(element: Element): boolean {
  return parentOf(element) === undefined
}

function parentOf({ parent }: Element): Element | undefined {
  return parent !== null && isTag(parent) ? parent : undefined
}

function readMove(text: string, read: (text: string) => Matrix | undefined): Matrix | undefined {
  return text === 'none' ? NOWHERE : read(text)
}

/** Of an angle alone, or around the axis that leads to whoever looks. */
function readRotation(text: string): Matrix | undefined {
  const angle = text.replace(/^z\s+|\s+z$/, '')
  return /^\S+$/.test(angle) ? readTransform(`rotate(${angle})`, USUAL) : undefined
}
