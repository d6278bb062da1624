import { tooMany } from '../../packages/document-errors.ts'
import { type Attributes, readAttribute, readPrefixed } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'

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

/** Which of alternatives is kept (ECMA-376, part 3, 7.2); the other where there is none. */
export type Alternative = 'Choice' | 'Fallback'

/** As many elements as are kept at once; a slide with a large table has some thousands. */
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
 * Makes what reads parts of a document whole. What is nested deeper than anybody makes it is left out.
 *
 * It throws an {@link OperationError} for parts that are damaged, or that are together larger than those of a document would be.
 */
export function createElementReader(parts: Package, alternative: Alternative): ElementReader {
  const known = new Map<string, Promise<Element>>()
  const count = createCount()
  const countAll = (): boolean => {
    if (!count()) throw tooMany(MOST_ELEMENTS, 'elements')
    return true
  }

  async function read(part: string): Promise<Element> {
    const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
    await build(parts, part, {
      root,
      alternative,
      count: countAll,
      add: (child) => root.children.push(child),
    })
    return root.children[0] ?? root
  }

  return (part) => {
    const reading = known.get(part) ?? read(part)
    known.set(part, reading)
    return reading
  }
}

/**
 * Reads the children of the first element of a name one by one, without keeping them. The end of what is larger than any of a
 * document, such as a table of a hundred thousand rows, is left out.
 *
 * @throws {@link OperationError} when the part is damaged
 */
export async function eachChild(
  parts: Package,
  part: string,
  { of, alternative }: { readonly of: string; readonly alternative: Alternative },
  take: (child: Element) => void,
): Promise<void> {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
  await build(parts, part, { root, alternative, count: undefined, add: take, within: of })
}

/** Makes what is asked before each element, and tells whether there may be one more. */
function createCount(): () => boolean {
  let count = 0
  return () => {
    count += 1
    return count <= MOST_ELEMENTS
  }
}

interface Building {
  readonly root: OpenElement
  readonly alternative: Alternative
  /** Tells whether there may be one more element; undefined for those of each child to be counted by themselves. */
  readonly count: (() => boolean) | undefined
  readonly add: (child: Element) => void
  /** Whose children are added; those of the part itself unless told. */
  readonly within?: string
}

async function build(
  parts: Package,
  part: string,
  { root, alternative, count, add, within }: Building,
): Promise<void> {
  let hasBegun = within === undefined
  let open: OpenElement[] = [root]
  let left = 0
  let counted = count ?? createCount()
  await parts.parse(part, {
    open(name, attributes) {
      if (!hasBegun) {
        hasBegun = name === within
        return
      }
      if (open.length === 1 && count === undefined) counted = createCount()
      const isTooMuch = !counted()
      if (isTooMuch || left > 0 || open.length > DEEPEST) left += 1
      else open.push({ name, attributes, children: [], text: '' })
    },
    close() {
      if (left > 0) {
        left -= 1
        return
      }
      // The end of the element whose children are read is the end of all.
      if (open.length <= 1) {
        if (hasBegun) open = []
        return
      }
      const closed = open.pop()
      const parent = open.at(-1)
      if (closed === undefined || parent === undefined) return
      const kept = closed.name === 'AlternateContent' ? chosen(closed, alternative) : [closed]
      for (const child of kept) {
        if (open.length === 1) add(child)
        else parent.children.push(child)
      }
    },
    text(text) {
      const current = open.at(-1)
      if (left === 0 && open.length > 1 && current !== undefined) current.text += text
    },
  })
}

function chosen(element: Element, alternative: Alternative): readonly Element[] {
  const other = alternative === 'Choice' ? 'Fallback' : 'Choice'
  const wanted = childOf(element, alternative)?.children ?? []
  return wanted.length > 0 ? wanted : (childOf(element, other)?.children ?? [])
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
): readonly Element[] {
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

/** The elements of a name within another that are in no other of that name. */
export function* outermostOf(element: Element, name: string): Generator<Element> {
  for (const child of element.children) {
    if (child.name === name) yield child
    else yield* outermostOf(child, name)
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
