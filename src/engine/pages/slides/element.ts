import { tooMany } from '../../../packages/document-errors.ts'
import { type Attributes, readAttribute, readPrefixed } from '../../../packages/markup.ts'
import type { Package } from '../../../packages/package.ts'

/** An element of a part, by its name without a prefix. */
export interface Element {
  readonly name: string
  readonly attributes: Attributes
  readonly children: readonly Element[]
  /** Of itself, without that of the elements within. */
  readonly text: string
}

/** Reads parts whole, each once. */
export type ElementReader = (part: string) => Promise<Element>

/** As many elements as are kept of a document; a slide with a large table has some thousands. */
const MOST_ELEMENTS = 500_000

/** Elements within each other that are kept: shapes are in groups of groups, but nobody makes so many. */
const DEEPEST = 200

interface OpenElement {
  readonly name: string
  readonly attributes: Attributes
  readonly children: Element[]
  text: string
}

/**
 * Makes what reads parts of a document whole. Where they have alternatives, what is kept is that for programs that know less
 * (ECMA-376, part 3, 7.2), and else the first; what is nested deeper than anybody makes it is left out.
 *
 * It throws an {@link OperationError} for parts that are damaged, or that are together larger than those of a document would be.
 */
export function createElementReader(parts: Package): ElementReader {
  const known = new Map<string, Promise<Element>>()
  let count = 0

  async function read(part: string): Promise<Element> {
    const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
    const open = [root]
    let left = 0
    await parts.parse(part, {
      open(name, attributes) {
        count += 1
        if (count > MOST_ELEMENTS) throw tooMany(MOST_ELEMENTS, 'elements')
        if (left > 0 || open.length > DEEPEST) left += 1
        else open.push({ name, attributes, children: [], text: '' })
      },
      close() {
        if (left > 0) {
          left -= 1
          return
        }
        const closed = open.pop()
        const parent = open.at(-1)
        if (closed === undefined || parent === undefined) return
        for (const child of closed.name === 'AlternateContent' ? chosen(closed) : [closed])
          parent.children.push(child)
      },
      text(text) {
        const current = open.at(-1)
        if (left === 0 && current !== undefined) current.text += text
      },
    })
    return root.children[0] ?? root
  }

  return (part) => {
    const reading = known.get(part) ?? read(part)
    known.set(part, reading)
    return reading
  }
}

function chosen({ children }: Element): readonly Element[] {
  const known = children.find(({ name }) => name === 'Fallback')?.children ?? []
  return known.length > 0 ? known : (childOf({ children }, 'Choice')?.children ?? [])
}

/** The first element of a name that is right within another. */
export function childOf(
  element: Pick<Element, 'children'> | undefined,
  name: string,
): Element | undefined {
  return element?.children.find((child) => child.name === name)
}

/** All elements of a name that are right within another. */
export function childrenOf(
  element: Pick<Element, 'children'> | undefined,
  name: string,
): Element[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The element that a path of names leads to from another. */
export function descend(
  element: Element | undefined,
  ...names: readonly string[]
): Element | undefined {
  return names.reduce<Element | undefined>((at, name) => childOf(at, name), element)
}

/** All elements of a name within another, however deep, in their order. */
export function* descendantsOf(element: Element, name: string): Generator<Element> {
  for (const child of element.children) {
    if (child.name === name) yield child
    yield* descendantsOf(child, name)
  }
}

/** The value of an attribute; undefined when there is none. */
export function attributeOf(element: Element | undefined, name: string): string | undefined {
  return element === undefined ? undefined : readAttribute(element.attributes, name)
}

/** The relationship that an attribute with a prefix names, such as `r:embed`. */
export function linkOf(element: Element | undefined, name: string): string | undefined {
  return element === undefined ? undefined : readPrefixed(element.attributes, name)
}
