import { type ChildNode, Element, isTag, isText, type ParentNode, Text } from 'domhandler'
import { localName, parseSvg, printSvg } from './svg-document.ts'

/** What places letters of a text: the places themselves, and by how much each is moved. */
const PLACES = ['x', 'y', 'dx', 'dy'] as const
type Place = (typeof PLACES)[number]

/** The most letters of a drawing that are placed one by one. */
const MOST_LETTERS = 50_000

/** The places that an element has for letters, and how many of its letters have been. */
interface Listed {
  readonly lists: ReadonlyMap<Place, readonly string[]>
  letters: number
}

/**
 * Has each letter that has a place of its own (SVG 2, section 11.4) be a piece of text of its own: librsvg has a place for the first
 * letter of an element alone.
 *
 * @param svg - one character a byte
 */
export function placeLetters(svg: string): string {
  const document = parseSvg(svg)
  let left = MOST_LETTERS

  function place(element: Element, outer: readonly Listed[], isKept: boolean): void {
    const keeps = keepsBlanks(element) ?? isKept
    const lists = listsOf(element)
    const listed = lists.size === 0 ? outer : [{ lists, letters: 0 }, ...outer]
    for (const child of Array.from(element.children)) {
      if (isTag(child)) place(child, listed, keeps)
      else if (isText(child)) placeText(child, element, listed, keeps)
    }
    // The element itself has the first of each.
    for (const [name, [first = '']] of lists) element.attribs[name] = first
  }

  function placeText(
    text: Text,
    parent: Element,
    listed: readonly Listed[],
    isKept: boolean,
  ): void {
    if (listed.length === 0) return
    const pieces: { readonly places: Map<Place, string>; letters: string }[] = []
    for (const letter of lettersOf(text.data, isKept)) {
      const places = placesOf(listed)
      for (const each of listed) each.letters += 1
      left -= 1
      const last = pieces.at(-1)
      if (last === undefined || (places.size > 0 && left > 0))
        pieces.push({ places, letters: letter })
      else last.letters += letter
    }
    const nodes = pieces.map(({ places, letters }): ChildNode => {
      if (places.size === 0) return new Text(letters)
      const attributes = { ...Object.fromEntries(places), 'xml:space': 'preserve' }
      return new Element(spanIn(parent), attributes, [new Text(letters)])
    })
    replace(text, nodes, parent)
  }

  for (const element of textsIn(document)) place(element, [], false)
  return printSvg(document)
}

/** The outermost elements of texts. */
function textsIn(node: ParentNode): Element[] {
  const found: Element[] = []
  const open: ParentNode[] = [node]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const child of next.children) {
      if (!isTag(child)) continue
      if (localName(child) === 'text') found.push(child)
      else open.push(child)
    }
  }
  return found
}

function listsOf({ attribs }: Element): Map<Place, readonly string[]> {
  const lists = new Map<Place, readonly string[]>()
  for (const name of PLACES) {
    const list = (attribs[name] ?? '').split(/[\s,]+/).filter((part) => part !== '')
    if (list.length > 1) lists.set(name, list)
  }
  return lists
}

/** Of the next letter: the innermost place of each kind, where no element has it as its first. */
function placesOf(listed: readonly Listed[]): Map<Place, string> {
  const places = new Map<Place, string>()
  for (const name of PLACES) {
    const of = listed.find(({ lists, letters }) => lists.get(name)?.[letters] !== undefined)
    const value = of?.lists.get(name)?.[of.letters]
    if (value !== undefined && of?.letters !== 0) places.set(name, value)
  }
  return places
}

function keepsBlanks({ attribs }: Element): boolean | undefined {
  const space = attribs['xml:space']
  if (space !== undefined) return space === 'preserve'
  return /white-space\s*:\s*(?:pre|break-spaces)/.test(attribs['style'] ?? '') ? true : undefined
}

/** Letters as they are counted: an entity is one, and so are the bytes of a letter in UTF-8. Blanks are those that are drawn. */
function lettersOf(text: string, isKept: boolean): string[] {
  const blank = isKept ? text.replaceAll(/[\t\r\n]/g, ' ') : text.replaceAll(/[\r\n]+/g, '')
  const drawn = isKept ? blank : blank.replaceAll(/[\t ]+/g, ' ').trim()
  return drawn.match(/&#?\w+;|[\xc0-\xff][\x80-\xbf]*|[^]/g) ?? []
}

function spanIn({ name }: Element): string {
  return `${name.slice(0, name.indexOf(':') + 1)}tspan`
}

function replace(old: ChildNode, nodes: readonly ChildNode[], parent: Element): void {
  const at = parent.children.indexOf(old)
  for (const node of nodes) node.parent = parent
  parent.children.splice(at, 1, ...nodes)
}
