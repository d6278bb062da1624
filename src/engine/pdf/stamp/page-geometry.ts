import type { Matrix } from '../../../base/affine.ts'
import { type PlainFile, resolveArray } from './plain-file.ts'
import { type Entries, MalformedPdf, readDictionary } from './syntax.ts'

/** Deeper than any tree of pages. */
const MOST_LEVELS = 100

/** Points of US Letter, which PDFium takes for pages that have no size. */
const USUAL_BOX: Box = [0, 0, 612, 792]

type Box = readonly [left: number, bottom: number, right: number, top: number]

/** A page as it is shown. */
export interface PageGeometry {
  /** In points, turned. */
  readonly width: number
  readonly height: number
  /** Takes places on the shown page, counted from its lower left, to those of the page as it is described. */
  readonly toPage: Matrix
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const

/** What is known of the nodes of a file's tree of pages: one that has ten thousand is long, and each of them asks for it. */
const nodes = new WeakMap<PlainFile, Map<string, Entries>>()

/** Of a node above pages, what they need of it. */
function readNode(file: PlainFile, reference: string): Entries {
  const known = nodes.get(file) ?? new Map<string, Entries>()
  nodes.set(file, known)
  const node = known.get(reference)
  if (node !== undefined) return node
  const all = readDictionary(file.resolve(reference))
  const needed = new Map([...all].filter(([name]) => [...INHERITED, 'Parent'].includes(name)))
  known.set(reference, needed)
  return needed
}

/** The entries of a page, with those that it inherits (ISO 32000-1, 7.7.3.4). */
export function readPage(file: PlainFile, number: number): Entries {
  const page = readDictionary(file.object(number))
  let above = page.get('Parent')
  for (let level = 0; above !== undefined; level += 1) {
    if (level > MOST_LEVELS) throw new MalformedPdf('the tree of pages has no top')
    const node = readNode(file, above)
    for (const name of INHERITED) {
      const value = node.get(name)
      if (value !== undefined && !page.has(name)) page.set(name, value)
    }
    above = node.get('Parent')
  }
  return page
}

/** Tells how a page is shown: what of it, and turned how. */
export function readGeometry(file: PlainFile, page: Entries): PageGeometry {
  const media = readBox(file, page.get('MediaBox')) ?? USUAL_BOX
  const crop = readBox(file, page.get('CropBox'))
  const [left, bottom, right, top] = (crop && overlap(crop, media)) ?? media
  const turns = ((Math.trunc(readNumber(file, page.get('Rotate')) / 90) % 4) + 4) % 4
  const [width, height] = [right - left, top - bottom]
  const toPage = (
    [
      [1, 0, 0, 1, left, bottom],
      [0, 1, -1, 0, right, bottom],
      [-1, 0, 0, -1, right, top],
      [0, -1, 1, 0, left, top],
    ] as const
  )[turns]
  if (toPage === undefined) throw new MalformedPdf('a page is not turned by quarters')
  return turns % 2 === 0 ? { width, height, toPage } : { width: height, height: width, toPage }
}

function readBox(file: PlainFile, value: string | undefined): Box | undefined {
  const numbers =
    value === undefined
      ? undefined
      : resolveArray(file, value)?.map((item) => readNumber(file, item))
  const [x0, y0, x1, y1] = numbers ?? []
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return undefined
  const box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)] as const
  return isEmpty(box) ? undefined : box
}

function overlap(one: Box, other: Box): Box | undefined {
  const both = [
    Math.max(one[0], other[0]),
    Math.max(one[1], other[1]),
    Math.min(one[2], other[2]),
    Math.min(one[3], other[3]),
  ] as const
  return isEmpty(both) ? undefined : both
}

function isEmpty([left, bottom, right, top]: Box): boolean {
  return !(right > left && top > bottom)
}

function readNumber(file: PlainFile, value: string | undefined): number {
  return value === undefined ? 0 : Number.parseFloat(file.resolve(value)) || 0
}
