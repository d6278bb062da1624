import type { Attributes } from '../../../packages/markup.ts'
import type { Element } from '../element.ts'
import { TEXT } from './read-tree.ts'

/** As many elements and texts are kept of all trees of a part, and as many elements within each other. */
const MOST_ELEMENTS = 500_000
const DEEPEST = 120

interface OpenElement {
  readonly name: string
  readonly attributes: Attributes
  readonly children: Element[]
}

/** Builds trees of what is told of a part, as `readTree` does of a whole one, one after the other. */
export interface TreeBuilder {
  /** Whether an element is open whose tree is built. */
  readonly isOpen: () => boolean
  readonly open: (name: string, attributes: Attributes) => void
  readonly text: (text: string) => void
  /** @returns the tree when its outermost element is closed */
  readonly close: () => Element | undefined
}

/** Makes a {@link TreeBuilder}; what is more than is kept is left out. */
export function createTreeBuilder(): TreeBuilder {
  let open: OpenElement[] = []
  let count = 0
  let left = 0
  return {
    isOpen: () => open.length > 0,
    open(name, attributes) {
      count += 1
      const isBeyond = open.length > 0 && (count > MOST_ELEMENTS || open.length > DEEPEST)
      if (left > 0 || isBeyond) left += 1
      else open = [...open, { name, attributes, children: [] }]
    },
    text(text) {
      count += 1
      if (left > 0 || count > MOST_ELEMENTS) return
      open.at(-1)?.children.push({ name: TEXT, attributes: {}, children: [], text })
    },
    close() {
      if (left > 0) {
        left -= 1
        return undefined
      }
      const closed = open.at(-1)
      open = open.slice(0, -1)
      if (closed === undefined) return undefined
      const element = { ...closed, text: '' }
      const parent = open.at(-1)
      if (parent === undefined) return element
      parent.children.push(element)
      return undefined
    },
  }
}
