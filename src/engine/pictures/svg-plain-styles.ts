import { type ChildNode, type Document, type Element, isTag, isText, Text } from 'domhandler'
import { DomUtils } from 'htmlparser2'
import { escapeXml } from '../../base/xml.ts'
import { cascade, type Declared, sheetsOf, textOf } from './svg-cascade.ts'
import { shapeClip } from './svg-clip-shapes.ts'
import type { Screen } from './svg-conditions.ts'
import { scaleDashes } from './svg-dashes.ts'
import { localName, parseSvg, printSvg } from './svg-document.ts'
import { Drawing } from './svg-drawing.ts'
import { partFont } from './svg-font.ts'
import { keepLight } from './svg-gradients.ts'
import { reckonLengths } from './svg-lengths.ts'
import { readInitialValues, withoutRules } from './svg-rules.ts'
import { placeTransformed } from './svg-transforms.ts'
import { resolveVariables, type Variables } from './svg-variables.ts'

/**
 * Has each element of a drawing say by itself what rules say of it, as librsvg understands it: without variables, with one
 * transformation, outlines, clip paths and dashes of SVG 1.1, and gradients that it draws as they are meant.
 *
 * @param svg - one character a byte
 * @returns the drawing, as it was when it has more elements or rules than can be matched
 */
export function toPlainStyles(svg: string, screen: Screen): string {
  const document = parseSvg(svg)
  const declared = cascade(document, screen)
  if (declared === undefined) return svg
  const styles = new Map<Element, Map<string, string>>()
  const initial = readInitialValues(sheetsOf(document, screen))
  for (const child of document.children) resolveIn(child, initial, { declared, styles })
  const drawing = new Drawing(document, styles)
  for (const [element, style] of styles) {
    partFont(style)
    reckonShares(element, drawing)
    tellColour(element, drawing)
    tellOutline(element, drawing)
    tellPlace(element, drawing)
    tellCase(element, drawing)
  }
  for (const element of styles.keys()) {
    // Where a clip is cut is told in the units of the element, so its place is no matter.
    shapeClip(element, drawing)
    scaleDashes(element, drawing)
  }
  keepLight(drawing)
  const matrices = [...styles.keys()].map(
    (element) => [element, drawing.matrixOf(element)] as const,
  )
  for (const [element, matrix] of matrices) placeTransformed(element, matrix, drawing)
  drawing.finish()
  for (const [element, style] of styles) writeStyle(element, style)
  emptySheets(document)
  return printSvg(document)
}

/** Puts values in the place of the variables of an element and of those in it, which have its variables. */
function resolveIn(
  node: ChildNode,
  inherited: Variables,
  into: {
    readonly declared: ReadonlyMap<Element, Declared>
    readonly styles: Map<Element, Map<string, string>>
  },
): void {
  if (!isTag(node)) return
  const { resolved, variables } = resolveVariables(into.declared.get(node) ?? new Map(), inherited)
  into.styles.set(node, resolved)
  for (const child of node.children) resolveIn(child, variables, into)
}

/** What is reckoned, with something in it. */
const RECKONED = /(?<![\w-])(?:calc|min|max|clamp)\(/

/** Properties whose per cent are of the view that the element is in. */
const OF_VIEW = /^(?:[xy]|[cr]?[xy]|r|width|height|stroke-(?:width|dashoffset))$/

/** Writes what is reckoned as pixels, also of per cent where it is known of what. */
function reckonShares(element: Element, drawing: Drawing): void {
  const style = drawing.styles.get(element)
  for (const [property, value] of style ?? []) {
    const isOfView = OF_VIEW.test(property) && RECKONED.test(value) && value.includes('%')
    const whole = isOfView ? drawing.wholeOf(element, property) : 0
    const inPixels = isOfView
      ? value.replaceAll(
          /([-+]?[\d.]+)%/g,
          (_, share: string) => `${(Number(share) * whole) / 100}px`,
        )
      : value
    style?.set(property, reckonLengths(inPixels))
  }
}

/** What may be told to be a colour, by attributes as well. */
const COLOURS = ['fill', 'stroke', 'stop-color', 'flood-color', 'lighting-color'] as const

/** A colour that is made of that of the element. */
const OF_OWN = /(?:color-mix\([^;]{0,200}?|\bfrom\s+)\bcurrentcolor\b/i

/** Puts the colour of an element into colours that are made of it. */
function tellColour(element: Element, drawing: Drawing): void {
  for (const property of COLOURS) {
    const value = drawing.told(element, property)
    if (value === undefined || !OF_OWN.test(value)) continue
    const own = drawing.inherited(element, 'color') ?? 'black'
    drawing.styles.get(element)?.set(property, value.replaceAll(/\bcurrentcolor\b/gi, own))
  }
}

/** What CSS tells of an outline wins over what the attribute does. */
function tellOutline(element: Element, { styles }: Drawing): void {
  const style = styles.get(element)
  const [, , path] = /^path\(\s*(["'])([^"']*)\1\s*\)$/.exec(style?.get('d') ?? '') ?? []
  if (path === undefined || localName(element) !== 'path') return
  element.attribs['d'] = path
  style?.delete('d')
}

/** What of places and sizes browsers take from CSS, of elements that make a view for others. */
const PLACED: Readonly<Record<string, readonly string[]>> = { svg: [], symbol: [], use: ['x', 'y'] }

/** Of views and what is drawn again browsers take other places and sizes by attributes alone, and librsvg takes them by CSS. */
function tellPlace(element: Element, { styles }: Drawing): void {
  const style = styles.get(element)
  const placed = PLACED[localName(element)]
  if (placed === undefined || element.parent === null || !isTag(element.parent)) return
  for (const property of ['x', 'y', 'width', 'height']) {
    const value = style?.get(property)
    style?.delete(property)
    if (value !== undefined && placed.includes(property)) element.attribs[property] = value
  }
}

/** What `text-transform` does to letters. */
const CASES: Readonly<Record<string, (letters: string) => string>> = {
  uppercase: (letters) => letters.toUpperCase(),
  lowercase: (letters) => letters.toLowerCase(),
  capitalize: (letters) =>
    letters.replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase()),
}

/** Writes letters as they are to be shown. */
function tellCase(element: Element, drawing: Drawing): void {
  const change = CASES[drawing.inherited(element, 'text-transform') ?? 'none']
  if (change === undefined || !['text', 'tspan', 'textPath'].includes(localName(element))) return
  for (const text of element.children.filter(isText)) {
    // One character a byte; what is written as an entity stays so.
    text.data = text.data
      .split(/(&#?\w+;)/)
      .map((part, index) => {
        if (index % 2 === 1) return part
        return Buffer.from(change(Buffer.from(part, 'latin1').toString())).toString('latin1')
      })
      .join('')
  }
}

function writeStyle(element: Element, style: ReadonlyMap<string, string>): void {
  if (style.size === 0) delete element.attribs['style']
  else {
    const text = [...style].map(([property, value]) => `${property}:${value}`).join(';')
    element.attribs['style'] = escapeXml(text.replaceAll('"', "'"))
  }
}

/** Leaves of the sheets what elements cannot say, such as fonts. */
function emptySheets(document: Document): void {
  for (const element of DomUtils.filter(isTag, document).filter(isTag)) {
    if (localName(element) !== 'style') continue
    const left = escapeXml(withoutRules(textOf(element)))
    for (const child of Array.from(element.children)) DomUtils.removeElement(child)
    if (left !== '') DomUtils.appendChild(element, new Text(left))
  }
}
