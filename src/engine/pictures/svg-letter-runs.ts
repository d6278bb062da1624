import { type ChildNode, type Element, isTag, isText } from 'domhandler'
import { decodeText, localName } from './svg-document.ts'
import type { Drawing } from './svg-drawing.ts'
import { toSignedPixels } from './svg-lengths.ts'

/** Letters of a text that look alike, and the element that says how. */
export interface Run {
  readonly element: Element
  /** As they stand in XML, each with the entity that it may be. */
  readonly letters: readonly string[]
}

/** The properties by which letters are as wide as they are. */
const FONT = [
  'font-family',
  'font-style',
  'font-weight',
  'font-stretch',
  'font-variant',
  'letter-spacing',
  'word-spacing',
  'direction',
] as const

/** What CSS calls sizes of letters, in pixels. */
const SIZES: Readonly<Record<string, number>> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
}

/** Sizes that refer to those of what an element is in are no deeper. */
const DEEPEST = 50

/** How large the letters of an element are, in pixels; undefined when nobody knows. */
export function fontSizeOf(element: Element, drawing: Drawing, depth = 0): number | undefined {
  const told = drawing.told(element, 'font-size')?.trim()
  const { parent } = element
  const outer = (): number | undefined =>
    parent !== null && isTag(parent) && depth < DEEPEST
      ? fontSizeOf(parent, drawing, depth + 1)
      : SIZES['medium']
  if (told === undefined || told === 'inherit') return outer()
  const [, times, unit] = /^([\d.]+)(%|em)$/.exec(told) ?? []
  if (times !== undefined) {
    const of = outer()
    return of === undefined ? undefined : (Number(times) * of) / (unit === '%' ? 100 : 1)
  }
  return SIZES[told] ?? toSignedPixels(told, Number.NaN)
}

/** How the letters of an element look, as a style has it; undefined when nobody knows how large they are. */
export function fontOf(element: Element, drawing: Drawing): string | undefined {
  const size = fontSizeOf(element, drawing)
  if (size === undefined) return undefined
  const others = FONT.flatMap((property) => {
    const value = drawing.inherited(element, property)
    return value === undefined ? [] : [`${property}:${value}`]
  })
  return [`font-size:${size}px`, ...others].join(';')
}

/** The runs of a text, with blanks as they are drawn. */
export function readRuns(text: Element): readonly Run[] {
  const runs: { readonly element: Element; letters: string }[] = []
  let isBlank = true
  const read = (node: ChildNode, parent: Element): void => {
    if (isTag(node)) {
      if (['tspan', 'textPath', 'a'].includes(localName(node)))
        for (const child of node.children) read(child, node)
      return
    }
    if (!isText(node)) return
    const keeps = keepsBlanks(parent)
    const plain = node.data.replaceAll(/[\t\r\n]/g, ' ')
    const shown = keeps ? plain : plain.replaceAll(/ +/g, ' ')
    const letters = !keeps && isBlank ? shown.replace(/^ /, '') : shown
    if (letters === '') return
    isBlank = letters.endsWith(' ')
    runs.push({ element: parent, letters })
  }
  for (const child of text.children) read(child, text)
  const last = runs.at(-1)
  if (last !== undefined && !keepsBlanks(last.element)) last.letters = last.letters.trimEnd()
  return runs.map(({ element, letters }) => ({
    element,
    letters: letters.match(/&#?\w+;|[\xc0-\xff][\x80-\xbf]*|[^]/g) ?? [],
  }))
}

function keepsBlanks(element: Element): boolean {
  for (let at: Element | undefined = element; at !== undefined;) {
    const space = at.attribs['xml:space']
    if (space !== undefined) return space === 'preserve'
    if (/white-space\s*:\s*(?:pre|break-spaces)/.test(decodeText(at.attribs['style'] ?? '')))
      return true
    at = at.parent !== null && isTag(at.parent) ? at.parent : undefined
  }
  return false
}
